import { expect, test } from 'vitest'
import { askTracker, trackerHeard } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import type { CommandId, MemberId, TrackerId } from '../../shared/units.ts'
import { someNodes } from '../support/nodes.ts'
import { recordedStore } from '../support/older-store.ts'
import { http, trackRows } from '../support/raw-doors.ts'
import { aTracker, here } from '../support/tracker-app.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, aWorld, startsSharing, type World, wish } from '../support/world.ts'

const KNOTS_PER_MPS = 3600 / 1852

test('[TR1] the three forms of Traccar Client end as the same fix in the track, and move the dot', async () => {
  const world = await aWorld()
  const { planned, seat, phone, post } = await aTracker(world)
  const leader = await aPhone(world, planned.seat)
  await startsSharing(phone)
  const takenAtMs = phone.nowMs() + 1_000
  const pairs = (atMs: number, latitude: number) =>
    new URLSearchParams({
      id: '4824',
      lat: String(latitude),
      lon: '71.4304',
      timestamp: String(atMs),
      speed: String(2.8 * KNOTS_PER_MPS),
      bearing: '180',
      altitude: '350',
      accuracy: '8',
      batt: '85',
    })
  const location = {
    timestamp: new Date(takenAtMs + 1_000).toISOString(),
    coords: { latitude: 51.1281, longitude: 71.4304, accuracy: 8, speed: 2.8, heading: 180, altitude: 350 },
    battery: { level: 0.85, is_charging: false },
  }
  expect(await post('', 'text/plain', `?${pairs(takenAtMs, 51.128)}`)).toBe(200)
  expect(await post(JSON.stringify({ location, device_id: '4824' }), 'application/json')).toBe(200)
  expect(await post(String(pairs(takenAtMs + 2_000, 51.1282)), 'application/x-www-form-urlencoded')).toBe(200)

  const rows = await trackRows(world, seat)
  const same = {
    longitude: '71.4304',
    accuracyM: '8',
    altitudeM: '350',
    headingDeg: '180',
    battery: '0.85',
    flag: 'believed',
  }
  expect(rows).toMatchObject(
    [51.128, 51.1281, 51.1282].map((latitude, i) => ({
      ...same,
      latitude: String(latitude),
      time: new Date(takenAtMs + i * 1_000).toISOString(),
    })),
  )
  for (const { speedMps } of rows) expect(Number(speedMps)).toBeCloseTo(2.8)
  const memberId = phone.view().myId
  await until(() => expect(leader.view().places.get(memberId as never)).toMatchObject({ latitudeDeg: 51.1282 }))
})

test('[FX9] a clock that is ahead makes no place younger, and the track and consent go by it all the same', async () => {
  const world = await aWorld()
  const { planned, seat, phone, form } = await aTracker(world)
  await startsSharing(phone)
  const memberId = phone.view().myId as MemberId
  const shownAtMs = async (latitudeDeg: number, lookedBy: Phone) => {
    await until(() => expect(lookedBy.view().places.get(memberId)).toMatchObject({ latitudeDeg }))
    return lookedBy.view().places.get(memberId)?.takenAtMs ?? Number.NaN
  }
  const aheadMs = 90_000
  const firstMs = phone.nowMs()
  expect(await form(here(phone, { timestamp: firstMs + aheadMs }))).toBe(200)
  expect(Math.abs((await shownAtMs(51.128, phone)) - firstMs)).toBeLessThan(2_000)
  expect((await trackRows(world, seat)).map(({ time }) => time)).toEqual([new Date(firstMs + aheadMs).toISOString()])

  // Their own phone, whose clock is right, is not kept waiting until the wrong time has come.
  phone.addFix({ latitudeDeg: 51.12805, longitudeDeg: 71.4304, takenAtMs: phone.nowMs() + 50 })
  await shownAtMs(51.12805, phone)

  await world.restart()
  const leader = await aPhone(world, planned.seat)
  expect(await form(here(leader, { timestamp: leader.nowMs() + aheadMs, lat: 51.1281 }))).toBe(200)
  expect(await shownAtMs(51.1281, leader)).toBeLessThanOrEqual(leader.nowMs() + 100)
})

