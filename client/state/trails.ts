/**
 * What a phone keeps of the places it was told: when each runner passed where, and their way without a route. Frames
 * carry the newest place alone; a gap in time, and a course, need those before.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import { type FreeTrackState, freeTrackAfter, noFreeTrack } from '../../shared/geo/pace/free-track.ts'
import { noPassages, type Passages, passagesAfter } from '../../shared/pack/passages.ts'
import { isOut } from '../../shared/run/questions.ts'
import type { Member } from '../../shared/run/state.ts'
import type { MemberId, RouteId } from '../../shared/units.ts'
import type { RunView, SeenPlace } from './run-view.ts'

/** A trail is up to 20 KB; whoever else is seen is told by place and pace alone. */
const TRAILS_MAX = 500

export type Trail = {
  readonly takenAtMs: number
  readonly passages: Passages
  readonly free: FreeTrackState
}

export type Trails = {
  readonly routeId: RouteId | null
  readonly of: ReadonlyMap<MemberId, Trail>
}

export const noTrails: Trails = { routeId: null, of: new Map() }

/** On the course on foot: leaders run along, cyclists ride to and fro. */
export const isAfoot = (member: Member): boolean => isOut(member) && member.role !== 'cyclist'

/**
 * The trails with the places as they are now, for at most 500. Passages belong to a route and end with it, and the trail of
 * somebody whose place is shown no more is forgotten. The same object when nothing is new.
 */
export function trailsAfter(trails: Trails, view: RunView): Trails {
  const routeId = view.run.head.route?.routeId ?? null
  const isSameRoute = routeId === trails.routeId
  const of = new Map<MemberId, Trail>()
  let room = TRAILS_MAX - trails.of.size
  for (const [memberId, place] of view.places) {
    const member = view.run.members.get(memberId)
    const known = trails.of.get(memberId)
    if (!member || !isAfoot(member) || (!known && --room < 0)) continue
    const before = known && (isSameRoute ? known : { ...known, passages: noPassages })
    of.set(memberId, before && place.takenAtMs <= before.takenAtMs ? before : longer(before, place))
  }
  const isNews = of.size !== trails.of.size || [...of].some(([memberId, trail]) => trail !== trails.of.get(memberId))
  return isNews || !isSameRoute ? { routeId, of } : trails
}

function longer(before: Trail | undefined, place: SeenPlace): Trail {
  const { takenAtMs, progress } = place
  const passages = before?.passages ?? noPassages
  return {
    takenAtMs,
    passages: progress ? passagesAfter(passages, { ...progress, atMs: takenAtMs, takenAtMs }) : passages,
    free: freeTrackAfter(before?.free ?? noFreeTrack, fixOf(place)),
  }
}

export const fixOf = ({ latitudeDeg, longitudeDeg, takenAtMs }: SeenPlace): Fix => ({
  latitudeDeg,
  longitudeDeg,
  takenAtMs,
})
