/** What the sheet is to show by itself: everybody, the whole route, or my own way ahead. */
import { bearingDeg, distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { type Camera, cameraAround, cameraOn, type Sheet } from './plan-camera.ts'
import type { PlacedMember } from './plan-dots.ts'

export type Look = 'people' | 'route' | 'heading'

export type LookedAt = {
  readonly marks: readonly PlacedMember[]
  /** Corners of what holds everybody, and of what holds the route too. */
  readonly people: readonly Place[]
  readonly whole: readonly Place[]
  /** Where I am to be, the soonest first. */
  readonly meetings: readonly Place[]
  readonly me: Place | null
  readonly courseDeg: number | null
}

/** With it, what must stay on the sheet. */
export type Aim = { readonly camera: Camera; readonly places: readonly Place[] }

/** So much smaller on the whole route, a group of people is a single spot. */
const FAR_APART = 1.5
/** Whoever of several is farther ahead or behind is for later. */
const NEXT_WITHIN_M = 1_500
const AROUND_ME_M = 200

/** `null` when there is nothing to show. */
export function aimOf(look: Look, looked: LookedAt, sheet: Sheet): Aim | null {
  const { me, courseDeg, meetings, people, whole } = looked
  if (look === 'heading' && me) {
    // The later ones come when they are next: a way of kilometres shows no corner of it.
    const places = [...meetings.slice(0, 1), ...nextToMe(looked, me)]
    return { camera: cameraAround(me, places, sheet, courseDeg ?? 0, AROUND_ME_M), places: [me, ...places] }
  }
  const places = look === 'people' && isFarFrom(looked, sheet) ? people : whole
  const camera = cameraOn(places, sheet)
  return camera && { camera, places }
}

/** Whether the people and the whole route are two different sights. One dot alone says where they are only by what is around it. */
export function isFarFrom(
  { marks, people, whole }: Pick<LookedAt, 'marks' | 'people' | 'whole'>,
  sheet: Sheet,
): boolean {
  const near = marks.length > 1 ? cameraOn(people, sheet) : null
  const far = near && cameraOn(whole, sheet)
  return near !== null && far !== null && far.metresPerPx > FAR_APART * near.metresPerPx
}

/** The nearest in front and the nearest behind of those on foot; of two people the other, wherever and on whatever they are. */
function nextToMe({ marks, courseDeg }: LookedAt, me: Place): Place[] {
  const [other, ...more] = marks.filter(({ isMe }) => !isMe)
  if (other && more.length === 0) return [other.place]
  const others = marks
    .filter(({ isMe, role, isStale }) => !isMe && role !== 'cyclist' && !isStale)
    .map(({ place }) => ({ place, awayM: distanceM(me, place) }))
    .filter(({ awayM }) => awayM <= NEXT_WITHIN_M)
    .sort((a, b) => a.awayM - b.awayM)
  const isAhead = (place: Place) => Math.abs(((bearingDeg(me, place) - (courseDeg ?? 0) + 540) % 360) - 180) <= 90
  const ahead = others.find(({ place }) => isAhead(place))
  const behind = others.find(({ place }) => !isAhead(place))
  return [ahead, behind].flatMap((next) => (next ? [next.place] : []))
}
