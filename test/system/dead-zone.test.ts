import { expect, onTestFinished, test, vi } from 'vitest'
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { exportedPoints } from '../../client/simulate/exported.ts'
import { openTunnel, type Tunnel } from '../../client/simulate/tunnel.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { trackRows } from '../support/raw-doors.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, asksForWater, aWorld, startsSharing, type World, wish } from '../support/world.ts'

const fixAt = (phone: Phone, i: number): Fix => ({
  // A field of three metres, each place its own: nobody runs 700 m in a blink.
  latitudeDeg: 51.1 + Math.floor(i / 25) / 1_000_000,
  longitudeDeg: 71.4 + (i % 25) / 1_000_000,
  takenAtMs: phone.nowMs(),
  accuracyM: 5,
})

async function aTunnel(world: World): Promise<Tunnel> {
  const tunnel = await openTunnel(world.url())
  onTestFinished(() => tunnel.close())
  return tunnel
}

const offline = (phone: Phone) => until(() => expect(phone.view().link).not.toBe('online'))
const idOf = (phone: Phone) => {
  const { myId } = phone.view()
  if (!myId) throw new Error('this phone has not been welcomed yet')
  return myId
}

/** Who shares, and whose network has just gone. */
async function aRunnerInADeadZone() {
  const world = await aWorld()
  const planned = await aRun(world)
  const tunnel = await aTunnel(world)
  const storage = memoryPhoneStorage()
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const first = await aPhone(world, seat, { urls: [tunnel.url], storage })
  await startsSharing(first)
  tunnel.setUp(false)
  await offline(first)
  return { world, planned, tunnel, storage, seat, first }
}

test('[G3] fixes of a dead zone are in the track exactly once, and the newest place is shown first', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const tunnel = await aTunnel(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'), { urls: [tunnel.url] })
  await startsSharing(runner)
  runner.addFix(fixAt(runner, 0))
  await runner.allFixesStored()

  tunnel.setUp(false)
  await offline(runner)
  for (let i = 1; i <= 700; i++) runner.addFix(fixAt(runner, i))
  expect(runner.view().waitingFixCount).toBe(700)

  tunnel.setUp(true)
  await until(() => expect(leader.view().places.get(idOf(runner))?.latitudeDeg).toBeCloseTo(51.100028, 5))
  await runner.allFixesStored()
  const points = await exportedPoints(world.url(), planned.seat, idOf(runner))
  expect(points).toHaveLength(701)
  expect(new Set(points.map((point) => point.split('|').slice(1, 3).join())).size).toBe(701)
})

test('[G3] a fix taken after an offline tap on start counts, although the tap arrives later', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const tunnel = await aTunnel(world)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'), { urls: [tunnel.url] })
  tunnel.setUp(false)
  await offline(runner)
  void runner.send({ type: 'start-sharing', sinceMs: runner.nowMs() })
  for (let i = 0; i < 10; i++) runner.addFix(fixAt(runner, i))
  tunnel.setUp(true)
  await runner.allFixesStored()
  expect(await exportedPoints(world.url(), planned.seat, idOf(runner))).toHaveLength(10)
})

test('[G2] a tap made offline is one request, also when the page was closed before it was sent', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  await wish(leader, { type: 'start-run' })
  const tunnel = await aTunnel(world)
  const storage = memoryPhoneStorage()
  const seat = await aSeat(world, planned.invites.runner, 'Aidar')
  const first = await aPhone(world, seat, { urls: [tunnel.url], storage })
  tunnel.setUp(false)
  await offline(first)
  void asksForWater(first)
  await until(async () => expect(await storage.keys()).toContainEqual(expect.stringMatching(/^command\//)))
  await first.close()

  const second = openPhone({ urls: [world.url()], seat, storage })
  onTestFinished(() => second.close())
  await until(() => expect(leader.view().run.requests.size).toBe(1))
  await until(() => expect(second.view().waitingCommands).toEqual([]))
  await until(async () => expect(await storage.keys()).not.toContainEqual(expect.stringMatching(/^command\//)))
})

test('[G3] a reload in a dead zone keeps the fixes and does not use their numbers twice', async () => {
  const { world, planned, storage, seat, first } = await aRunnerInADeadZone()
  for (let i = 0; i < 100; i++) first.addFix(fixAt(first, i))
  await first.close()

  const second = await aPhone(world, seat, { storage })
  for (let i = 100; i < 130; i++) second.addFix(fixAt(second, i))
  await second.allFixesStored()
  expect(await exportedPoints(world.url(), planned.seat, idOf(second))).toHaveLength(130)
})

test('[G4] a phone that was away while much happened ends where one that stayed is', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const tunnel = await aTunnel(world)
  const leader = await aPhone(world, planned.seat)
  const cyclistSeat = await aSeat(world, planned.invites.cyclist, 'Dana')
  const away = await aPhone(world, cyclistSeat, { urls: [tunnel.url] })
  const stayed = await aPhone(world, cyclistSeat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  await wish(leader, { type: 'start-run' })
  tunnel.setUp(false)
  await offline(away)
  for (let i = 0; i < 5; i++) {
    const requestId = await asksForWater(runner)
    await wish(runner, { type: 'cancel-request', requestId })
  }
  await aSeat(world, planned.invites.runner, 'Madina')
  await until(() => expect(stayed.view().run.version).toBe(leader.view().run.version))
  tunnel.setUp(true)
  await until(() => expect(away.view().run).toEqual(stayed.view().run))
  expect(away.view().words).toEqual(stayed.view().words)
})

test('[G1] acknowledged wishes and stored fixes are there after the server was started again', async () => {
  const world = await aWorld()
  const planned = await aRun(world)
  const leader = await aPhone(world, planned.seat)
  const runner = await aPhone(world, await aSeat(world, planned.invites.runner, 'Aidar'))
  await wish(leader, { type: 'start-run' })
  await startsSharing(runner)
  const requestId = await asksForWater(runner)
  runner.addFix(fixAt(runner, 1))
  await runner.allFixesStored()
  await until(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
  const before = leader.view().run
  await world.restart()
  await until(() => expect(leader.view().link).toBe('online'))
  expect(leader.view().run.requests.get(requestId)).toEqual(before.requests.get(requestId))
  const late = await aPhone(world, planned.seat)
  expect(late.view().run).toEqual(before)
  await until(() => expect(late.view().places.get(idOf(runner))).toMatchObject({ latitudeDeg: 51.1 }))
})

test('[OB10] fixes of a reload in a dead zone, with a clock an hour ahead, are in the track with the times they had', async () => {
  const { world, tunnel, storage, seat, first } = await aRunnerInADeadZone()
  await first.close()

  const rightNow = Date.now
  const wrong = vi.spyOn(Date, 'now').mockImplementation(() => rightNow() + HOUR_MS)
  const again = openPhone({ urls: [tunnel.url], seat, storage })
  onTestFinished(() => again.close())
  await until(() => expect(again.view().link).toBe('offline'))
  for (let i = 0; i < 70; i++) again.addFix(fixAt(again, i))
  wrong.mockRestore()
  tunnel.setUp(true)
  await until(() => expect(again.view().waitingFixCount).toBe(0))
  const rows = await trackRows(world, seat)
  expect(rows).toHaveLength(70)
  for (const { time } of rows) expect(Math.abs(Date.parse(time as string) - Date.now())).toBeLessThan(MINUTE_MS)
})
