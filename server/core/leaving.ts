import type { RunEvent } from '../../shared/run/events.ts'
import { endsLater, isSharing, leadersOf } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import { alertsSettled } from './alerts/episodes.ts'

/** RQ16: what a helper had promised is offered again. */
export const claimsReleased = (run: RunState, { memberId }: Member): RunEvent[] =>
  endsLater(run)
    .filter((request) => request.cyclistId === memberId)
    .map(({ requestId }) => ({ type: 'request-released', requestId, reason: 'helper-left' }))

/** RQ15, AL6: a wish goes with its author; an alarm stays until somebody has looked. */
export const requestsLeftBehind = (run: RunState, { memberId }: Member): RunEvent[] =>
  endsLater(run)
    .filter((request) => request.runnerId === memberId && request.status !== 'needs-check')
    .map(({ requestId, kind }) =>
      isAlarm(kind)
        ? { type: 'request-needs-check', requestId }
        : { type: 'request-cancelled', requestId, reason: 'author-left' },
    )

/** MB10: who no longer takes part is no dot, and nobody brings them anything. */
export const partEnded = (run: RunState, member: Member, nowMs: number): RunEvent[] => [
  ...requestsLeftBehind(run, member),
  ...(isSharing(member) ? [{ type: 'sharing-stopped', memberId: member.memberId, toMs: nowMs } as const] : []),
  ...alertsSettled(run, member), // AT12
]

export const isLastLeader = (run: RunState, member: Member): boolean =>
  member.role === 'leader' && leadersOf(run).every(({ memberId }) => memberId === member.memberId)

/** MB15: who leads when the last leader is gone: the cyclist, else the runner, who joined first. */
export const nextLeader = (run: RunState, leaving: Member): Member | undefined =>
  [...run.members.values()]
    .filter(({ memberId, role, status }) => memberId !== leaving.memberId && takesPart(role) && status !== 'removed')
    .sort((a, b) => Number(b.role === 'cyclist') - Number(a.role === 'cyclist') || a.memberNo - b.memberNo)[0]

/** MB22: whoever has led knows the links that make leaders, and would come back by them. */
export const leadersLinksWithdrawn = (run: RunState, { role }: Member): RunEvent[] =>
  role !== 'leader'
    ? []
    : [...run.invites.values()]
        .filter((invite) => invite.role === 'leader' && !invite.isWithdrawn)
        .map(({ inviteId }) => ({ type: 'invite-withdrawn', inviteId }))
