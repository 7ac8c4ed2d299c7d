import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { newId } from '../../client/net/new-id.ts'
import { openPhone } from '../../client/net/open-phone.ts'
import type { Phone } from '../../client/net/phone.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { HandOverId, RequestId } from '../../shared/units.ts'
import { aSeat, type World, wish } from '../support/world.ts'
import { type BrowserPhone, browserWorld } from './browser-world.ts'
import { joins, linkFor, opensTab, runsNow } from './club.ts'

const world = browserWorld()

/** They tapped five minutes ago, and were without network since. */
const AWAY_MS = 300_000
/** To the north at 3 m/s and uphill, a fix each five seconds but for those left out. */
const walk = (fromMs: number, isHeard: (fixNo: number) => boolean): Fix[] =>
  Array.from({ length: 58 }, (_, i) => ({
    latitudeDeg: 51.128 + i * 0.000_135,
    longitudeDeg: 71.4304,
    takenAtMs: Math.round(fromMs) + i * 5_000,
    accuracyM: 5,
    altitudeM: 340 + i / 2,
  })).filter((_, i) => isHeard(i))

async function onTheirWay(
  leader: BrowserPhone,
  role: 'runner' | 'cyclist',
  name: string,
  isHeard = (_fixNo: number) => true,
): Promise<[seat: string, phone: Phone]> {
  const [, secret = ''] = (await linkFor(leader, role)).split('#')
  const seat = await aSeat({ url: world.url } as World, secret, name)
  const phone = openPhone({ urls: [world.url()], seat, storage: memoryPhoneStorage() })
  await expect.poll(() => phone.view().isCaughtUp).toBe(true)
  const sinceMs = phone.nowMs() - AWAY_MS
  await wish(phone, { type: 'start-sharing', sinceMs })
  for (const fix of walk(sinceMs + 1_000, isHeard)) phone.addFix(fix)
  await phone.allFixesStored()
  return [seat, phone]
}

async function saved(phone: BrowserPhone, button: string): Promise<string> {
  const download = phone.page.waitForEvent('download')
  await phone.taps(button)
  return readFileSync(await (await download).path(), 'utf8')
}

const heard = (phone: BrowserPhone, text: RegExp) =>
  expect.poll(() => phone.page.locator('#replay-now').textContent()).toMatch(text)

test('[AF11] when a run is over its summary comes first, with what was brought, a replay, and a track to keep', async () => {
  const [leader, runner] = [await world.phone(), await world.phone()]
  await runsNow(world, leader)
  const [seat, aidar] = await onTheirWay(leader, 'runner', 'Aidar')
  const [, dana] = await onTheirWay(leader, 'cyclist', 'Dana')
  const watcher = await world.phone()
  await joins(watcher, await linkFor(leader, 'watcher'), 'Mum')
  await wish(aidar, {
    type: 'raise-request',
    requestId: newId<RequestId>('req'),
    kind: 'water',
    quantity: 1,
    note: null,
  })
  const runnerId = aidar.view().myId
  if (!runnerId) throw new Error('nobody')
  await wish(dana, {
    type: 'record-hand-over',
    handOverId: newId<HandOverId>('hov'),
    runnerId,
    kind: 'water',
    quantity: 1,
  })
  for (const phone of [aidar, dana]) {
    const memberId = phone.view().myId
    if (memberId) await wish(phone, { type: 'stop', memberId, reason: 'finished', untilMs: phone.nowMs() })
    await phone.close()
  }
  await leader.page.locator('.lead-tabs button').last().click()
  await leader.taps('End the run')

  await leader.page.getByRole('heading', { name: 'The whole run' }).waitFor()
  await leader.sees('3 set out, finished: 3')
  await leader.page.getByText(/^Everybody \(3\)/).click()
  await leader.sees(/runner · finished · .* · about 0\.9 km/)
  await leader.page.getByText(/^Who brought what \(1\)/).click()
  await leader.sees('Dana → Aidar')
  expect(await saved(leader, 'As a table (CSV)')).toMatch(
    /^\ufefftime,outcome,what,.*\r\n.*,given,water,1,Aidar,Dana,\d+,\d*\r\n$/,
  )

  await runner.page.goto(`${world.url()}/s#${seat}`)
  const own = runner.page.getByRole('region', { name: 'My run' })
  await own
    .getByText(/0\.8\d km/)
    .first()
    .waitFor()
  await own.getByText(/about 2\d m/).waitFor()
  await own.locator('.after-charts canvas').nth(1).waitFor()
  await runner.sees(/Everything about this run is deleted on/)
  expect(await saved(runner, 'Keep my track (GPX)')).toContain('<trkpt lat="51.128"')

  // Somebody at home sees neither tracks of their own nor who asked for what.
  await watcher.page.getByRole('heading', { name: 'Replay' }).waitFor()
  expect(await watcher.page.getByRole('heading', { name: /My run|Who brought what|The whole run/ }).count()).toBe(0)
  await opensTab(watcher, 'After')
  for (const phone of [leader, runner, watcher]) expect(phone.troubles).toEqual([])
})

test('[AF12] a replay waits to be played, is moved by keys, and says of whom it only guesses', async () => {
  const leader = await world.phone()
  await runsNow(world, leader)
  // Two minutes in which Aidar is not heard.
  const [seat, aidar] = await onTheirWay(leader, 'runner', 'Aidar', (fixNo) => fixNo < 20 || fixNo > 44)
  const [, dana] = await onTheirWay(leader, 'cyclist', 'Dana')
  await wish(aidar, {
    type: 'raise-request',
    requestId: newId<RequestId>('req'),
    kind: 'water',
    quantity: 1,
    note: null,
  })
  await aidar.close()
  await dana.close()
  const runner = await world.phone()
  await runner.page.goto(`${world.url()}/s#${seat}`)
  await runner.page.getByText('My run so far').click()
  await runner.taps('Watch the replay')
  const slider = runner.page.getByRole('slider', { name: 'Time of the run' })
  const value = async () => Number(await slider.inputValue())
  await heard(runner, /1 heard|2 heard/)
  const first = await value()
  await slider.press('ArrowRight')
  await slider.press('ArrowRight')
  expect(await value()).toBe(first + 200)
  await slider.press('ArrowLeft')
  expect(await value()).toBe(first + 100)
  await slider.press('Home')
  await runner.taps('Next moment')
  await runner.sees('Aidar asks: Water')
  await slider.press('End')
  for (let i = 0; i < 12; i++) await slider.press('ArrowLeft')
  await heard(runner, /1 not heard just then/)
  await slider.press('Home')
  await runner.taps('120×')
  await runner.taps('Play')
  await expect.poll(value).toBeGreaterThan(first + 300)
  // At the end it stops by itself.
  await runner.page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  expect(runner.troubles).toEqual([])
})
