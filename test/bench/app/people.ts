/** A run over HTTP, and lean phones that move in it. */
import { newSecretKey } from '../../../client/net/new-id.ts'
import type { Joined, Planned } from '../../../shared/protocol/http.ts'
import { sendFixes } from '../fanout/senders.ts'
import { type Joining, seatedJoin } from '../fanout/serik-join.ts'
import { seated, wish } from '../fanout/serik-phone.ts'
import { routeFile, type Seating, seatsIn } from '../fanout/serik-seats.ts'

const JOINING_AT_ONCE = 40

async function post<Answer>(url: string, path: string, body: unknown): Promise<Answer> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}

export const planned = (url: string): Promise<Planned> =>
  post(url, '/api/runs', {
    ...{ createKey: newSecretKey(), title: 'Sunday', leaderName: 'Lena', leaderPhone: null, plannedStartMs: null },
    ...{ expectedDurationMs: null, longestDurationMs: null, recordedShiftMs: 0, routeFile: routeFile() },
  })

export const joined = (url: string, invite: string, name: string): Promise<Joined> =>
  post(url, '/api/join', { joinKey: newSecretKey(), invite, name, phone: null, startNumber: null })

/** Their leader lets the run begin. */
export async function begins(url: string, leaderSeat: string): Promise<void> {
  const { line, welcome } = await seated(url, leaderSeat, {})
  await wish(line, { type: 'start-sharing', sinceMs: welcome.nowMs })
  await wish(line, { type: 'start-run' })
  line.close()
}

export async function shares(url: string, seat: string): Promise<void> {
  const { line, welcome } = await seated(url, seat, {})
  await wish(line, { type: 'start-sharing', sinceMs: welcome.nowMs })
  line.close()
}

/** A run of so many, all of them moving but the one at `idle`, whose seat is left for a page. Returns what stops them. */
export async function crowd(
  url: string,
  members: number,
  seating: Omit<Seating, 'routeFile'>,
  idle: number,
  joining: Joining = {},
): Promise<{ seat: string; stop: () => void }> {
  const seats = await seatsIn([url], { runs: 1, members }, { routeFile: routeFile(), ...seating })
  const join = seatedJoin([url], seats, { isForTheTick: true, ...joining })
  const lines: Awaited<ReturnType<typeof join>>[] = [await join(0, 0, () => undefined)]
  const others = Array.from({ length: members - 1 }, (_, index) => index + 1).filter((no) => no !== idle)
  const next = others.values()
  await Promise.all(
    Array.from({ length: JOINING_AT_ONCE }, async () => {
      for (const no of next) lines.push(await join(0, no, () => undefined))
    }),
  )
  const stopFixes = sendFixes('1', lines, () => undefined)
  return {
    seat: seats[0]?.[idle] ?? '',
    stop() {
      stopFixes()
      for (const line of lines) line.close()
    },
  }
}
