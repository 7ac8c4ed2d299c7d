import { expect, onTestFinished, test } from 'vitest'
import type { Dial, WireSocket } from '../../client/net/connection.ts'
import { isOver, viewKeeper } from '../../client/net/kept-view.ts'
import { openPhone } from '../../client/net/open-phone.ts'
import { memoryPhoneStorage, type PhoneStorage } from '../../client/net/phone-storage.ts'
import { frameBytes } from '../../client/net/traffic.ts'
import type { MemberId } from '../../shared/units.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, asksForWater, aWorld, startsSharing, wish } from '../support/world.ts'

/** Nobody answers. */
const deadZone: Dial = () =>
  ({
    connected: false,
    on: () => undefined,
    emit: () => undefined,
    removeAllListeners: () => undefined,
    close: () => undefined,
  }) as unknown as WireSocket

function openedOffline(seat: string, storage: PhoneStorage) {
  const phone = openPhone({ urls: ['http://nowhere.invalid'], seat, storage, keepsView: true }, deadZone)
  onTestFinished(() => phone.close())
  return phone
}

async function aKnownRun() {
  const world = await aWorld()
  const planned = await aRun(world)
  const storage = memoryPhoneStorage()
  const runnerSeat = await aSeat(world, planned.invites.runner, 'Aidar')
  const leader = await aPhone(world, planned.seat, { storage, keepsView: true })
  await wish(leader, { type: 'start-run' })
  const runner = await aPhone(world, runnerSeat)
  await startsSharing(runner)
  runner.addFix({ latitudeDeg: 51.128, longitudeDeg: 71.4304, accuracyM: 5, takenAtMs: runner.nowMs() })
  const requestId = await asksForWater(runner)
  const runnerId = runner.view().myId as MemberId
  await until(() => expect(leader.view().places.has(runnerId)).toBe(true))
  await until(() => expect(leader.view().run.requests.has(requestId)).toBe(true))
  return { world, planned, storage, leader, runner, runnerId, requestId }
}

test('[PW1] a phone that is opened without network shows the run as it was, each place with its age, and says that nothing is caught up', async () => {
  const { planned, storage, leader, runnerId, requestId } = await aKnownRun()
  const before = leader.view()
  await leader.close()
  const phone = openedOffline(planned.seat, storage)
  await phone.whenRead()
  const { run, words, places, myId, isCaughtUp, link } = phone.view()
  expect({ run, myId, isCaughtUp, link }).toEqual({
    run: before.run,
    myId: before.myId,
    isCaughtUp: false,
    link: 'connecting',
  })
  expect(places.get(runnerId)).toEqual(before.places.get(runnerId))
  expect(words.get(`name:${runnerId}`)?.text).toBe('Aidar')
  expect(run.requests.get(requestId)).toMatchObject({ status: 'open', kind: 'water' })
  expect(Math.abs(phone.nowMs() - leader.nowMs())).toBeLessThan(1_000)
})

test.each(['traffic', 'told', 'journal/000001'])(
  '[PW1] what is kept is shown although some of it cannot be read: %s',
  async (unreadable) => {
    const { planned, storage, leader } = await aKnownRun()
    const { version } = leader.view().run
    await leader.close()
    const get = (key: string) => (key === unreadable ? Promise.reject(new Error('no such page')) : storage.get(key))
    const phone = openedOffline(planned.seat, { ...storage, get })
    await phone.whenRead()
    expect(phone.view().run.version).toBe(version)
  },
)

test('[PW9] what is kept of a run goes at its retention, also on a phone without network, and with a run that was forgotten', async () => {
  const { storage, leader } = await aKnownRun()
  const { latestEndMs, retentionMs } = leader.view().run.head
  await leader.close()
  const knownAt = async (nowMs: number) => {
    const keeper = viewKeeper(storage)
    await keeper.load()
    return keeper.known(nowMs)
  }
  expect(await knownAt(latestEndMs + retentionMs - 1)).toBeDefined()
  expect(await knownAt(latestEndMs + retentionMs)).toBeUndefined()
  expect(await storage.keys()).toEqual([])
})

test('[PW9] a phone whose page of the run is not opened any more can tell that its retention is over, by the clock of the server', async () => {
  const { storage, leader } = await aKnownRun()
  const { latestEndMs, retentionMs } = leader.view().run.head
  const deviceMs = latestEndMs + retentionMs + leader.nowMs() - Date.now()
  await leader.close()
  await storage.set('told', { ...((await storage.get('told')) as object), offsetMs: 3_600_000 })
  expect(await isOver(storage, deviceMs - 3_601_000)).toBe(false)
  expect(await isOver(storage, deviceMs - 3_590_000)).toBe(true)
  expect(await isOver(memoryPhoneStorage(), deviceMs)).toBe(false)
})

test('[PW9] who was removed keeps no picture of the others', async () => {
  const { world, planned, leader } = await aKnownRun()
  const storage = memoryPhoneStorage()
  const seat = await aSeat(world, planned.invites.cyclist, 'Dana')
  const dana = await aPhone(world, seat, { storage, keepsView: true })
  await until(async () => expect(await storage.keys()).toContain('view'))
  const memberId = dana.view().myId as MemberId
  await until(() => expect(leader.view().run.members.has(memberId)).toBe(true))
  await wish(leader, { type: 'remove-member', memberId })
  await until(() => expect(dana.view().link).toBe('gone'))
  await dana.close()
  expect(await storage.keys()).not.toContain('view')
  expect(await isOver(storage, dana.nowMs() + 30 * 86_400_000)).toBe(true) // what is left goes with the run
})

test('[PW9] nothing is written any more once a phone is told to forget', async () => {
  const storage = memoryPhoneStorage()
  const { leader } = await aKnownRun()
  const keeper = viewKeeper(storage)
  keeper.see(leader.view())
  keeper.close()
  keeper.see(leader.view())
  keeper.write()
  expect(await storage.keys()).toEqual([])
})

test('[PW10] bytes are counted as they go over the wire, and over a reload', async () => {
  expect([frameBytes('abc', false), frameBytes('Айдар', true), frameBytes(new Uint8Array(200), false)]).toEqual([
    6, 17, 204,
  ])
  expect([
    frameBytes('😀', false),
    frameBytes('ש', false),
    frameBytes('€', false),
    frameBytes(undefined, false),
  ]).toEqual([7, 5, 6, 3])
  const { planned, storage, leader } = await aKnownRun()
  const { sentBytes, receivedBytes, sinceMs } = leader.traffic()
  expect(sentBytes).toBeGreaterThan(200)
  expect(receivedBytes).toBeGreaterThan(2_000)
  expect(sinceMs).toBeLessThanOrEqual(leader.nowMs())
  await leader.close()
  await storage.set('traffic', leader.traffic())
  const phone = openedOffline(planned.seat, storage)
  await until(() => expect(phone.traffic().receivedBytes).toBeGreaterThanOrEqual(receivedBytes))
})
