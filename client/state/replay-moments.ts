/** What happened at its moment in a replay: what was asked for, brought, and who was in. */
import { policyOf, type RequestKind } from '../../shared/run/requests.ts'
import type { StopReason } from '../../shared/run/roles.ts'
import type { MemberId } from '../../shared/units.ts'
import { isServed, serviceLog } from './after-log.ts'
import { membersOf } from './people.ts'
import type { RunView } from './run-view.ts'

export type ReplayMoment = { readonly id: string; readonly atMs: number; readonly memberId: MemberId } & (
  | {
      readonly is: 'asked'
      readonly kind: RequestKind
      readonly quantity: number
      readonly untilMs: number
      readonly isAlarm: boolean
    }
  | { readonly is: 'given'; readonly kind: RequestKind; readonly quantity: number; readonly helperId: MemberId | null }
  | { readonly is: 'stopped'; readonly reason: StopReason }
)

/** In order of time. `untilMs`: when the wish was over, or never as far as it is known. */
export function replayMoments(view: RunView): ReplayMoment[] {
  const asked = [...view.run.requests.values()].map(
    ({ requestId, runnerId, kind, quantity, raisedAtMs, endedAtMs }): ReplayMoment => ({
      is: 'asked',
      id: `asked ${requestId}`,
      atMs: raisedAtMs,
      memberId: runnerId,
      kind,
      quantity,
      untilMs: endedAtMs ?? Number.POSITIVE_INFINITY,
      isAlarm: policyOf(kind).tells === 'alarm',
    }),
  )
  const given = serviceLog(view, 'everybody')
    .filter(isServed)
    .map(
      ({ id, atMs, runnerId, helperId, kind, quantity }): ReplayMoment => ({
        is: 'given',
        id: `given ${id}`,
        atMs,
        memberId: runnerId,
        helperId,
        kind,
        quantity,
      }),
    )
  const stopped = membersOf(view).flatMap(({ memberId, stopReason, statusAtMs }): ReplayMoment[] =>
    stopReason ? [{ is: 'stopped', id: `stopped ${memberId}`, atMs: statusAtMs, memberId, reason: stopReason }] : [],
  )
  return [...asked, ...given, ...stopped].sort((a, b) => a.atMs - b.atMs)
}

/** Those that begin in the time until a moment. */
export const momentsIn = (moments: readonly ReplayMoment[], fromMs: number, untilMs: number): ReplayMoment[] =>
  moments.filter(({ atMs }) => atMs > fromMs && atMs <= untilMs)

/** Who waits for something at a moment. */
export function waitingAt(moments: readonly ReplayMoment[], atMs: number): ReadonlyMap<MemberId, 'wish' | 'alarm'> {
  const waiting = new Map<MemberId, 'wish' | 'alarm'>()
  for (const moment of moments) {
    if (moment.is !== 'asked' || moment.atMs > atMs || moment.untilMs <= atMs) continue
    if (moment.isAlarm || !waiting.has(moment.memberId)) waiting.set(moment.memberId, moment.isAlarm ? 'alarm' : 'wish')
  }
  return waiting
}
