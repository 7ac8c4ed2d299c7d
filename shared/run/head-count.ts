/** Who has been seen on the course, for how long that counts, and who may say so. Rules and screens ask the same. */
import { MINUTE_MS } from '../units.ts'
import { isHelper, takesPart } from './roles.ts'
import type { Group, Guests, Member, RunState } from './state.ts'

/** As long as no head count was begun, having been seen counts for so long. */
const COUNTS_FOR_MS = 15 * MINUTE_MS

/** HC6: whoever was seen since then is counted: until the next head count. */
export const countedSinceMs = ({ head }: Pick<RunState, 'head'>, nowMs: number): number =>
  head.headCountSinceMs ?? nowMs - COUNTS_FOR_MS

export const isCounted = (run: RunState, { seen }: Pick<Member | Guests, 'seen'>, nowMs: number): boolean =>
  seen !== null && seen.atMs >= countedSinceMs(run, nowMs)

/** HC1: "all mine are here" is for who leads the group, its back marker, and whoever leads the run, or leads in that group. */
export const mayCountGroup = (member: Member, { groupId, leaderId, backMarkerId }: Group): boolean =>
  isGroupsOwn(member, leaderId, backMarkerId) ||
  (member.role === 'leader' && (member.groupId === null || member.groupId === groupId))

/** HC1: those who ride, lead, or run in front of or behind a group. */
export function mayCount(run: RunState, member: Member): boolean {
  if (isHelper(member.role)) return true
  for (const { leaderId, backMarkerId } of run.groups.values())
    if (isGroupsOwn(member, leaderId, backMarkerId)) return true
  return false
}

const isGroupsOwn = ({ memberId, role }: Member, leaderId: Group['leaderId'], backMarkerId: Group['backMarkerId']) =>
  takesPart(role) && (memberId === leaderId || memberId === backMarkerId)
