import { takesPart } from '../../shared/run/roles.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { seesMember } from './visibility.ts'

/** Who takes part, and was not removed. */
export function participantOf(run: RunState, memberId: MemberId): Member | undefined {
  const member = run.members.get(memberId)
  return member && member.status !== 'removed' && takesPart(member.role) ? member : undefined
}

/** HC3: and whom one sees. */
export function participantSeenBy(run: RunState, viewer: Member, memberId: MemberId): Member | undefined {
  const member = participantOf(run, memberId)
  return member && seesMember(viewer, member) ? member : undefined
}
