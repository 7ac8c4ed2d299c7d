/** How runs and seats begin. The same secret asked again gives the same run, or the same seat. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { InviteShown, Join, Joined, Planned, PlanRun } from '../../shared/protocol/http.ts'
import { givesSeats, leadersOf } from '../../shared/run/questions.ts'
import { wordKey } from '../../shared/run/words.ts'
import {
  type CommandId,
  DAY_MS,
  type GroupId,
  HOUR_MS,
  type InviteId,
  type MemberId,
  type RouteId,
  type RunId,
} from '../../shared/units.ts'
import { wrongStart } from '../core/planned-start.ts'
import { isFull, openClub, putUnderClub } from './clubs.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'
import type { RunRoom } from './run-room.ts'

export type Defaults = { readonly retentionDays: number }

const EXPECTED_MS = 5 * HOUR_MS
const LONGEST_MS = 14 * HOUR_MS
const LINKS = ['runner', 'cyclist', 'leader', 'watcher'] as const

/** A line that is ready to be stored, under an id made from what it says. */
export type GivenRoute = { readonly routeId: RouteId; readonly lengthM: number; readonly json: string }

/** RN11: all of it becomes fact in one step, or nothing does. */
export async function planRun(
  house: House,
  rooms: Rooms,
  wish: PlanRun,
  defaults: Defaults,
  route?: GivenRoute,
): Promise<Planned | Refusal> {
  const { seals, clock } = house
  const runId = `run_${seals.idFrom(wish.createKey, 'run')}` as RunId
  const memberId = `mbr_${seals.idFrom(wish.createKey, 'leader')}` as MemberId
  const commandId = `cmd_${seals.idFrom(wish.createKey, 'plan')}` as CommandId
  const when = whenOf(wish, clock.nowMs())
  if ('code' in when) return when
  const retentionDays = wish.retentionDays ?? defaults.retentionDays
  if (retentionDays > defaults.retentionDays)
    return refuse('malformed', { field: 'retentionDays', detail: `at most ${defaults.retentionDays}` }) // RN14
  const club = wish.club ? await openClub(house, 'organise', wish.club, 'club') : null
  if (club?.ok === false) return { ...club, field: 'club' }
  const clubId = club?.clubId
  const full = clubId && (await isFull(house, clubId, runId))
  if (full) return full
  const invites = LINKS.map((role) => ({
    role,
    inviteId: `inv_${seals.idFrom(wish.createKey, `invite ${role}`)}` as InviteId,
  }))
  const room = await rooms.newRoom(runId)
  // The line is stored before the fact that names it; a run that is planned already keeps its own.
  if (route && room.book().run.version === 0) await room.putRoute(route.routeId, route.json)
  const { heat, alertsOff = [], helpersWanted = null, hasWatcherLink = true } = wish
  const obeyed = await room.obey(
    {
      type: 'plan-run',
      title: wish.title,
      leaderName: wish.leaderName,
      leaderPhone: wish.leaderPhone,
      ...when,
      retentionMs: retentionDays * DAY_MS,
      recordedShiftMs: wish.recordedShiftMs,
      invites: invites.filter(({ role }) => role !== 'watcher' || hasWatcherLink),
      groups: (wish.groups ?? []).map((group, i) => ({
        groupId: `grp_${seals.idFrom(wish.createKey, `group ${i}`)}` as GroupId,
        ...group,
      })),
      ...((heat || alertsOff.length > 0) && { conditions: { heat: heat ?? 'mild', alertsOff } }),
      helpersWanted,
      ...(route && { route: { routeId: route.routeId, lengthM: route.lengthM } }),
    },
    memberId,
    commandId,
  )
  if (!obeyed.ok) return obeyed
  if (!holdsFirstSeat(room, memberId)) return refuse('not-a-member')
  const forRunners = invites.find(({ role }) => role === 'runner')
  if (clubId && forRunners) await putUnderClub(house, rooms, clubId, { runId, inviteId: forRunners.inviteId })
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

function whenOf({ plannedStartMs, expectedDurationMs, longestDurationMs }: PlanRun, nowMs: number) {
  const startMs = plannedStartMs ?? nowMs
  const wrong = wrongStart(startMs, nowMs)
  if (wrong) return refuse('malformed', { field: 'plannedStartMs', detail: wrong })
  const longestMs = longestDurationMs ?? LONGEST_MS
  const expectedMs = Math.min(expectedDurationMs ?? EXPECTED_MS, longestMs)
  return { plannedStartMs: startMs, expectedEndMs: startMs + expectedMs, latestEndMs: startMs + longestMs }
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
