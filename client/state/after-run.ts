/** What became of everybody: the whole run for whoever leads it. */
import { type AlertRule, alertRuleNames } from '../../shared/run/alerts.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member } from '../../shared/run/state.ts'
import { membersOf, nameOf } from './people.ts'
import type { RunView } from './run-view.ts'

export type Ending = 'finished' | 'going-home' | 'got-a-lift' | 'missing' | 'out' | 'did-not-start'

export type PersonAfter = {
  readonly member: Member
  readonly name: string
  readonly ending: Ending
  /** From the first "I am here" to their stop, the run's end, or now; `null` for who shared nothing. */
  readonly tookMs: number | null
}

/** Everybody who takes part, by number. */
export const peopleAfter = (view: RunView, nowMs: number): PersonAfter[] =>
  membersOf(view)
    .filter(({ role }) => takesPart(role))
    .map((member) => ({
      member,
      name: nameOf(view, member.memberId),
      ending: endingOf(view, member),
      tookMs: tookMs(view, member, nowMs),
    }))

function endingOf(view: RunView, { memberId, status, stopReason }: Member): Ending {
  const { phase, missing } = view.run.head
  if (stopReason) return stopReason
  if (status === 'joined') return 'did-not-start'
  if (phase !== 'ended') return 'out'
  return missing.includes(memberId) ? 'missing' : 'finished'
}

function tookMs(view: RunView, { windows, status, statusAtMs }: Member, nowMs: number): number | null {
  const fromMs = windows[0]?.fromMs
  if (fromMs === undefined) return null
  const toMs =
    status === 'stopped' ? Math.min(statusAtMs, windows.at(-1)?.toMs ?? statusAtMs) : (view.run.head.endedAtMs ?? nowMs)
  return Math.max(0, toMs - fromMs)
}

export type AlertCount = { readonly rule: AlertRule; readonly count: number; readonly fineCount: number }

/** What was raised, the most frequent first; `fineCount` of them turned out to be nothing. */
export function alertCounts({ run }: RunView): AlertCount[] {
  const alerts = [...run.alerts.values()].filter(
    ({ status, over, answer }) => status !== 'asked' && !(over === 'fine' && answer === null),
  )
  return alertRuleNames
    .map((rule) => {
      const of = alerts.filter((alert) => alert.rule === rule)
      return {
        rule,
        count: of.length,
        fineCount: of.filter(({ answer, over }) => answer === 'fine' || over === 'fine').length,
      }
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

/** How many of those who came were ticked by somebody, and how often altogether. */
export function ticksOf(view: RunView): { readonly people: number; readonly times: number } {
  const seen = membersOf(view).flatMap(({ seen }) => (seen ? [seen.count] : []))
  return { people: seen.length, times: seen.reduce((sum, count) => sum + count, 0) }
}

/** When all of it is deleted; `null` as long as the run goes on. */
export const forgottenAtMs = ({ run }: RunView): number | null =>
  run.head.endedAtMs === null ? null : run.head.endedAtMs + run.head.retentionMs
