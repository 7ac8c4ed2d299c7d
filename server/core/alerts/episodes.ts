/** Which alerts there are of a rule and a member, and whether another may begin. */
import { type Alert, type AlertRule, isAlertOn, isUncleared } from '../../../shared/run/alerts.ts'
import type { RunEvent } from '../../../shared/run/events.ts'
import type { Member, RunState } from '../../../shared/run/state.ts'
import { type MemberId, MINUTE_MS } from '../../../shared/units.ts'

const QUIET_MS = 10 * MINUTE_MS
/** Somebody has looked, or has said that all is well: it would only be told again. */
const QUIET_AFTER_WORD_MS = 20 * MINUTE_MS

type ByMember = ReadonlyMap<MemberId | null, Alert>

// Only saves work: made anew when an alert changes.
const newestOf = new WeakMap<RunState['alerts'], ReadonlyMap<AlertRule, ByMember>>()

/** The alert of a rule and a member that is open, else the one cleared last. */
export function newestAlert({ alerts }: RunState, rule: AlertRule, memberId: MemberId | null): Alert | undefined {
  let newest = newestOf.get(alerts)
  if (!newest) {
    newest = newestByRule(alerts)
    newestOf.set(alerts, newest)
  }
  return newest.get(rule)?.get(memberId)
}

export function openAlert(run: RunState, rule: AlertRule, memberId: MemberId | null): Alert | undefined {
  const newest = newestAlert(run, rule, memberId)
  return newest && isUncleared(newest) ? newest : undefined
}

/** AT3, AT4: the rule is on, nothing of the kind is open, and the last one is a while ago. */
export function mayBegin(run: RunState, rule: AlertRule, memberId: MemberId | null, nowMs: number): boolean {
  if (!isAlertOn(run.head, rule)) return false
  const last = newestAlert(run, rule, memberId)
  if (!last) return true
  if (isUncleared(last)) return false
  const quietMs = last.over === 'fine' || last.over === 'by-leader' ? QUIET_AFTER_WORD_MS : QUIET_MS
  return nowMs >= last.statusAtMs + quietMs
}

/** AT12: what is open about who is accounted for now. */
export const alertsSettled = (run: RunState, { memberId }: Member): RunEvent[] =>
  uncleared(run)
    .filter((alert) => alert.memberId === memberId)
    .map(({ alertId }) => ({ type: 'alert-cleared', alertId, over: 'accounted-for' }))

/** The oldest first. */
export const uncleared = (run: RunState): Alert[] =>
  [...run.alerts.values()].filter(isUncleared).sort((a, b) => a.sinceMs - b.sinceMs || (a.alertId < b.alertId ? -1 : 1))

function newestByRule(alerts: RunState['alerts']): ReadonlyMap<AlertRule, ByMember> {
  const newest = new Map<AlertRule, Map<MemberId | null, Alert>>()
  for (const alert of alerts.values()) {
    const ofRule = newest.get(alert.rule) ?? new Map<MemberId | null, Alert>()
    newest.set(alert.rule, ofRule)
    const other = ofRule.get(alert.memberId)
    if (!other || rank(alert) > rank(other)) ofRule.set(alert.memberId, alert)
  }
  return newest
}

const rank = (alert: Alert): number => (isUncleared(alert) ? Number.POSITIVE_INFINITY : alert.statusAtMs)
