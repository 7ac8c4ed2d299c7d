/** How a run and a member come to be. The door has checked the invite's secret before. */
import { refuse } from '../../shared/protocol/errors.ts'
import { givesSeats } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { RunState } from '../../shared/run/state.ts'
import { type Word, wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import { acceptWith, type Decision, type DoorCommand, type World } from './decision.ts'
import { emergencyWords } from './emergency-words.ts'

type Plan = Extract<DoorCommand, { type: 'plan-run' | 'join' }>
type PlanRun = Extract<Plan, { type: 'plan-run' }>

export function decidePlan(run: RunState, wish: Plan, byId: MemberId, world: World): Decision {
  return wish.type === 'plan-run' ? planRun(run, wish, byId) : join(run, wish, byId, world)
}

function planRun(run: RunState, wish: PlanRun, leaderId: MemberId): Decision {
  if (run.head.phase !== 'unplanned') return refuse('already-open') // RN1
  const { plannedStartMs, expectedEndMs, latestEndMs, retentionMs, recordedShiftMs } = wish
  const words: Word[] = [{ key: wordKey.name(leaderId), ownerId: leaderId, text: wish.leaderName }]
  if (wish.title) words.push({ key: wordKey.title, ownerId: null, text: wish.title })
  if (wish.leaderPhone) words.push({ key: wordKey.phone(leaderId), ownerId: leaderId, text: wish.leaderPhone })
  for (const { groupId, name } of wish.groups ?? [])
    words.push({ key: wordKey.group(groupId), ownerId: null, text: name })
  return acceptWith(
    words,
    { type: 'run-planned', plannedStartMs, expectedEndMs, latestEndMs, retentionMs, recordedShiftMs },
    {
      type: 'member-joined',
      memberId: leaderId,
      memberNo: 1,
      role: 'leader',
      groupId: null,
      wardId: null,
      startNumber: null,
      inviteId: null,
    },
    ...(wish.leaderPhone ? [{ type: 'phone-set', memberId: leaderId, isGiven: true } as const] : []),
    ...wish.invites.map(
      ({ inviteId, role }) =>
        ({
          type: 'invite-issued',
          inviteId,
          role,
          groupId: null,
          wardId: null,
          maxUses: role === 'leader' ? 20 : 10_000,
          expiresAtMs: latestEndMs,
        }) as const,
    ),
    ...whatElse(wish),
  )
}

/** RN11: what else was planned becomes fact with the run, or the run does not. */
function whatElse({
  plannedStartMs,
  expectedEndMs,
  latestEndMs,
  helpersWanted = null,
  groups = [],
  conditions,
  route,
}: PlanRun) {
  return [
    ...groups.map(
      ({ groupId, colour, targetPaceMps }) => ({ type: 'group-added', groupId, colour, targetPaceMps }) as const,
    ),
    ...(conditions ? [{ type: 'conditions-set', ...conditions } as const] : []),
    ...(helpersWanted === null
      ? []
      : [{ type: 'plan-changed', plannedStartMs, expectedEndMs, latestEndMs, helpersWanted } as const]),
    ...(route ? [{ type: 'route-set', ...route } as const] : []),
  ]
}

function join(run: RunState, wish: Extract<Plan, { type: 'join' }>, memberId: MemberId, { nowMs }: World): Decision {
  const invite = run.invites.get(wish.inviteId)
  // MB1: one answer for every reason, so that a link tells nothing about the run behind it.
  if (!invite || !givesSeats(run, invite, nowMs) || run.members.has(memberId)) return refuse('not-a-member')

  const words: Word[] = [{ key: wordKey.name(memberId), ownerId: memberId, text: wish.name }]
  if (wish.phone) words.push({ key: wordKey.phone(memberId), ownerId: memberId, text: wish.phone })
  const { role, groupId, wardId, inviteId } = invite
  const { contact = null, medical = null } = wish
  const hasEmergency = takesPart(role) && (contact !== null || medical !== null)
  if (hasEmergency) words.push(...emergencyWords(memberId, contact, medical).filter(({ text }) => text !== ''))
  // MB2: joining shares nothing.
  const memberNo = run.head.lastMemberNo + 1
  return acceptWith(
    words,
    { type: 'member-joined', memberId, memberNo, role, groupId, wardId, startNumber: wish.startNumber, inviteId },
    ...(wish.phone ? [{ type: 'phone-set', memberId, isGiven: true } as const] : []),
    ...(hasEmergency
      ? [{ type: 'emergency-set', memberId, hasContact: contact !== null, hasNote: medical !== null } as const]
      : []),
  )
}
