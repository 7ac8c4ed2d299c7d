/** What the leader's phone was told on the way, and the run's last state does not tell any more. */
import type { Alert, AlertRule } from '../../shared/run/alerts.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { AlertId, MemberId, RequestId } from '../../shared/units.ts'
import type { Phone } from '../net/phone.ts'

/** Times by the server's clock. */
export type AlertStory = {
  readonly rule: AlertRule
  readonly memberId: MemberId | null
  readonly sinceMs: number
  /** Asked or raised first. */
  readonly begunAtMs: number
  /** A leader was told; `null`: only who it is about was asked. */
  raisedAtMs: number | null
  clearedAtMs: number | null
}

/** A claimer was asked whether they still come. */
export type Doubt = { readonly requestId: RequestId; readonly cyclistId: MemberId | null; readonly atMs: number }

export type Story = {
  readonly alerts: Map<AlertId, AlertStory>
  readonly doubts: Doubt[]
  /** When somebody ticked a member as seen, in order. */
  readonly seenAtMs: Map<MemberId, number[]>
}
export const newStory = (): Story => ({ alerts: new Map(), doubts: [], seenAtMs: new Map() })

/** Follows what the phone is told, from now on. */
export function followStory(phone: Phone): Story {
  const story = newStory()
  let before: RunState | undefined
  phone.subscribe(({ run }) => {
    if (run.alerts !== before?.alerts) for (const alert of run.alerts.values()) tellAlert(story, alert)
    if (run.requests !== before?.requests) tellDoubts(story, run)
    if (run.members !== before?.members) tellSeen(story, run)
    before = run
  })
  return story
}

/** What is new in an alert's life. */
export function tellAlert({ alerts }: Story, alert: Alert): void {
  const { alertId, rule, memberId, sinceMs, status, statusAtMs } = alert
  const begun = { rule, memberId, sinceMs, begunAtMs: statusAtMs, raisedAtMs: null, clearedAtMs: null }
  const told: AlertStory = alerts.get(alertId) ?? begun
  if (status === 'raised' || status === 'owned') told.raisedAtMs ??= statusAtMs
  if (status === 'cleared') told.clearedAtMs ??= statusAtMs
  alerts.set(alertId, told)
}

function tellSeen({ seenAtMs }: Story, run: RunState): void {
  for (const { memberId, seen } of run.members.values()) {
    if (!seen) continue
    const times = seenAtMs.get(memberId) ?? []
    if (times.at(-1) !== seen.atMs) seenAtMs.set(memberId, [...times, seen.atMs])
  }
}

function tellDoubts({ doubts }: Story, run: RunState): void {
  for (const { requestId, cyclistId, doubt } of run.requests.values())
    if (doubt && !doubts.some((each) => each.requestId === requestId && each.atMs === doubt.atMs))
      doubts.push({ requestId, cyclistId, atMs: doubt.atMs })
}
