/** Whom a leader should look at now, beside calls for help and alerts: who is out and of whom nobody knows. */
import type { Member } from '../../shared/run/state.ts'
import { alertsOf } from './alerts.ts'
import { headCount } from './head-count.ts'
import { onceALook } from './once-a-look.ts'
import { me } from './people.ts'
import { rollOf } from './roll.ts'
import type { RunView } from './run-view.ts'

/** The missing and the silent; since a head count began, whoever was neither heard nor seen. Not whom an alert names already. */
export const unheardOf = onceALook((view, nowMs): Member[] => {
  const { silent, missing } = rollOf(view, nowMs)
  const { sinceMs, unseen } = headCount(view, nowMs)
  const named = new Set(alertsOf(view, nowMs).map(({ alert }) => alert.memberId))
  const all = new Set([...missing, ...silent, ...(sinceMs === null || view.run.head.phase !== 'live' ? [] : unseen)])
  return [...all].filter(({ memberId }) => memberId !== view.myId && !named.has(memberId))
})

/** How many things wait for a leader: 0 is a quiet run. */
export function toLookAfterCount(view: RunView, nowMs: number): number {
  if (me(view)?.role !== 'leader') return 0
  return alertsOf(view, nowMs).length + unheardOf(view, nowMs).length
}
