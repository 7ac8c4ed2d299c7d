/** What the sheet is to show by itself: everybody, the whole route, or my own way ahead. */
import { bearingDeg, distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { RouteLine } from '../../shared/geo/route.ts'
import { type Camera, cameraAround, cameraOn, type Sheet } from './plan-camera.ts'
import type { PlacedMember } from './plan-dots.ts'

export type Look = 'people' | 'route' | 'heading'

export type LookedAt = {
  readonly marks: readonly PlacedMember[]
  readonly line: RouteLine | null
  /** Where I am to be. */
  readonly meetings: readonly Place[]
  readonly me: Place | null
  readonly courseDeg: number | null
}

/** With it, what must stay on the sheet. */
export type Aim = { readonly camera: Camera; readonly places: readonly Place[] }

/** So much smaller on the whole route, a group of people is a single spot. */
const FAR_APART = 1.5
/** Whoever is farther ahead or behind is for later. */
const NEXT_WITHIN_M = 1_500
const AROUND_ME_M = 200

/** `null` when there is nothing to show. */
export function aimOf(look: Look, looked: LookedAt, sheet: Sheet): Aim | null {
  const { marks, line, me, courseDeg, meetings } = looked
  if (look === 'heading' && me) {
    const places = [...meetings, ...nextToMe(looked, me)]
    return { camera: cameraAround(me, places, sheet, courseDeg ?? 0, AROUND_ME_M), places: [me, ...places] }
  }
  const people = marks.map(({ place }) => place)
  const all = [...(line?.points ?? []), ...people]
  const whole = cameraOn(all, sheet)
  const near = look === 'people' && isFarFrom(looked, sheet) ? cameraOn(people, sheet) : null
  return near ? { camera: near, places: people } : whole && { camera: whole, places: all }
}

/** Whether the people and the whole route are two different sights. One dot alone says where they are only by what is around it. */
export function isFarFrom({ marks, line }: Pick<LookedAt, 'marks' | 'line'>, sheet: Sheet): boolean {
  const people = marks.map(({ place }) => place)
  const near = people.length > 1 && line ? cameraOn(people, sheet) : null
  const whole = near && cameraOn([...(line?.points ?? []), ...people], sheet)
  return near !== null && whole !== null && whole.metresPerPx > FAR_APART * near.metresPerPx
}

/** The nearest in front and the nearest behind of those on foot. */
function nextToMe({ marks, courseDeg }: LookedAt, me: Place): Place[] {
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
