import { expect, onTestFinished, test, vi } from 'vitest'
import { openPhone } from '../../client/net/open-phone.ts'
import type { PhoneOptions } from '../../client/net/phone.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { asSent, fixDecoder } from '../../shared/frame/fix-codec.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { type PlayedServer, playedServer } from '../support/played-server.ts'

const NOW_MS = Date.UTC(2026, 4, 3, 8)
const fix = (i = 0): Fix => ({
  latitudeDeg: 51.1234567 + i / 1e4,
  longitudeDeg: 71.4,
  takenAtMs: NOW_MS + i * 1_000,
  accuracyM: 4.321,
})
const stored = (_event: string, body: { streamId: string; fixes?: { seq: number }[] }) => ({
  ok: true,
  streamId: body.streamId,
  ranges: body.fixes?.map(({ seq }) => [seq, seq]) ?? [],
  aside: {},
})

async function aPhoneAt(server: PlayedServer, options: Partial<PhoneOptions> = {}) {
  vi.useFakeTimers()
  const phone = openPhone({ urls: ['a'], seat: 's', storage: memoryPhoneStorage(), ...options }, server.dial)
  onTestFinished(async () => {
    await phone.close()
    vi.useRealTimers()
  })
  await vi.advanceTimersByTimeAsync(1)
  server.welcome(NOW_MS)
  await vi.advanceTimersByTimeAsync(1)
  return phone
}
const bodiesOf = ({ said }: PlayedServer, of: string) =>
  said.filter(({ event }) => event === of).map(({ body }) => body)
const rawsOf = (server: PlayedServer) => bodiesOf(server, 'raw') as Uint8Array[]

test('[OB17] a fix is told live as it is kept, and kept as it is sent', async () => {
  const server = playedServer()
  const storage = memoryPhoneStorage()
  const phone = await aPhoneAt(server, { storage })
  phone.addFix(fix())
  await vi.advanceTimersByTimeAsync(1)
  const told = fixDecoder().decode(rawsOf(server)[0] as Uint8Array)
  expect(told).toMatchObject({ fixes: [{ seq: 1, ...asSent(fix()) }] })
  const pageKey = (await storage.keys()).find((key) => key.startsWith('fixes/')) ?? ''
  expect(await storage.get(pageKey)).toEqual('fixes' in told && told.fixes)
})

test('[OB17] a phone that reads JSON tells the same fix as JSON', async () => {
  const server = playedServer()
  const phone = await aPhoneAt(server, { frames: 'json' })
  phone.addFix(fix())
  await vi.advanceTimersByTimeAsync(1)
  expect(bodiesOf(server, 'fixes')).toMatchObject([{ fixes: [{ seq: 1, ...asSent(fix()) }] }])
  expect(rawsOf(server)).toEqual([])
})

test('[OB16] after a refusal the fixes are asked about, and the next raw message stands on nothing', async () => {
  const server = playedServer(stored)
  const phone = await aPhoneAt(server)
  for (const i of [0, 1]) {
    phone.addFix(fix(i))
    await vi.advanceTimersByTimeAsync(1_000)
  }
  server.tell('refused', { of: 'fixes', code: 'malformed' })
  await vi.advanceTimersByTimeAsync(1)
  const asked = server.asked.filter(({ event }) => event === 'fixes').map(({ body }) => body)
  expect(asked).toMatchObject([{ fixes: [{ seq: 1 }, { seq: 2 }] }])
  expect(phone.view().waitingFixCount).toBe(0)
  phone.addFix(fix(2))
  await vi.advanceTimersByTimeAsync(1_000)
  const [, , last] = rawsOf(server)
  expect(fixDecoder().decode(last as Uint8Array)).toMatchObject({ fixes: [{ seq: 3 }] })
})

test('[FR9] a key frame is asked for once a second at most', async () => {
  const server = playedServer()
  await aPhoneAt(server)
  for (let i = 0; i < 30; i++) {
    server.tell('raw', Uint8Array.of(i))
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(bodiesOf(server, 'key-frame')).toHaveLength(3)
})

test('[OB12] a quicker rhythm is followed from where it is heard', async () => {
  const server = playedServer()
  const phone = await aPhoneAt(server)
  const rhythm = { fixEveryMs: 15_000, frameEveryMs: 2_000, nextTickAtMs: NOW_MS + 1_000, tickMs: 1_000 }
  server.tell('rhythm', rhythm)
  phone.addFix(fix(0))
  await vi.advanceTimersByTimeAsync(100)
  phone.addFix(fix(1))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(rawsOf(server)).toHaveLength(1)
  server.tell('rhythm', { ...rhythm, fixEveryMs: 2_000 })
  expect(rawsOf(server)).toHaveLength(2)
  expect(phone.view().rhythm).toEqual({ ...rhythm, fixEveryMs: 2_000 })
})

test('[OB18] whether and how often somebody looks is told at each welcome', async () => {
  const server = playedServer()
  const phone = await aPhoneAt(server)
  phone.look(true, 10_000)
  server.hangUp()
  await vi.advanceTimersByTimeAsync(1_000)
  server.welcome(NOW_MS + 1_000)
  const looks = server.asked.filter(({ event }) => event === 'look').map(({ body }) => body)
  expect(looks).toEqual([
    { isLooking: true },
    { isLooking: true, everyMs: 10_000 },
    { isLooking: true, everyMs: 10_000 },
  ])
})
