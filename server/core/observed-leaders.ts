/** Nobody leads who can be reached. */
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Observation } from './decision.ts'
import { leadersOfMost, mayTakeUp } from './watch/next-leader.ts'

type LeadersGone = Extract<Observation, { is: 'leaders-gone' }>

/**
 * LS3: another leads too from now on, and sees the whole run if who is gone did. Once: when somebody leads of whom the node
 * that proposes it did not know, there is no need. Who led before goes on leading when they are back.
 */
export function observedLeadersGone(run: RunState, { insteadOfId, toId, leaderIds }: LeadersGone): RunEvent[] {
  const leaders = leadersOfMost(run)
  const gone = leaders.find(({ memberId }) => memberId === insteadOfId)
  const next = run.members.get(toId)
  if (!gone || !next || !mayTakeUp(next, leaders) || !leaders.every(({ memberId }) => leaderIds.includes(memberId)))
    return []
  const seesTooFew = gone.groupId === null && next.groupId !== null
  return [
    { type: 'leadership-taken-up', memberId: toId, insteadOfId },
    ...(seesTooFew ? [{ type: 'member-changed', memberId: toId, role: 'leader', groupId: null } as const] : []),
  ]
}
