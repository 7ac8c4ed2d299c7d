/** The life of what I asked for, from the tap on this phone to the hand-over. */
import { isAlarm, type RequestKind } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { MINUTE_MS, type RequestId } from '../../shared/units.ts'
import { nameOf } from './people.ts'
import { nearnessOf } from './place-age.ts'
import { canUndo } from './request-life.ts'
import type { RunView } from './run-view.ts'
import { waitingOf } from './waiting.ts'

/** An ended request stays in sight so long. */
const SHOWN_AFTER_END_MS = 5 * MINUTE_MS

export type MyRequest = {
  readonly requestId: RequestId
  readonly kind: RequestKind
  readonly quantity: number
  readonly note: string | null
  /** `queued`: only this phone knows of it. */
  readonly status: 'queued' | Request['status']
  /** `null` while queued. */
  readonly raisedAtMs: number | null
  readonly helper: string | null
  readonly sinceMs: number | null
  /** How far the helper is now; if unknown, how far when claimed. */
  readonly helperDistanceM: number | null
  readonly isEscalated: boolean
  /** Cancelled with the run, not by me. */
  readonly isCutOff: boolean
  readonly endedAtMs: number | null
  readonly isCancelWaiting: boolean
}

/** Mine: queued, going on, and ended a moment ago; the newest first. Alarms are told on the help screen. */
export const myRequests = (view: RunView, nowMs: number): MyRequest[] =>
  allMine(view, nowMs).filter(({ kind }) => !isAlarm(kind))

/** Whether its author waits for it, or may still say that it never came. */
export function isGoingOn(view: RunView, { requestId, endedAtMs }: MyRequest): boolean {
  const request = view.run.requests.get(requestId)
  return endedAtMs === null || (request !== undefined && canUndo(view, request))
}

/** My call for help that still concerns somebody. */
export const myAlarms = (view: RunView, nowMs: number): MyRequest[] =>
  allMine(view, nowMs).filter(({ kind, endedAtMs }) => isAlarm(kind) && endedAtMs === null)

function allMine(view: RunView, nowMs: number): MyRequest[] {
  const cancels = new Set(waitingOf(view, 'cancel-request').map(({ requestId }) => requestId))
  const known = [...view.run.requests.values()]
    .filter(({ runnerId, endedAtMs }) => runnerId === view.myId && (endedAtMs ?? nowMs) > nowMs - SHOWN_AFTER_END_MS)
    .sort((a, b) => b.raisedAtMs - a.raisedAtMs)
    .map((request) => told(view, request, nowMs, cancels.has(request.requestId)))
  const queued = waitingOf(view, 'raise-request')
    .filter(({ requestId }) => !view.run.requests.has(requestId))
    .map(({ requestId, kind, quantity, note }): MyRequest => {
      const isCancelWaiting = cancels.has(requestId)
      return { ...unheard, requestId, kind, quantity, note, isCancelWaiting }
    })
  return [...queued.reverse(), ...known]
}

const unheard = {
  status: 'queued',
  raisedAtMs: null,
  helper: null,
  sinceMs: null,
  helperDistanceM: null,
  isEscalated: false,
  isCutOff: false,
  endedAtMs: null,
} as const

function told(view: RunView, request: Request, nowMs: number, isCancelWaiting: boolean): MyRequest {
  const { requestId, kind, quantity, status, raisedAtMs, cyclistId, endedAtMs } = request
  const way = cyclistId && nearnessOf(view, request.runnerId, cyclistId, nowMs)
  return {
    requestId,
    kind,
    quantity,
    note: view.words.get(wordKey.note(requestId))?.text ?? null,
    status,
    raisedAtMs,
    helper: cyclistId && nameOf(view, cyclistId),
    sinceMs: request.claimedAtMs,
    helperDistanceM: way ? way.distanceM : request.claimDistanceM,
    isEscalated: request.escalatedAtMs !== null,
    isCutOff: request.cancelReason === 'run-ended',
    endedAtMs,
    isCancelWaiting,
  }
}
