/** The truth about one thing somebody asked for, as they are told it. */
import { distanceM } from '../../shared/geo/distance.ts'
import type { Meeting } from '../../shared/geo/meeting/meeting.ts'
import { isMetAsked } from '../../shared/run/claims.ts'
import { cyclistsOf, openRequest } from '../../shared/run/questions.ts'
import { policyOf } from '../../shared/run/requests.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Request } from '../../shared/run/state.ts'
import { pairOf } from './pair.ts'
import { nameOf } from './people.ts'
import { ageMs, isTooOld, nearnessOf } from './place-age.ts'
import { roughRideMs } from './rough-ride.ts'
import type { RunView } from './run-view.ts'

/** Whoever is met so near need not go on. */
const HERE_M = 50

export type Coming = {
  readonly is: 'coming'
  readonly name: string
  /** From now; good to a minute or two at best. `null` where nothing is known. */
  readonly etaMs: number | null
  /** Where they meet along the route, and its name if it has one. */
  readonly atM: number | null
  readonly placeName: string | null
  /** How far they are now, as the crow flies. */
  readonly distanceM: number | null
  /** How old their place is; `null` without one. */
  readonly heardAgoMs: number | null
  /** To go on as one does, or stay where one stands; `null` where nobody can tell. */
  readonly advice: 'go-on' | 'wait' | null
  readonly isEscalated: boolean
}

export type RequestLife =
  | { readonly is: 'looking'; readonly sinceMs: number; readonly isEscalated: boolean }
  /** No cyclist is there to bring it. */
  | { readonly is: 'nobody'; readonly sinceMs: number; readonly isLeaderTold: boolean; readonly isNearTold: boolean }
  /** The leader is the only other one, beside me: see pair.ts. */
  | { readonly is: 'with-leader'; readonly sinceMs: number }
  | Coming
  /** They were not heard, or did not come nearer, and are asked whether they still come. */
  | { readonly is: 'asked-whether'; readonly name: string; readonly sinceMs: number }
  | { readonly is: 'met?'; readonly name: string }
  | { readonly is: 'assumed'; readonly name: string | null; readonly atMs: number; readonly canUndo: boolean }
  /** Told to the group, who have nothing to bring. */
  | { readonly is: 'told' }
  | { readonly is: 'delivered' | 'closed'; readonly name: string | null; readonly atMs: number }
  | { readonly is: 'cancelled'; readonly isCutOff: boolean }

/** LE12. `meeting`: theirs with the author, if this phone has made one (comings.ts). */
export function requestLife(view: RunView, request: Request, nowMs: number, meeting?: Meeting): RequestLife {
  const { status, cyclistId, doubt, endedAtMs, raisedAtMs, escalatedAtMs } = request
  const name = cyclistId && nameOf(view, cyclistId)
  const atMs = endedAtMs ?? nowMs
  if (request.isAssumed) return { is: 'assumed', name, atMs, canUndo: canUndo(view, request) }
  if (status === 'delivered' || status === 'closed') return { is: status, name, atMs }
  if (status === 'cancelled') return { is: 'cancelled', isCutOff: request.cancelReason === 'run-ended' }
  if (policyOf(request.kind).tells === 'group') return { is: 'told' }
  if (cyclistId === null || name === null) {
    if (pairOf(view)?.other.role === 'leader') return { is: 'with-leader', sinceMs: raisedAtMs }
    const bringers = cyclistsOf(view.run).filter(({ memberId }) => memberId !== request.runnerId)
    return bringers.length > 0
      ? { is: 'looking', sinceMs: raisedAtMs, isEscalated: escalatedAtMs !== null }
      : {
          is: 'nobody',
          sinceMs: raisedAtMs,
          isLeaderTold: isLeaderThere(view, request),
          isNearTold: request.toldIds.length > 0,
        }
  }
  if (isMetAsked(request)) return { is: 'met?', name }
  if (doubt !== null) return { is: 'asked-whether', name, sinceMs: doubt.atMs }
  return coming(view, request, name, nowMs, meeting)
}

function coming(view: RunView, request: Request, name: string, nowMs: number, meeting: Meeting | undefined): Coming {
  const { runnerId, cyclistId } = request
  const way = cyclistId && nearnessOf(view, runnerId, cyclistId, nowMs)
  const theirs = cyclistId && view.places.get(cyclistId)
  const known = way && !isTooOld(way.ageMs) ? way : null
  return {
    is: 'coming',
    name,
    etaMs: meeting ? Math.max(0, meeting.atMs - nowMs) : known && roughRideMs(known.distanceM),
    atM: meeting?.atM ?? null,
    placeName: meeting?.namedPoint ?? null,
    distanceM: known ? known.distanceM : null,
    heardAgoMs: theirs ? ageMs(theirs, nowMs) : null,
    advice: meeting ? adviceOf(view, request, meeting) : null,
    isEscalated: request.escalatedAtMs !== null,
  }
}

/** Meetings are reckoned for one who goes on; whoever stands, or is met where they are, may as well wait. */
function adviceOf(view: RunView, { runnerId }: Request, { place }: Meeting): Coming['advice'] {
  const here = view.places.get(runnerId)
  if (!here) return null
  return here.progress?.isStopped || distanceM(here, place) <= HERE_M ? 'wait' : 'go-on'
}

const isLeaderThere = ({ run }: RunView, { runnerId }: Request): boolean =>
  [...run.members.values()].some(
    ({ memberId, role, status }) =>
      role === 'leader' && memberId !== runnerId && status !== 'stopped' && status !== 'removed',
  )

/** LE10: while they may still wait for it, and have not asked for it again. */
export function canUndo({ run }: RunView, { runnerId, kind, isAssumed }: Request): boolean {
  const runner = run.members.get(runnerId)
  const isThere = runner && takesPart(runner.role) && runner.status !== 'stopped' && runner.status !== 'removed'
  return isAssumed && run.head.phase === 'live' && isThere === true && !openRequest(run, runnerId, kind)
}
