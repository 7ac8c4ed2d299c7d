/** What comes due by itself in the life of an alert. */
import type { Alert } from '../../shared/run/alerts.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { uncleared } from './alerts/episodes.ts'

/** Long enough to take a phone out of a pocket. */
const ANSWER_WITHIN_MS = MINUTE_MS

/** When the next of them is due; infinite for never. */
export function alertsDueAtMs(run: RunState): number {
  let dueMs = Number.POSITIVE_INFINITY
  for (const alert of run.alerts.values())
    if (alert.status === 'asked') dueMs = Math.min(dueMs, alert.statusAtMs + ANSWER_WITHIN_MS)
  return dueMs
}

/** AT6: the leader is told of who was asked a minute ago, and has not said that all is well. */
export const alertsWoken = (run: RunState, nowMs: number): RunEvent[] =>
  uncleared(run)
    .filter(({ status, statusAtMs }) => status === 'asked' && nowMs >= statusAtMs + ANSWER_WITHIN_MS)
    .map(raised)

export const raised = ({ alertId, rule, memberId, value, sinceMs }: Alert): RunEvent => ({
  type: 'alert-raised',
  alertId,
  rule,
  memberId,
  value,
  sinceMs,
})
