/** Conditions that must last before anything is told, and must be over for a while before that is told: no single fix does either. */
import type { AlertRule } from '../../../shared/run/alerts.ts'
import type { MemberId } from '../../../shared/units.ts'
import type { Seen } from '../watch/scene.ts'
import { mayBegin, openAlert } from './episodes.ts'
import type { Lookout } from './lookout.ts'

/**
 * What a rule says of somebody, or of the run (`null`), now. Of whom nothing can be said there is none; nor need there be one of whom nothing is told
 * and for whom the rule does not hold.
 */
export type Verdict = {
  readonly memberId: MemberId | null
  readonly holds: boolean
  /** The moment of the evidence: that of a fix, or now. The same moment again is no news. */
  readonly atMs: number
  /** When it began, where the rule knows better than since when it was looked at. */
  readonly sinceMs?: number
  /** In the unit of the rule. */
  readonly value?: number | null
}

export type Limits = {
  readonly rule: AlertRule
  /** By the moments of evidence. */
  readonly raisedAfterMs: number
  readonly overAfterMs: number
  /** So many moments of evidence at least. */
  readonly leastCount: number
}

type Streak = { readonly fromMs: number; readonly atMs: number; readonly count: number }
/** Of those about whom the last verdicts were other than what is told. */
export type Streaks = ReadonlyMap<MemberId | null, Streak>
export const noStreaks: Streaks = new Map()

export type RuleWatch<Memory> = {
  readonly nothing: Memory
  look(memory: Memory, lookout: Lookout): Seen<Memory>
}

/** A rule of which there is nothing to remember but how long it has held. */
export const lasting = (limits: Limits, verdictsOf: (lookout: Lookout) => Iterable<Verdict>): RuleWatch<Streaks> => ({
  nothing: noStreaks,
  look: (streaks, lookout) => weighed(limits, streaks, lookout, verdictsOf(lookout)),
})

/** AT14: the next streaks, and what is news by them. */
export function weighed(
  { rule, raisedAfterMs, overAfterMs, leastCount }: Limits,
  streaks: Streaks,
  { scene: { run, nowMs } }: Lookout,
  verdicts: Iterable<Verdict>,
): Seen<Streaks> {
  const next = new Map<MemberId | null, Streak>()
  const observations: Seen<Streaks>['observations'][number][] = []
  for (const { memberId, holds, atMs, sinceMs, value = null } of verdicts) {
    const open = openAlert(run, rule, memberId)
    if (holds === (open !== undefined)) continue
    const streak = streakAfter(streaks.get(memberId), atMs)
    next.set(memberId, streak)
    if (streak.count < leastCount || streak.atMs - streak.fromMs < (holds ? raisedAfterMs : overAfterMs)) continue
    if (open) {
      if (open.answer !== 'need-help') observations.push({ is: 'alert-over', alertId: open.alertId })
    } else if (mayBegin(run, rule, memberId, nowMs))
      observations.push({ is: 'alert', rule, memberId, sinceMs: Math.round(sinceMs ?? streak.fromMs), value })
  }
  return { memory: next, observations }
}

function streakAfter(before: Streak | undefined, atMs: number): Streak {
  if (!before) return { fromMs: atMs, atMs, count: 1 }
  return atMs > before.atMs ? { ...before, atMs, count: before.count + 1 } : before
}
