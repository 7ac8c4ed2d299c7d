/** Runs and their members, planned and joined over HTTP as people do, from an address a few people. */
import { setTimeout as pause } from 'node:timers/promises'
import { newId, newSecretKey } from '../../../client/net/new-id.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { Joined, Planned } from '../../../shared/protocol/http.ts'
import type { Role } from '../../../shared/run/roles.ts'
import { type GroupId, HOUR_MS, type InviteId, SECOND_MS } from '../../../shared/units.ts'
import type { Seats } from './serik-join.ts'
import { seated, wish } from './serik-phone.ts'
import type { Shape } from './system.ts'
import { route } from './walkers.ts'

const RUNS_AT_ONCE = 8
const PEOPLE_AN_ADDRESS = 100

export type Seating = {
  readonly routeFile: string | null
  /** Of everybody but the first, who leads. */
  readonly roleOf?: (memberNo: number) => Extract<Role, 'runner' | 'cyclist' | 'leader'>
  /** `null`: of no group, and a leader. Groups are numbered from 0, and of runners. */
  readonly groupOf?: (memberNo: number) => number | null
}

/** The members of a run join one after the other, so that their numbers are known. */
export async function seatsIn(addresses: readonly string[], shape: Shape, seating: Seating): Promise<Seats> {
  const [address = ''] = addresses
  const seats: string[][] = []
  let next = 0
  const one = async () => {
    for (let runNo = next++; runNo < shape.runs; runNo = next++)
      seats[runNo] = await seatsOfRun(address, runNo, shape.members, seating)
  }
  await Promise.all(Array.from({ length: RUNS_AT_ONCE }, one))
  return seats
}

async function seatsOfRun(
  address: string,
  runNo: number,
  members: number,
  { routeFile, roleOf = () => 'runner', groupOf = () => null }: Seating,
): Promise<string[]> {
  const plan = {
    ...{ createKey: newSecretKey(), title: 'Bench', leaderName: 'Leader', leaderPhone: null, plannedStartMs: null },
    ...{ expectedDurationMs: null, longestDurationMs: null, recordedShiftMs: 0, routeFile },
  }
  const planned = await post<Planned>(address, runNo, '/api/runs', plan)
  const seats = [planned.seat]
  const groups = await groupInvites(address, planned.seat, groupsOf(members, groupOf))
  for (let memberNo = 1; memberNo < members; memberNo++) {
    const person = { name: `Member ${memberNo}`, phone: null, startNumber: null }
    const invite = groups.get(groupOf(memberNo)) ?? planned.invites[roleOf(memberNo)]
    const wanted = { joinKey: newSecretKey(), invite, ...person }
    const household = runNo + Math.floor(memberNo / PEOPLE_AN_ADDRESS)
    seats.push((await post<Joined>(address, household, '/api/join', wanted)).seat)
  }
  return seats
}

const groupsOf = (members: number, groupOf: (memberNo: number) => number | null): number[] => [
  ...new Set(Array.from({ length: members }, (_, memberNo) => groupOf(memberNo)).filter((group) => group !== null)),
]

/** The leader makes groups, with an invite for runners of each, and one for more leaders than the run's own link is for. */
async function groupInvites(
  address: string,
  seat: string,
  groups: readonly number[],
): Promise<ReadonlyMap<number | null, string>> {
  const invites = new Map<number | null, string>()
  if (groups.length === 0) return invites
  const { line, welcome } = await seated(address, seat, {})
  const issue = async (role: Role, groupId: GroupId | null) => {
    const uses = { maxUses: 10_000, expiresAtMs: welcome.nowMs + HOUR_MS }
    const inviteId = newId<InviteId>('inv')
    return (await wish(line, { type: 'issue-invite', inviteId, role, groupId, wardId: null, ...uses })).invite ?? ''
  }
  for (const group of groups) {
    const groupId = newId<GroupId>('grp')
    const name = `Group ${group + 1}`
    await wish(line, { type: 'add-group', groupId, name, colour: '#336699', targetPaceMps: null })
    invites.set(group, await issue('runner', groupId))
  }
  invites.set(null, await issue('leader', null))
  line.close()
  return invites
}

/** Routes are read one after the other: who comes too early is told when to come again. */
async function post<Answer>(address: string, household: number, path: string, body: unknown): Promise<Answer> {
  for (;;) {
    const answer = await fetch(address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.${household >> 8}.${household & 255}` },
      body: JSON.stringify(body),
    })
    const said = (await answer.json()) as Answer & Partial<Refusal>
    if (answer.ok) return said
    if (said.code !== 'retry-later') throw new Error(`${path}: ${JSON.stringify(said)}`)
    await pause(said.retryAfterMs ?? SECOND_MS)
  }
}

export const routeFile = (): string =>
  JSON.stringify({
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'LineString',
      coordinates: route.points.map(({ latitudeDeg, longitudeDeg }) => [longitudeDeg, latitudeDeg]),
    },
  })
