import type { MemberId } from '../units.ts'
import { unreachable } from '../unreachable.ts'
import type { RunEvent } from './events.ts'
import type { Request } from './state.ts'

type Raised = Extract<RunEvent, { type: 'request-raised' }>
/** Events in the life of one request. */
export type RequestEvent = Exclude<Extract<RunEvent, { type: `request-${string}` }>, Raised>

/** What only a claim may have. */
const unclaimed = { doubt: null, offer: null, nearAtMs: null, metAtMs: null, isMetDenied: false }

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
    ...unclaimed,
    isAssumed: false,
  }
}

export function requestAfter(request: Request, event: RequestEvent, atMs: number, byId: MemberId | null): Request {
  switch (event.type) {
    case 'request-claimed':
      return {
        ...request,
        ...unclaimed,
        status: request.status === 'needs-check' ? 'needs-check' : 'claimed',
        cyclistId: event.cyclistId,
        claimedAtMs: atMs,
        claimDistanceM: event.distanceM,
      }
    case 'request-released':
      return {
        ...request,
        ...unclaimed,
        status: request.status === 'needs-check' ? 'needs-check' : 'open',
        cyclistId: null,
        claimedAtMs: null,
        claimDistanceM: null,
      }
    case 'request-doubted':
      return { ...request, doubt: { reason: event.reason, atMs } }
    case 'request-kept':
      return { ...request, doubt: null, claimedAtMs: atMs }
    case 'request-offered':
      return { ...request, offer: { toId: event.toId, gainMs: event.gainMs, atMs } }
    case 'request-near':
      return { ...request, nearAtMs: atMs }
    case 'request-met':
      return { ...request, metAtMs: atMs, isMetDenied: false, doubt: null }
    case 'request-denied':
      return { ...request, isMetDenied: true }
    case 'request-assumed':
      return { ...request, status: 'delivered', endedAtMs: atMs, isAssumed: true }
    case 'request-unassumed':
      return {
        ...request,
        status: request.cyclistId === null ? 'open' : 'claimed',
        endedAtMs: null,
        endDistanceM: null,
        isAssumed: false,
        isMetDenied: true,
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
