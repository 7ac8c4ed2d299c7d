/** Runs and their members, planned and joined over HTTP as people do, from an address a run. */
import { setTimeout as pause } from 'node:timers/promises'
import { newSecretKey } from '../../../client/net/new-id.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { Joined, Planned } from '../../../shared/protocol/http.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { Seats } from './serik-phone.ts'
import type { Shape } from './system.ts'
import { route } from './walkers.ts'

const RUNS_AT_ONCE = 8

/** The members of a run join one after the other, so that their numbers are known. */
export async function seatsIn(addresses: readonly string[], shape: Shape, routeFile: string | null): Promise<Seats> {
  const [address = ''] = addresses
  const seats: string[][] = []
  let next = 0
  const one = async () => {
    for (let runNo = next++; runNo < shape.runs; runNo = next++)
      seats[runNo] = await seatsOfRun(address, runNo, shape.members, routeFile)
  }
  await Promise.all(Array.from({ length: RUNS_AT_ONCE }, one))
  return seats
}

async function seatsOfRun(
  address: string,
  runNo: number,
  members: number,
  routeFile: string | null,
): Promise<string[]> {
  const plan = {
    ...{ createKey: newSecretKey(), title: 'Bench', leaderName: 'Leader', leaderPhone: null, plannedStartMs: null },
    ...{ expectedDurationMs: null, longestDurationMs: null, recordedShiftMs: 0, routeFile },
  }
  const planned = await post<Planned>(address, runNo, '/api/runs', plan)
  const seats = [planned.seat]
  while (seats.length < members) {
    const person = { name: `Runner ${seats.length}`, phone: null, startNumber: null }
    const wish = { joinKey: newSecretKey(), invite: planned.invites.runner, ...person }
    seats.push((await post<Joined>(address, runNo, '/api/join', wish)).seat)
  }
  return seats
}

/** Routes are read one after the other: who comes too early is told when to come again. */
async function post<Answer>(address: string, runNo: number, path: string, body: unknown): Promise<Answer> {
  for (;;) {
    const answer = await fetch(address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.${runNo >> 8}.${runNo & 255}` },
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