test('[TR2] a point counts only while its owner shares, and is answered with success all the same', async () => {
  const world = await aWorld()
  const { seat, phone, form, heard } = await aTracker(world)
  expect(await form(here(phone))).toBe(200)
  await startsSharing(phone)
  const fromMs = phone.nowMs()
  expect(await form(here(phone, { timestamp: fromMs - 600_000 }))).toBe(200)
  expect(await form(here(phone, { timestamp: fromMs, lat: 51.1281 }))).toBe(200)
  await wish(phone, { type: 'stop-sharing', untilMs: phone.nowMs() })
  expect(await form(here(phone, { timestamp: phone.nowMs() + 60_000 }))).toBe(200)
  expect((await trackRows(world, seat)).map(({ latitude }) => latitude)).toEqual(['51.1281'])
  expect(await heard()).toMatchObject({
    acceptedCount: 1,
    asideCount: 3,
    lastTrouble: 'not-shared',
  })
})

test('[TR3] a bad point is answered with success and counted, whatever is bad about it', async () => {
  const world = await aWorld()
  const { seat, phone, post, form, heard } = await aTracker(world)
  await startsSharing(phone)
  const bad: (() => Promise<number>)[] = [
    () => post('{"location":', 'application/json'),
    () => post('[]', 'application/json'),
    () => post('nonsense', 'text/plain'),
    () => post('<gpx/>', 'application/xml'),
    () => post('\u0000\u0001', 'application/octet-stream'),
    () => post(JSON.stringify({ location: { coords: { latitude: null, longitude: 71 } } }), 'application/json'),
    () => form(here(phone, { lat: 91 })),
    () => form(here(phone, { lat: 'NaN' })),
    () => form(here(phone, { lon: '1e400' })),
    () => form(here(phone, { timestamp: 'yesterday' })),
    () => form(here(phone, { lat: 0, lon: 0 })),
    () => form(here(phone, { timestamp: phone.nowMs() + 86_400_000 })),
    () => form(here(phone, { timestamp: 978_307_200 })), // 2001
  ]
  for (const send of bad) expect(await send()).toBe(200)
  expect(await trackRows(world, seat)).toEqual([])
  expect(await heard()).toMatchObject({ acceptedCount: 0, asideCount: bad.length })
})

test('[TR4] only a token that was never given out is answered with 404', async () => {
  const world = await aWorld()
  const { planned, seat, phone, token, serverUrl, form } = await aTracker(world)
  for (const never of ['x', `${token}x`, token.slice(1), seat, planned.invites.runner, '%E0%A4%A', `${token}/more`]) {
    const { status } = await http(world, 'POST', `/t/${never}?lat=51&lon=71`)
    expect([never, status]).toEqual([never, never === '%E0%A4%A' ? 400 : 404])
  }
  const trackerId = token.split('.')[1] as TrackerId
  await wish(phone, { type: 'detach-tracker', trackerId })
  expect(serverUrl).toBe(`${world.url()}/t/${token}`)
  expect(await form(here(phone))).toBe(200)
  await startsSharing(phone)
  expect(await form(here(phone))).toBe(200)
  expect(await trackRows(world, seat)).toEqual([])
})

test('[TR5] SOS calls for help once, though it comes with several points and without any', async () => {
  const world = await aWorld()
  const { phone, form } = await aTracker(world)
  await startsSharing(phone)
  const points = [1, 2, 3].map((i) => here(phone, { alarm: 'sos', lat: 51.128 + i / 10_000 }))
  expect(await Promise.all([{ alarm: 'sos' }, ...points].map(form))).toEqual([200, 200, 200, 200])
  expect(await form(here(phone, { alarm: 'sos' }))).toBe(200)
  await until(() => expect(phone.view().run.requests.size).toBe(1))
  const [request] = phone.view().run.requests.values()
  expect(request).toMatchObject({ kind: 'help', status: 'open', runnerId: phone.view().myId })
  const version = await wish(phone, { type: 'pause', reason: 'rest' })
  await until(() => expect(phone.view().run.version).toBe(version))
  expect(phone.view().run.requests.size).toBe(1)
})

test('[TR5] SOS pressed after a call was taken back is a new call for help', async () => {
  const world = await aWorld()
  const { phone, form } = await aTracker(world)
  await startsSharing(phone)
  expect(await form({ alarm: 'sos' })).toBe(200)
  await until(() => expect(phone.view().run.requests.size).toBe(1))
  const [request] = phone.view().run.requests.values()
  if (!request) throw new Error('no call')
  await wish(phone, { type: 'cancel-request', requestId: request.requestId })
  expect(await form({ alarm: 'sos' })).toBe(200)
  await until(() => expect(phone.view().run.requests.size).toBe(2))
})

