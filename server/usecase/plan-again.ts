/** RN13: what a run of before gives to one like it. Nothing of its people, and nothing of it changes. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { PlanShown } from '../../shared/protocol/http-plan.ts'
import type { Member } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { DAY_MS } from '../../shared/units.ts'
import type { House } from './house.ts'
import type { GivenRoute } from './planning.ts'
import type { Rooms } from './rooms.ts'
import type { RunRoom } from './run-room.ts'

type OfLeader = { readonly room: RunRoom; readonly member: Member }

export function planOf({ room, member }: OfLeader): PlanShown | Refusal {
  if (member.role !== 'leader') return refuse('not-for-your-role')
  const { run, words, journal } = room.book()
  const { head } = run
  return {
    ok: true,
    title: words.get(wordKey.title)?.text ?? null,
    plannedStartMs: head.plannedStartMs,
    expectedDurationMs: head.expectedEndMs - head.plannedStartMs,
    longestDurationMs: head.latestEndMs - head.plannedStartMs,
    // In the order they were made.
    groups: journal.slice(0, run.version).flatMap(({ fact: { event } }) => {
      const group = event.type === 'group-added' && run.groups.get(event.groupId)
      if (!group) return []
      const { groupId, colour, targetPaceMps } = group
      return [{ name: words.get(wordKey.group(groupId))?.text ?? '', colour, targetPaceMps }]
    }),
    heat: head.heat,
    alertsOff: [...head.alertsOff],
    helpersWanted: head.helpersWanted,
    retentionDays: Math.round(head.retentionMs / DAY_MS),
    hasWatcherLink: [...run.invites.values()].some(({ role }) => role === 'watcher'),
    hasRoute: head.route !== null,
  }
}

/** The line as the earlier run has it now; `undefined` when it has none. */
export async function routeOfEarlier(
  { seals }: House,
  rooms: Rooms,
  token: string,
): Promise<{ readonly ok: true; readonly route: GivenRoute | undefined } | Refusal> {
  const seat = seals.openSeat(token)
  const room = seat && (await rooms.room(seat.runId))
  const member = seat && room?.memberOf(seat)
  if (!room || !member) return refuse('not-a-member', { field: 'again.seat' })
  if (member.role !== 'leader') return refuse('not-for-your-role', { field: 'again.seat' })
  const { route } = room.book().run.head
  const json = route && (await room.route(route.routeId))
  return { ok: true, route: json ? { ...route, json } : undefined }
}
