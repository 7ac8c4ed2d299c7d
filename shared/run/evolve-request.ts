import type { MemberId } from '../units.ts'
import { unreachable } from '../unreachable.ts'
import type { RunEvent } from './events.ts'
import type { Request } from './state.ts'

type Raised = Extract<RunEvent, { type: 'request-raised' }>
/** Events in the life of one request. */
export type RequestEvent = Exclude<Extract<RunEvent, { type: `request-${string}` }>, Raised>

export function requestFrom({ type, ...raised }: Raised, atMs: number): Request {
  return {
    ...raised,
    status: 'open',
    raisedAtMs: atMs,
    cyclistId: null,
    claimedAtMs: null,
    claimDistanceM: null,
    endedAtMs: null,
    endDistanceM: null,
    cancelReason: null,
    escalatedAtMs: null,
    repeatedAtMs: null,
  }
}

export function requestAfter(request: Request, event: RequestEvent, atMs: number, byId: MemberId | null): Request {
  switch (event.type) {
    case 'request-claimed':
      return {
        ...request,
        status: request.status === 'needs-check' ? 'needs-check' : 'claimed',
        cyclistId: event.cyclistId,
        claimedAtMs: atMs,
        claimDistanceM: event.distanceM,
      }
    case 'request-released':
      return {
        ...request,
        status: request.status === 'needs-check' ? 'needs-check' : 'open',
        cyclistId: null,
        claimedAtMs: null,
        claimDistanceM: null,
      }
    case 'request-delivered':
      return {
        ...request,
        status: 'delivered',
        cyclistId: event.cyclistId,
        endedAtMs: atMs,
        endDistanceM: event.distanceM,
      }
    case 'request-cancelled':
      return {
        ...request,
        status: 'cancelled',
        endedAtMs: atMs,
        cancelReason: event.reason,
      }
    case 'request-needs-check':
      return { ...request, status: 'needs-check' }
    case 'request-closed':
      return {
        ...request,
        status: 'closed',
        cyclistId: byId ?? request.cyclistId,
        endedAtMs: atMs,
        endDistanceM: event.distanceM,
      }
    case 'request-escalated':
      return { ...request, escalatedAtMs: atMs }
    case 'request-repeated':
      return {
        ...request,
        repeatedAtMs: atMs,
        toldIds: event.toldIds,
      }
    default:
      return unreachable(event)
  }
}
