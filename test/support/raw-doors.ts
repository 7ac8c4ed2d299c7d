/** The doors without the SDK: what a stranger's program can send, and whether it did any harm. */
import { parse } from 'csv-parse/sync'
import { io, type Socket } from 'socket.io-client'
import { expect, onTestFinished } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { Planned } from '../../shared/protocol/http.ts'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { RequestId } from '../../shared/units.ts'
import { until } from './until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, type World, wish } from './world.ts'

const ANSWER_MS = 5_000

export type Said = { readonly ok: boolean } & Partial<Omit<Refusal, 'ok'>> & Readonly<Record<string, unknown>>

export type RawOptions = {
  readonly auth?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly transports?: readonly ('websocket' | 'polling')[]
}

/** Not yet connected; `auth` replaces the right greeting. */
export function dial(
  world: World,
  seat: string,
  { auth, headers, transports = ['websocket'] }: RawOptions = {},
): Socket {
  const greeting = { seat, wire: WIRE_VERSION, outbox: OUTBOX_VERSION, frames: 'json' }
  const socket = io(world.url(), {
    auth: (auth ?? greeting) as Record<string, unknown>,
    transports: [...transports],
    reconnection: false,
    forceNew: true,
    ...(headers && { extraHeaders: { ...headers } }),
  })
  onTestFinished(() => void socket.close())
  return socket
}

export async function aSocket(world: World, seat: string, options: RawOptions = {}): Promise<Socket> {
  const socket = dial(world, seat, options)
  await new Promise<void>((resolve, reject) => {
    socket.on('welcome', () => resolve())
    socket.on('connect_error', reject)
  })
  return socket
}

/** The refusal a greeting is met with. */
export function turnedAway(world: World, seat: string, options: RawOptions = {}): Promise<Said> {
  const socket = dial(world, seat, options)
  return new Promise((resolve, reject) => {
    socket.on('connect', () => reject(new Error('let in')))
    socket.on('connect_error', (error: Error & { data?: Said }) => resolve(error.data ?? { ok: false }))
  })
}

export const ask = (socket: Socket, event: string, ...args: unknown[]): Promise<Said> =>
  socket.timeout(ANSWER_MS).emitWithAck(event, ...args)

/** An event whose body is text already: past the client, whose own search for bytes is recursive. */
export function askInText(socket: Socket, id: number, event: string, json: string): Promise<Said> {
  const { engine } = socket.io
  return new Promise((resolve) => {
    engine.on('data', function listen(packet) {
      if (!String(packet).startsWith(`3${id}[`)) return
      engine.off('data', listen)
      resolve(JSON.parse(String(packet).slice(`3${id}`.length))[0] as Said)
    })
    engine.write(`2${id}["${event}",${json}]`)
  })
}

export async function http(
  world: World,
  method: string,
  path: string,
  { seat, body, type = 'application/json' }: { seat?: string; body?: unknown; type?: string } = {},
): Promise<{ status: number; said: Said; text: string; headers: Headers }> {
  const response = await fetch(world.url() + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': type }), ...(seat && { authorization: `Bearer ${seat}` }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    said: (text.startsWith('{') ? JSON.parse(text) : {}) as Said,
    text,
    headers: response.headers,
  }
}

/** The exported track, a row a fix. */
export async function trackRows(world: World, seat: string, query = ''): Promise<Record<string, string>[]> {
  const { status, text } = await http(world, 'GET', `/api/track.csv${query}`, { seat })
  expect(status).toBe(200)
  return parse(text, { columns: true })
}

export type Scene = {
  readonly world: World
  readonly planned: Planned
  /** A well-behaved leader and runner, over the SDK. */
  readonly leader: Phone
  readonly runner: Phone
  /** A runner's good seat in bad hands, and a socket on it. */
  readonly badSeat: string
  readonly bad: Socket
  /** The journal's newest version. */
  version(): Promise<number>
  /** What was written until now is wanted. */
  settle(): Promise<void>
  /** Nothing was written since, no fault was raised, and a good member gets through. */
  unharmed(): Promise<void>
}

/** A live run with somebody in it who means no good. */
export async function aScene(): Promise<Scene> {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  const badSeat = await aSeat(world, planned.invites.runner, 'Mallory')
  const bad = await aSocket(world, badSeat)
  await wish(leader, { type: 'start-run' })
  await startsSharing(runner)
  const clerk = await aSocket(world, planned.seat)
  // A chain that is not the journal's is answered with a snapshot, whatever the version.
  const version = async () => (await ask(clerk, 'catch-up', { fromVersion: 0, mac: 'x', page: 0 })).version as number
  let wanted = await version()
  const settle = async () => {
    wanted = await version()
  }
  return {
    world,
    planned,
    leader,
    runner,
    badSeat,
    bad,
    version,
    settle,
    async unharmed() {
      expect(await version()).toBe(wanted)
      expect(world.faults).toEqual([])
      const requestId = newId<RequestId>('req')
      await wish(runner, { type: 'raise-request', requestId, kind: 'water', quantity: 1, note: null })
      await until(() => expect(leader.view().run.requests.get(requestId)).toMatchObject({ status: 'open' }))
      await wish(runner, { type: 'cancel-request', requestId })
      await settle()
    },
  }
}
