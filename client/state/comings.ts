/** Where and when whoever brings me something meets me: what my phone makes of what it sees of them, told so that it does not jump about. */
import { type Meeting, meetingOf } from '../../shared/geo/meeting/meeting.ts'
import { type RiderState, riderAfter, riderAt } from '../../shared/geo/meeting/rider.ts'
import { ridesFrom } from '../../shared/geo/meeting/rides.ts'
import { type MemberId, type RequestId, SECOND_MS } from '../../shared/units.ts'
import { comingTo } from './coming-to.ts'
import { type HeldMeeting, held, meetingByCourse, progressOf, type RouteWays, waysFor } from './meetings.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { fixOf, type Trails } from './trails.ts'

export type Comings = {
  readonly riders: ReadonlyMap<MemberId, RiderState>
  readonly madeAtMs: number
  /** What they were made for: another request, claim or route is answered at once. */
  readonly madeFor: string
  readonly of: ReadonlyMap<RequestId, HeldMeeting>
}

export const noComings: Comings = { riders: new Map(), madeAtMs: 0, madeFor: '', of: new Map() }

const EVERY_MS = 5 * SECOND_MS

/**
 * LE13: as the cyclist's own phone reckons it, made anew at most each 5 s; what else they bring on the way to me is theirs to know, so it may
 * be later. Nothing is made of a place older than two minutes.
 */
export function comingsAfter(
  before: Comings,
  view: RunView,
  trails: Trails,
  routeWays: RouteWays | null,
  nowMs: number,
): Comings {
  const requests = comingTo(view)
  if (requests.length === 0) return before === noComings ? before : noComings
  const riders = new Map<MemberId, RiderState>()
  for (const { cyclistId } of requests) {
    const place = cyclistId && view.places.get(cyclistId)
    if (cyclistId && place) riders.set(cyclistId, riderAfter(before.riders.get(cyclistId), fixOf(place)))
  }
  const ways = waysFor(view, routeWays)
  const madeFor = JSON.stringify([
    requests.map(({ requestId, cyclistId }) => [requestId, cyclistId]),
    ways && routeWays?.routeId,
  ])
  const sinceMs = nowMs - before.madeAtMs
  if (madeFor === before.madeFor && sinceMs >= 0 && sinceMs < EVERY_MS) return { ...before, riders }

  const of = new Map<RequestId, HeldMeeting>()
  for (const { requestId, runnerId, cyclistId } of requests) {
    const place = cyclistId && view.places.get(cyclistId)
    const state = cyclistId && riders.get(cyclistId)
    if (!place || !state || isTooOld(ageMs(place, nowMs))) continue
    const isTable = view.run.members.get(cyclistId)?.helping.kind === 'table'
    const rider = { ...riderAt(state, nowMs), ...(isTable && { rideMps: 0 }) }
    const scene = { view, trails, rider, ways, told: before.of, nowMs }
    const runner = ways && progressOf(scene, runnerId)
    const told = madeFor === before.madeFor ? before.of.get(requestId) : undefined
    const meeting: Meeting | undefined =
      (runner && meetingOf(ridesFrom(ways, rider), runner, told?.shown.atM ?? undefined)) ||
      meetingByCourse(scene, runnerId)
    if (meeting) of.set(requestId, held(told, meeting))
  }
  return { riders, madeAtMs: nowMs, madeFor, of }
}
