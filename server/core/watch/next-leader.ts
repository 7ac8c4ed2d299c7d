/** Who leads when those who lead cannot be reached. */
import { leadersOf } from '../../../shared/run/questions.ts'
import { takesPart } from '../../../shared/run/roles.ts'
import type { Member, RunState } from '../../../shared/run/state.ts'
import type { MemberId } from '../../../shared/units.ts'

/** Who sees the whole run, whole-run leaders in the order they joined; where there is none, all who lead a part of it. */
export function leadersOfMost(run: RunState): Member[] {
  const leaders = leadersOf(run).sort((a, b) => a.memberNo - b.memberNo)
  const ofAll = leaders.filter(({ groupId }) => groupId === null)
  return ofAll.length > 0 ? ofAll : leaders
}

/** LS2: an adult who takes part, has not stopped, and is none of those. */
export const mayTakeUp = ({ memberId, role, status, isMinor }: Member, leaders: readonly Member[]): boolean =>
  takesPart(role) &&
  status !== 'stopped' &&
  status !== 'removed' &&
  !isMinor &&
  leaders.every((leader) => leader.memberId !== memberId)

/**
 * LS2: who leads a group, else the back marker of one, else a cyclist, else a runner; of equals who joined first. Only who can be
 * reached now.
 */
export function nextLeaderOf(run: RunState, isReached: (memberId: MemberId) => boolean): Member | undefined {
  const leaders = leadersOfMost(run)
  const groups = [...run.groups.values()]
  const leading = new Set(groups.map(({ leaderId }) => leaderId))
  const last = new Set(groups.map(({ backMarkerId }) => backMarkerId))
  const rank = ({ memberId, role }: Member): number => {
    if (role === 'leader' || leading.has(memberId)) return 0
    if (last.has(memberId)) return 1
    return role === 'cyclist' ? 2 : 3
  }
  return [...run.members.values()]
    .filter((member) => mayTakeUp(member, leaders) && isReached(member.memberId))
    .sort((a, b) => rank(a) - rank(b) || a.memberNo - b.memberNo)[0]
}
