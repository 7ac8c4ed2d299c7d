/** How far along the owner of this phone is, and who is next to them: by the route, or else by this phone's own fixes. */
import type { Fix } from '../../shared/geo/fix.ts'
import { type FreeTrack, freeTrackAt } from '../../shared/geo/pace/free-estimate.ts'
import { closedFreeTrack, type FreeTrackState, freeTrackAfter, noFreeTrack } from '../../shared/geo/pace/free-track.ts'
import { type DistanceGoal, distanceGoal } from '../../shared/geo/pace/goals.ts'
import { type Coming, etaTo } from '../../shared/pack/eta.ts'
import type { Gap } from '../../shared/pack/pack.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { type AlongRoute, alongRoute } from './along-route.ts'
import type { PackView } from './pack-view.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'

const SLOWEST_MPS = 0.4
/** A newer fix that is so much older than the last shows that the clock was put right between them. */
const CLOCK_BACK_MS = 10 * SECOND_MS

/** Of a phone that has recorded nothing. */
export const noOwnWay: FreeTrackState = noFreeTrack

export type Neighbour = { readonly memberId: MemberId; readonly gap: Gap }

export type OwnProgress = AlongRoute & {
  readonly lengthM: number
  readonly ageMs: number
  /** `null`: standing, or told too long ago. */
  readonly paceMps: number | null
  readonly ahead: Neighbour | null
  readonly behind: Neighbour | null
  /** `null` where it cannot be said. */
  readonly end: Coming | null
}

/** `null` without a route, and where the own place along it is not known. */
export function ownProgress(view: RunView, pack: PackView | null, nowMs: number): OwnProgress | null {
  const { myId } = view
  const place = myId ? view.places.get(myId) : undefined
  const along = myId && alongRoute(view, myId, nowMs)
  const { route } = view.run.head
  if (!place?.progress || !along || !route) return null
  const { speedMps, isStopped } = place.progress
  const index = pack ? pack.order.findIndex(({ member }) => member.memberId === myId) : -1
  const [here, next] = [pack?.order[index], pack?.order[index + 1]]
  const front = pack?.order[index - 1]
  const end = here && etaTo(here.member, route.lengthM)
  const isMoving = !isStopped && speedMps >= SLOWEST_MPS && !isTooOld(ageMs(place, nowMs))
  return {
    ...along,
    lengthM: route.lengthM,
    ageMs: ageMs(place, nowMs),
    paceMps: isMoving ? speedMps : null,
    ahead: here?.toAhead && front ? { memberId: front.member.memberId, gap: here.toAhead } : null,
    behind: here && next?.toAhead ? { memberId: next.member.memberId, gap: next.toAhead } : null,
    end: end?.kind === 'coming' ? end : null,
  }
}

/** What pace is told from: the route while that is new, else this phone's own fixes, which come without network too. */
export const newerOf = (along: OwnProgress | null, free: FreeProgress | null): OwnProgress | FreeProgress | null =>
  along && (along.ageMs < MINUTE_MS || !free || free.ageMs >= along.ageMs) ? along : free

/**
 * The way after one more fix of this phone. A clock that is put right, as at the first welcome of a run opened without network,
 * makes newer fixes older: then what was gone until then is kept and a new stretch begins.
 */
export function ownWayAfter(way: FreeTrackState, fix: Fix): FreeTrackState {
  const newestMs = freeTrackAt(way, fix.takenAtMs)?.takenAtMs ?? 0
  if (fix.takenAtMs >= newestMs - CLOCK_BACK_MS) return freeTrackAfter(way, fix)
  const soFar = closedFreeTrack(way)
  const pausedMs = way.pausedMs + (way.pause ? way.pause.takenAtMs - way.pause.sinceMs : 0)
  return freeTrackAfter({ ...soFar, steps: [], newest: null, doubted: null, pause: null, pausedMs }, fix)
}

export type FreeProgress = Pick<FreeTrack, 'distanceM'> & {
  readonly ageMs: number
  readonly paceMps: number | null
  readonly goal: DistanceGoal | null
}

/** Without a route. `goalM`: how far the owner means to go; `null` before the first fix. */
export function freeProgress(way: FreeTrackState, goalM: number | null, nowMs: number): FreeProgress | null {
  const track = freeTrackAt(way, nowMs)
  if (!track) return null
  const { distanceM, speedMps, isStopped, takenAtMs } = track
  const isOld = isTooOld(nowMs - takenAtMs)
  const goal = goalM === null ? null : distanceGoal(track, goalM)
  return {
    distanceM,
    ageMs: Math.max(0, nowMs - takenAtMs),
    paceMps: isOld || isStopped || speedMps < SLOWEST_MPS ? null : speedMps,
    goal: goal && isOld ? { ...goal, arrival: null } : goal,
  }
}
