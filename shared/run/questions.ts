/** What one may ask of a run. Rules and screens ask the same questions and get the same answers. */
import type { MemberId } from '../units.ts'
import { cannotCome } from './helping.ts'
import { takesPart } from './roles.ts'
import type { Invite, Member, Request, RunState } from './state.ts'

export const isEnded = (request: Request): boolean => request.endedAtMs !== null

/** Still somebody's business: open, claimed, or to be checked on. */
export const endsLater = (run: RunState): Request[] =>
  [...run.requests.values()].filter((request) => !isEnded(request)).sort((a, b) => a.raisedAtMs - b.raisedAtMs)

export const isSharing = (member: Member): boolean => member.windows.at(-1)?.toMs === null

/** Was the member's place theirs to give at that moment? Edges belong to the window. */
export const sharedAt = (member: Member, atMs: number): boolean =>
  member.windows.some(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || atMs <= toMs))

/** On the course and not yet accounted for. */
export const isOut = (member: Member): boolean =>
  takesPart(member.role) && (member.status === 'out' || member.status === 'paused')

export const missingMembers = (run: RunState): Member[] =>
  [...run.members.values()].filter(isOut).sort((a, b) => a.memberNo - b.memberNo)

/** GU3 */
export function missingGuestCount(run: RunState): number {
  let count = 0
  for (const guests of run.guests.values()) count += Math.max(0, guests.count - guests.accountedCount)
  return count
}

/** SK2: cyclists who may be offered work. */
export const cyclistsOf = (run: RunState): Member[] =>
  [...run.members.values()].filter((member) => member.role === 'cyclist' && isAvailable(member))

const isHere = ({ status }: Member): boolean => status === 'joined' || status === 'out'

/** Here, and neither refilling nor held up. */
export const isAvailable = (member: Member): boolean => isHere(member) && member.helping.state === 'available'

/** Here, and available or on their way to refill. */
export const carriesOn = (member: Member): boolean => isHere(member) && !cannotCome(member.helping.state)

export const leadersOf = (run: RunState): Member[] =>
  [...run.members.values()].filter(({ role, status }) => role === 'leader' && status !== 'removed')

/** The one request of this kind that a runner waits for. An alarm they took back is none: they may call again. */
export const openRequest = (run: RunState, runnerId: MemberId, kind: Request['kind']): Request | undefined =>
  endsLater(run).find(
    (request) => request.runnerId === runnerId && request.kind === kind && request.status !== 'needs-check',
  )

/** MB1: an invite that is withdrawn, used up or over opens nothing. */
export const givesSeats = ({ head }: RunState, invite: Invite, nowMs: number): boolean =>
  head.phase !== 'ended' && !invite.isWithdrawn && invite.uses < invite.maxUses && nowMs < invite.expiresAtMs
