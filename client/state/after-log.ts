/** The service log: who brought what to whom, when, and how long they had waited. */
import { isAlarm, policyOf, type RequestKind } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import type { HandOverId, MemberId, RequestId } from '../../shared/units.ts'
import { nameOf } from './people.ts'
import type { RunView } from './run-view.ts'

export type LogEntry = {
  readonly id: HandOverId | RequestId
  readonly atMs: number
  readonly kind: RequestKind
  readonly quantity: number
  readonly runnerId: MemberId
  readonly runner: string
  /** `null`: its runner said that they had got it, and nobody had claimed it; or nobody came. */
  readonly helperId: MemberId | null
  readonly helper: string | null
  /** From the wish to the hand-over, or to its end; `null` for what nobody asked for. */
  readonly waitMs: number | null
  /**
   * `given`: one of the two said so. `assumed`: they met, and nobody said otherwise. `helped`: somebody looked after a call. `unserved`: it
   * ended without; `taken-back`: its author did not want it any more. `open`: somebody still waits.
   */
  readonly outcome: 'given' | 'assumed' | 'helped' | 'unserved' | 'taken-back' | 'open'
}

export type Whose = 'mine' | 'everybody'

/** The oldest first, as far as the seat sees it. `mine`: what I asked for, got or brought. */
export function serviceLog(view: RunView, whose: Whose): LogEntry[] {
  const { run } = view
  const handed = new Set<RequestId>()
  const entries: LogEntry[] = []
  for (const { handOverId, requestId, runnerId, cyclistId, kind, quantity, atMs } of run.handOvers.values()) {
    if (requestId) handed.add(requestId)
    const request = requestId ? run.requests.get(requestId) : undefined
    entries.push({
      id: handOverId,
      atMs,
      kind,
      quantity,
      ...named(view, runnerId, cyclistId),
      waitMs: request ? Math.max(0, atMs - request.raisedAtMs) : null,
      outcome: 'given',
    })
  }
  for (const request of run.requests.values()) {
    const { requestId, runnerId, cyclistId, kind, quantity, raisedAtMs, endedAtMs } = request
    if (handed.has(requestId)) continue
    const outcome = outcomeOf(request)
    entries.push({
      id: requestId,
      atMs: endedAtMs ?? raisedAtMs,
      kind,
      quantity,
      ...named(view, runnerId, cyclistId),
      waitMs: endedAtMs === null ? null : Math.max(0, endedAtMs - raisedAtMs),
      outcome,
    })
  }
  return entries
    .filter(({ runnerId, helperId }) => whose === 'everybody' || runnerId === view.myId || helperId === view.myId)
    .sort((a, b) => a.atMs - b.atMs)
}

function outcomeOf({ status, kind, isAssumed, cancelReason }: Request): LogEntry['outcome'] {
  if (status === 'delivered') return isAssumed ? 'assumed' : policyOf(kind).isItem ? 'given' : 'helped'
  if (status === 'closed') return 'helped'
  if (status !== 'cancelled') return 'open'
  return cancelReason === 'by-author' ? 'taken-back' : 'unserved'
}

function named(view: RunView, runnerId: MemberId, helperId: MemberId | null) {
  return { runnerId, runner: nameOf(view, runnerId), helperId, helper: helperId && nameOf(view, helperId) }
}

export const isServed = ({ outcome }: LogEntry): boolean =>
  outcome === 'given' || outcome === 'assumed' || outcome === 'helped'

export type Service = {
  readonly served: number
  readonly unasked: number
  readonly unserved: number
  /** Of what was asked for and brought; `null` when there was nothing. */
  readonly medianWaitMs: number | null
  readonly longest: LogEntry | null
  readonly calls: number
}

/** In figures. What its author took back counts nowhere; calls for help are counted apart. */
export function serviceOf(log: readonly LogEntry[]): Service {
  const things = log.filter(({ kind }) => !isAlarm(kind))
  const served = things.filter(isServed)
  const waits = served.filter(({ waitMs }) => waitMs !== null).sort((a, b) => (a.waitMs ?? 0) - (b.waitMs ?? 0))
  return {
    served: served.length,
    unasked: served.filter(({ waitMs }) => waitMs === null).length,
    unserved: things.filter(({ outcome }) => outcome === 'unserved').length,
    medianWaitMs: waits[Math.floor((waits.length - 1) / 2)]?.waitMs ?? null,
    longest: waits.at(-1) ?? null,
    calls: log.length - things.length,
  }
}
