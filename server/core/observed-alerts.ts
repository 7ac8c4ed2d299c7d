/** What was seen that somebody should know, as facts where it is news. */
import { alertIdOf, alertPolicyOf, isUncleared } from '../../shared/run/alerts.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { isOut } from '../../shared/run/questions.ts'
import type { RunState } from '../../shared/run/state.ts'
import { mayBegin, newestAlert } from './alerts/episodes.ts'
import type { Observation, World } from './decision.ts'

/** AT1, AT3, AT4: one fact, however many nodes have seen it; whom it is about is asked first, where the rule says so. */
export function observedAlert(
  run: RunState,
  { rule, memberId, sinceMs, value }: Extract<Observation, { is: 'alert' }>,
  { nowMs }: World,
): RunEvent[] {
  const { isOfMember, asksFirst } = alertPolicyOf(rule)
  const member = memberId === null ? undefined : run.members.get(memberId)
  if (isOfMember ? !member || !isOut(member) : memberId !== null) return []
  if (!mayBegin(run, rule, memberId, nowMs)) return []
  // A condition that outlasts its alert is another episode.
  const begunMs = Math.max(sinceMs, newestAlert(run, rule, memberId)?.statusAtMs ?? 0)
  const alertId = alertIdOf(rule, member?.memberNo ?? 0, begunMs)
  return asksFirst && memberId !== null
    ? [{ type: 'alert-asked', alertId, rule, memberId, value, sinceMs }]
    : [{ type: 'alert-raised', alertId, rule, memberId, value, sinceMs }]
}

/** AT5: it ends with what it told of; but who said that they need help is somebody's business until somebody has looked. */
export function observedAlertOver(run: RunState, { alertId }: Extract<Observation, { is: 'alert-over' }>): RunEvent[] {
  const alert = run.alerts.get(alertId)
  if (!alert || !isUncleared(alert) || alert.answer === 'need-help') return []
  return [{ type: 'alert-cleared', alertId, over: 'over' }]
}