test('[TR6] a point sent again is stored once, also at the same time and after a restart', async () => {
  const world = await aWorld()
  const { seat, phone, form } = await aTracker(world)
  await startsSharing(phone)
  const [first, second] = [
    here(phone, { timestamp: phone.nowMs() + 1_000 }),
    here(phone, { timestamp: phone.nowMs() + 5_000 }),
  ]
  await Promise.all([form(second), form(first), form(first), form(second)])
  await world.restart()
  expect(await form(first)).toBe(200)
  expect((await trackRows(world, seat)).map(({ time }) => Date.parse(time ?? ''))).toEqual([
    first.timestamp,
    second.timestamp,
  ])
})

test('[TR7] a body too large to read is answered with success for a known token, and 404 for another', async () => {
  const world = await aWorld()
  const { serverUrl, post } = await aTracker(world)
  const large = 'a'.repeat(3_000_000)
  expect(await post(large, 'application/json')).toBe(200)
  expect(await post(large, 'application/x-www-form-urlencoded; charset=klingon')).toBe(200)
  expect((await fetch(`${serverUrl}x`, { method: 'POST', body: large })).status).toBe(404)
})

test('[TR8] its owner sees when the app was heard and what was wrong, and nobody else does', async () => {
  const world = await aWorld()
  const { planned, seat, phone, token, form, heard } = await aTracker(world)
  expect(await heard()).toEqual({
    ok: true,
    heardAtMs: null,
    acceptedCount: 0,
    asideCount: 0,
    lostCount: 0,
    lastTrouble: null,
  })
  await startsSharing(phone)
  const beforeMs = phone.nowMs()
  await form(here(phone, { timestamp: beforeMs + 1_000 }))
  const first = await heard()
  expect(first).toMatchObject({ acceptedCount: 1, asideCount: 0, lostCount: 0, lastTrouble: null })
  expect(first?.heardAtMs).toBeGreaterThanOrEqual(beforeMs - 100)
  await form({ lat: 'x', lon: 71 })
  expect(await heard()).toMatchObject({
    acceptedCount: 1,
    asideCount: 1,
    lastTrouble: 'unreadable',
  })
  for (const other of [planned.seat, await aSeat(world, planned.invites.runner, 'Bota')])
    expect(await trackerHeard(world.url(), other, token)).toMatchObject({ code: 'no-such-thing' })
  expect(await trackerHeard(world.url(), seat, 'x')).toMatchObject({ code: 'no-such-thing' })
})

test('[TR9] an address lasts over runs: the old token, given again, reports to the new run too', async () => {
  const world = await aWorld()
  const { token, serverUrl, form } = await aTracker(world)
  const next = await aRun(world)
  const seat = await aSeat(world, next.invites.cyclist, 'Aidar')
  const again = await askTracker(world.url(), seat, newId<CommandId>('cmd'), token)
  expect(again).toMatchObject({ ok: true, trackerToken: token, serverUrl })
  const phone = await aPhone(world, seat)
  await startsSharing(phone)
  await form(here(phone, { timestamp: phone.nowMs() + 1_000 }))
  expect(await trackRows(world, seat)).toHaveLength(1)
  const watcher = await aSeat(world, next.invites.watcher, 'Mum')
  expect(await askTracker(world.url(), watcher, newId<CommandId>('cmd'), null)).toMatchObject({
    code: 'not-for-your-role',
  })
  expect(await askTracker(world.url(), seat, newId<CommandId>('cmd'), 'x')).toMatchObject({ field: 'trackerToken' })
})

test('[RC8] what an app had sent and the store has lost is counted, and its owner is told', async () => {
  const nodes = await someNodes(1)
  const first = recordedStore()
  nodes.use(first.store)
  const world = nodes.worlds[0] as World
  await world.restart()
  const { phone, post, heard } = await aTracker(world)
  await startsSharing(phone)
  const point = (i: number) => post('', 'text/plain', `?id=4824&lat=51.1${i}&lon=71.4&timestamp=${phone.nowMs() + i}`)
  for (const i of [1, 2]) expect(await point(i)).toBe(200)
  const mark = first.mark()
  for (const i of [3, 4, 5]) expect(await point(i)).toBe(200)
  nodes.use((await first.copyAt(mark)).store)
  await until(async () => expect(await heard()).toMatchObject({ acceptedCount: 5, lostCount: 3 }))
  expect((await heard())?.lastTrouble).toBe('lost')
  expect(world.faults.splice(0)).toHaveLength(1)
})
