/** How runs and seats begin. The same secret asked again gives the same run, or the same seat. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { InviteShown, Join, Joined, Planned, PlanRun } from '../../shared/protocol/http.ts'
import { givesSeats, leadersOf } from '../../shared/run/questions.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type CommandId, DAY_MS, HOUR_MS, type InviteId, type MemberId, type RunId } from '../../shared/units.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'
import type { RunRoom } from './run-room.ts'

export type Defaults = { readonly retentionDays: number }

const EXPECTED_MS = 5 * HOUR_MS
const LONGEST_MS = 14 * HOUR_MS
const FARTHEST_START_MS = 400 * DAY_MS
const LINKS = ['runner', 'cyclist', 'leader', 'watcher'] as const

export async function planRun(
  house: House,
  rooms: Rooms,
  wish: PlanRun,
  defaults: Defaults,
): Promise<Planned | Refusal> {
  const { seals, clock } = house
  const nowMs = clock.nowMs()
  const runId = `run_${seals.idFrom(wish.createKey, 'run')}` as RunId
  const memberId = `mbr_${seals.idFrom(wish.createKey, 'leader')}` as MemberId
  const commandId = `cmd_${seals.idFrom(wish.createKey, 'plan')}` as CommandId
  const plannedStartMs = wish.plannedStartMs ?? nowMs
  if (plannedStartMs > nowMs + FARTHEST_START_MS || plannedStartMs < nowMs - DAY_MS)
    return refuse('malformed', { field: 'plannedStartMs', detail: 'between yesterday and 400 days from now' })
  const longestMs = wish.longestDurationMs ?? LONGEST_MS
  const expectedMs = Math.min(wish.expectedDurationMs ?? EXPECTED_MS, longestMs)
  const invites = LINKS.map((role) => ({
    role,
    inviteId: `inv_${seals.idFrom(wish.createKey, `invite ${role}`)}` as InviteId,
  }))
  const room = await rooms.newRoom(runId)
  const obeyed = await room.obey(
    {
      type: 'plan-run',
      title: wish.title,
      leaderName: wish.leaderName,
      leaderPhone: wish.leaderPhone,
      plannedStartMs,
      expectedEndMs: plannedStartMs + expectedMs,
      latestEndMs: plannedStartMs + longestMs,
      retentionMs: defaults.retentionDays * DAY_MS,
      recordedShiftMs: wish.recordedShiftMs,
      invites,
    },
    memberId,
    commandId,
  )
  if (!obeyed.ok) return obeyed
  if (!holdsFirstSeat(room, memberId)) return refuse('not-a-member')
  return {
    ok: true,
    runId,
    memberId,
    seat: seals.sealSeat({ runId, memberId, seatNo: 1 }),
    invites: Object.fromEntries(
      invites.map(({ role, inviteId }) => [role, seals.sealInvite({ runId, inviteId })]),
    ) as Planned['invites'],
  }
}

export async function join(house: House, rooms: Rooms, wish: Join): Promise<Joined | Refusal> {
  const { seals } = house
  const invite = seals.openInvite(wish.invite)
  const room = invite && (await rooms.room(invite.runId))
  if (!room) return refuse('not-a-member')
  const { runId, inviteId } = invite
  const memberId = `mbr_${seals.idFrom(`${wish.joinKey}/${inviteId}`, 'member')}` as MemberId
  const commandId = `cmd_${seals.idFrom(`${wish.joinKey}/${inviteId}`, 'join')}` as CommandId
  const { name, phone, startNumber, contact, medical } = wish
  const joining = { type: 'join', inviteId, name, phone, startNumber, contact, medical } as const
  const obeyed = await room.obey(joining, memberId, commandId)
  if (!obeyed.ok) return obeyed
  if (!holdsFirstSeat(room, memberId)) return refuse('not-a-member')
  return { ok: true, runId, memberId, seat: seals.sealSeat({ runId, memberId, seatNo: 1 }) }
}

/** The key of a seat that was taken away or moved to another phone opens nothing any more. */
function holdsFirstSeat(room: RunRoom, memberId: MemberId): boolean {
  const member = room.book().run.members.get(memberId)
  return member !== undefined && member.status !== 'removed' && member.seatNo === 1
}

export async function lookAtInvite(house: House, rooms: Rooms, token: string): Promise<InviteShown | Refusal> {
  const opened = house.seals.openInvite(token)
  const room = opened && (await rooms.room(opened.runId))
  const book = room?.book()
  const invite = opened && book?.run.invites.get(opened.inviteId)
  if (!invite || !book || !givesSeats(book.run, invite, house.clock.nowMs())) return refuse('not-a-member')
  const [leader] = leadersOf(book.run)
  return {
    ok: true,
    title: book.words.get(wordKey.title)?.text ?? null,
    role: invite.role,
    leaderName: (leader && book.words.get(wordKey.name(leader.memberId))?.text) ?? null,
    plannedStartMs: book.run.head.plannedStartMs,
  }
}
