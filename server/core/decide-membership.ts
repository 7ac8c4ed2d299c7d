/** A leader's wishes about who belongs to the run, as what, and on which phone; and a member's own family link. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { MemberId } from '../../shared/units.ts'
import { alertsSettled } from './alerts/episodes.ts'
import { type Asked, accept, type Decision } from './decision.ts'
import { claimsReleased, isLastLeader, leadersLinksWithdrawn, partEnded, requestsLeftBehind } from './leaving.ts'
import { participantOf } from './participant.ts'

type MembershipWish = Extract<
  Command,
  {
    type: 'issue-invite' | 'withdraw-invite' | 'change-member' | 'remove-member' | 'reseat-member' | 'pass-leadership'
  }
>

/** MB20: a family fits in, and a link that wanders lets no crowd in. */
const FAMILY_MAX = 10

export function decideMembership(wish: MembershipWish, asked: Asked): Decision {
  if (asked.by.role !== 'leader' && !isOwnFamily(wish, asked)) return refuse('not-for-your-role') // MB19
  switch (wish.type) {
    case 'issue-invite':
      return issueInvite(wish, asked)
    case 'withdraw-invite': {
      const invite = asked.run.invites.get(wish.inviteId)
      if (!invite) return refuse('no-such-thing', { field: 'command.inviteId' })
      return invite.isWithdrawn ? accept() : accept({ type: 'invite-withdrawn', inviteId: wish.inviteId })
    }
    case 'pass-leadership':
      return passLeadership(wish, asked)
    default:
      return aboutMember(wish, asked)
  }
}

/** MB20: who takes part lets others watch themself and nobody else, and takes that back. */
function isOwnFamily(wish: MembershipWish, { run, by }: Asked): boolean {
  if (wish.type !== 'issue-invite' && wish.type !== 'withdraw-invite') return false
  const invite = wish.type === 'issue-invite' ? wish : run.invites.get(wish.inviteId)
  return takesPart(by.role) && invite?.role === 'guardian' && invite.wardId === by.memberId
}

/** MB18 */
function issueInvite(wish: Extract<MembershipWish, { type: 'issue-invite' }>, { run, by, world }: Asked): Decision {
  const { type, ...invite } = wish
  if (run.invites.has(invite.inviteId)) return accept()
  if (by.role !== 'leader' && invite.maxUses > FAMILY_MAX)
    return refuse('malformed', { field: 'command.maxUses', detail: `at most ${FAMILY_MAX}` }) // MB20
  if (by.role !== 'leader' && invite.groupId !== null) return refuse('malformed', { field: 'command.groupId' }) // MB20
  if (run.head.phase === 'ended') return refuse('run-has-ended')
  if (invite.groupId !== null && !run.groups.has(invite.groupId))
    return refuse('no-such-thing', { field: 'command.groupId' })
  const needsWard = invite.role === 'guardian'
  const ward = invite.wardId === null ? undefined : run.members.get(invite.wardId)
  if (needsWard !== (invite.wardId !== null) || (needsWard && (!ward || ward.status === 'removed')))
    return refuse('malformed', { field: 'command.wardId', detail: 'a guardian has one ward, nobody else has any' })
  if (invite.expiresAtMs <= world.nowMs)
    return refuse('malformed', { field: 'command.expiresAtMs', detail: 'in the past' })
  return accept({ type: 'invite-issued', ...invite })
}

/** MB17 */
function passLeadership({ toMemberId }: { toMemberId: MemberId }, { run, by }: Asked): Decision {
  const to = participantOf(run, toMemberId)
  if (!to) return refuse('no-such-thing', { field: 'command.toMemberId' })
  if (to.memberId === by.memberId) return accept()
  return accept(
    ...claimsReleased(run, by), // RQ16: a runner holds no claims
    { type: 'leadership-passed', fromMemberId: by.memberId, toMemberId: to.memberId },
  )
}

type AboutMember = Extract<MembershipWish, { type: 'change-member' | 'remove-member' | 'reseat-member' }>

function aboutMember(wish: AboutMember, { run, by, world }: Asked): Decision {
  const member = run.members.get(wish.memberId)
  if (!member || member.status === 'removed') return refuse('no-such-thing', { field: 'command.memberId' })
  const { memberId } = member
  switch (wish.type) {
    case 'reseat-member':
      // MB9: the answer would come to a phone that is out: nobody moves themself.
      if (memberId === by.memberId) return refuse('malformed', { field: 'command.memberId', detail: 'not oneself' })
      // MB9. The new seat first: it is what the answer is about.
      return accept(
        { type: 'member-reseated', memberId, seatNo: member.seatNo + 1 },
        ...leadersLinksWithdrawn(run, member),
      )
    case 'remove-member':
      if (isLastLeader(run, member)) return refuse('last-leader') // MB11
      return accept(
        ...requestsLeftBehind(run, member),
        ...claimsReleased(run, member),
        ...alertsSettled(run, member), // AT12
        ...leadersLinksWithdrawn(run, member),
        { type: 'member-removed', memberId },
      )
    case 'change-member': {
      const { role, groupId } = wish
      if (member.role === role && member.groupId === groupId) return accept()
      if (groupId !== null && !run.groups.has(groupId)) return refuse('no-such-thing', { field: 'command.groupId' })
      // MB10: a guardian's seat is for one child's family; it becomes nothing else, and nothing else becomes it.
      if (role !== member.role && (role === 'guardian' || member.role === 'guardian'))
        return refuse('malformed', { field: 'command.role' })
      if (role !== 'leader' && isLastLeader(run, member)) return refuse('last-leader')
      return accept(
        ...(takesPart(role) ? [] : partEnded(run, member, world.nowMs)),
        ...(isHelper(role) ? [] : claimsReleased(run, member)),
        // Who steps back by themself is not kept out.
        ...(role === 'leader' || memberId === by.memberId ? [] : leadersLinksWithdrawn(run, member)),
        { type: 'member-changed', memberId, role, groupId },
      )
    }
  }
}
