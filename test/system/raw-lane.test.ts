import { io, type Socket } from 'socket.io-client'
import * as socketIoParser from 'socket.io-parser'
import { expect, onTestFinished, test } from 'vitest'
import { fixEncoder } from '../../shared/frame/fix-codec.ts'
import { type FrameReader, frameReader } from '../../shared/frame/frame-reader.ts'
import { rawParser } from '../../shared/protocol/raw-parser.ts'
import { OUTBOX_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import type { Refused, Welcome } from '../../shared/protocol/wire.ts'
import { ask } from '../support/raw-doors.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, type World, wish } from '../support/world.ts'

type Raw = { readonly socket: Socket; readonly welcome: Welcome; readonly heard: Uint8Array[] }

async function aRawSocket(world: World, seat: string, transports: ('websocket' | 'polling')[]): Promise<Raw> {
  const auth = { seat, wire: WIRE_VERSION, outbox: OUTBOX_VERSION, frames: 'binary' }
  const socket = io(world.url(), {
    auth,
    transports,
    reconnection: false,
    forceNew: true,
    parser: rawParser(socketIoParser),
  })
  onTestFinished(() => void socket.close())
  const heard: Uint8Array[] = []
  socket.on('raw', (bytes: Uint8Array) => heard.push(bytes))
  const welcome = await new Promise<Welcome>((resolve, reject) => {
    socket.on('welcome', resolve)
    socket.on('connect_error', reject)
  })
  return { socket, welcome, heard }
}

const fixesAt = (takenAtMs: number, seq = 1) => ({
  streamId: 'rawrawraw',
  fixes: [{ seq, latitudeDeg: 51.1, longitudeDeg: 71.4, takenAtMs }],
})

/** The numbers of all who were told. */
function toldIn(heard: readonly Uint8Array[], reader: FrameReader = frameReader()): number[] {
  return heard.flatMap((bytes) => {
    const frame = reader.read(bytes)
    return typeof frame === 'string' ? [] : frame.places.map(({ memberNo }) => memberNo)
  })
}

async function aRunnerWhoShares(world: World) {
  const planned = await aRun(world)
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const phone = await aPhone(world, seat)
  await startsSharing(phone)
  return { planned, seat, phone, memberNo: 2 }
}

test.for([
  ['a websocket', ['websocket']],
  ['polling', ['polling']],
  ['polling that becomes a websocket', ['polling', 'websocket']],
] as const)('[LN8] fixes go up raw and frames come down raw over %s', async ([, transports]) => {
  const world = await aWorld()
  const { planned, seat, phone, memberNo } = await aRunnerWhoShares(world)
  const { socket, welcome, heard } = await aRawSocket(world, seat, [...transports])
  if (transports.length === 2) await until(() => expect(socket.io.engine.transport.name).toBe('websocket'))
  socket.emit('raw', fixEncoder().encode(fixesAt(welcome.nowMs)))
  await until(() => expect(toldIn(heard)).toContain(memberNo))
  const leader = await aPhone(world, planned.seat)
  const placeOf = () => leader.view().places.get(welcome.memberId)
  await until(() => expect(Math.abs((placeOf()?.takenAtMs ?? 0) - welcome.nowMs)).toBeLessThanOrEqual(100))
  expect(phone.view().link).toBe('online')
})

test('[LN9] a raw message that cannot be read is refused with its field, and a good one after it is taken', async () => {
  const world = await aWorld()
  const { seat } = await aRunnerWhoShares(world)
  const { socket, welcome, heard } = await aRawSocket(world, seat, ['websocket'])
  const refused: Refused[] = []
  socket.on('refused', (why: Refused) => refused.push(why))
  for (const bytes of [[99], [], [1, 2, 3]]) socket.emit('raw', new Uint8Array(bytes))
  await until(() => expect(refused).toHaveLength(3))
  for (const why of refused) expect(why).toMatchObject({ of: 'fixes', code: 'malformed', field: expect.any(String) })
  socket.emit('raw', fixEncoder().encode(fixesAt(welcome.nowMs)))
  await until(() => expect(toldIn(heard)).toEqual([2]))
  expect(await ask(socket, 'look', { isLooking: true })).toEqual({ ok: true })
})

test('[LN9] more raw messages than anybody sends are refused, and told when to come back', async () => {
  const world = await aWorld()
  const { seat } = await aRunnerWhoShares(world)
  const { socket, welcome } = await aRawSocket(world, seat, ['websocket'])
  const refused: Refused[] = []
  socket.on('refused', (why: Refused) => refused.push(why))
  const encoder = fixEncoder()
  for (let seq = 1; seq <= 210; seq++) socket.emit('raw', encoder.encode(fixesAt(welcome.nowMs + seq, seq)))
  await until(() => expect(refused).toHaveLength(10))
  expect(refused[0]).toMatchObject({ of: 'fixes', code: 'too-many', retryAfterMs: expect.any(Number) })
})

test('[LN10] who asks and does not read is let go before much waits, and nobody else notices', async () => {
  const world = await aWorld()
  const { planned, seat, phone } = await aRunnerWhoShares(world)
  const leader = await aPhone(world, planned.seat)
  const text = 'x'.repeat(280)
  for (let i = 0; i < 60; i++)
    await wish(leader, {
      type: 'send-message',
      messageId: `msg_${String(i).padStart(20, '0')}` as never,
      groupId: null,
      text,
    })
  phone.close()
  const { socket } = await aRawSocket(world, seat, ['websocket'])
  await until(() => expect(leader.view().counts?.connected).toBe(2))
  const websocket = (socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void } } }).ws
  websocket._socket.pause()
  const before = process.memoryUsage().rss
  let asked = 0
  const asking = setInterval(() => {
    for (let i = 0; i < 20; i++) socket.emit('catch-up', { fromVersion: 0, mac: '', page: 0 }, () => undefined)
    asked += 20
  }, 20)
  onTestFinished(() => clearInterval(asking))
  // Its answers fill what the system holds for a connection first; then the server's own share, and that is all.
  await until(() => expect(leader.view().counts?.connected).toBe(1))
  expect(process.memoryUsage().rss - before).toBeLessThan(300e6)
  expect(asked).toBeGreaterThan(0)
  expect(leader.view().link).toBe('online')
}, 60_000)
