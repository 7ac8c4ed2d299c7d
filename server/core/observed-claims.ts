/** What was seen of claims, as facts where it is news. */
import { hasLease, isMetAsked } from '../../shared/run/claims.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { cyclistsOf } from '../../shared/run/questions.ts'
import { policyOf } from '../../shared/run/requests.ts'
import type { Member, Request, RunState } from '../../shared/run/state.ts'
import { canServe } from '../../shared/run/stock.ts'
import { unreachable } from '../../shared/unreachable.ts'
import type { Observation } from './decision.ts'
import { seesRequest } from './visibility.ts'

type OfClaim = Extract<Observation, { is: 'claim-doubted' | 'claim-good' | 'swap' | 'met' | 'near' }>

/** Cyclists who could bring what another has claimed. `cyclists`: those of the run, where many requests are asked about. */
export const othersFor = (run: RunState, request: Request, cyclists: readonly Member[] = cyclistsOf(run)): Member[] =>
  cyclists.filter((cyclist) => couldBring(run, request, cyclist))

export const couldBring = (run: RunState, request: Request, cyclist: Member): boolean =>
  cyclist.memberId !== request.cyclistId &&
  cyclist.memberId !== request.runnerId &&
  canServe(cyclist.stock, request) &&
  seesRequest(run, cyclist, request)

export function observedClaim(run: RunState, observation: OfClaim): RunEvent[] {
  const { requestId } = observation
  const request = run.requests.get(requestId)
  if (!request || !hasLease(request)) return []
  // What was seen of a claim says nothing of the next one.
  if ('cyclistId' in observation && request.cyclistId !== observation.cyclistId) return []
  switch (observation.is) {
    case 'claim-doubted': {
      const { reason } = observation
      if (request.doubt !== null || isMetAsked(request)) return []
      return othersFor(run, request).length > 0 ? [{ type: 'request-doubted', requestId, reason }] : [] // LE1, LE5
    }
    case 'claim-good':
      return request.doubt === null ? [] : [{ type: 'request-kept', requestId }] // LE3
    case 'swap': {
      const { toId, gainMs } = observation
      if (request.offer !== null || isMetAsked(request)) return [] // LE6: one offer a claim
      const mayHave = othersFor(run, request).some(({ memberId }) => memberId === toId)
      return mayHave ? [{ type: 'request-offered', requestId, toId, gainMs }] : []
    }
    case 'met': {
      if (!policyOf(request.kind).isItem) return [] // LE9
      return isMetAsked(request) ? [] : [{ type: 'request-met', requestId }] // LE8
    }
    case 'near':
      return request.nearAtMs === null ? [{ type: 'request-near', requestId }] : [] // PU10
    default:
      return unreachable(observation)
  }
}
