import { expect, onTestFinished, test } from 'vitest'
import { join } from '../../client/net/http-calls.ts'
import { newId, newSecretKey } from '../../client/net/new-id.ts'
import type { Phone } from '../../client/net/phone.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { InviteId, RequestId } from '../../shared/units.ts'
import { aPhone, aRun, startsSharing, type World, wish } from '../support/world.ts'
import { type BrowserPhone, browserWorld } from './browser-world.ts'
import { joins, opensPart } from './club.ts'

const world = browserWorld()
const here = { url: world.url } as World
const START = { latitudeDeg: 51.128, longitudeDeg: 71.4304 }
const eastM = (metres: number) => movedPlace(START, metres, 0)
const FIX_EVERY_MS = 1_000
const PHONE = '+7 701 555 01 01'

/** Three kilometres due east, with a bridge half-way. */
const routeFile = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'LineString',
        coordinates: [eastM(0), eastM(3_000)].map(({ latitudeDeg, longitudeDeg }) => [longitudeDeg, latitudeDeg]),
      },
    },
    {
      type: 'Feature',
      properties: { name: 'Bridge' },
      geometry: { type: 'Point', coordinates: [eastM(1_500).longitudeDeg, eastM(1_500).latitudeDeg] },
    },
  ],
})

/** Somebody who runs from so far along, until the test is over. */
async function runs(invite: string, name: string, fromM: number, phone: string | null = null): Promise<Phone> {
  const joined = await join(world.url(), { joinKey: newSecretKey(), invite, name, phone, startNumber: null })
  if (!joined.ok) throw new Error(JSON.stringify(joined))
  const runner = await aPhone(here, joined.seat)
  await startsSharing(runner)
  const startMs = runner.nowMs()
  const tell = () => {
    const takenAtMs = Math.round(runner.nowMs())
    runner.addFix({ ...eastM(fromM + (3 * (takenAtMs - startMs)) / 1_000), takenAtMs, accuracyM: 5 })
  }
  const timer = setInterval(tell, FIX_EVERY_MS)
  onTestFinished(() => clearInterval(timer))
  tell()
  return runner
}

const asks = (runner: Phone, kind: 'water' | 'gel' = 'water') =>
  wish(runner, { type: 'raise-request', requestId: newId<RequestId>('req'), kind, quantity: 1, note: null })

/** A pack of two and two, and their leader's seat. */
async function aPack() {
  const planned = await aRun(here, { routeFile, leaderPhone: PHONE })
  const lead = await aPhone(here, planned.seat)
  await wish(lead, { type: 'start-run' })
  const { runner } = planned.invites
  if (!runner) throw new Error('no link for runners')
  const [aidar] = [await runs(runner, 'Aidar', 900, PHONE), await runs(runner, 'Madina', 895)]
  const [timur] = [await runs(runner, 'Timur', 500), await runs(runner, 'Saule', 495)]
  return { planned, lead, aidar, timur, inviteOf: (role: 'cyclist' | 'watcher') => planned.invites[role] ?? '' }
}

/** As a leader: a seat that this phone opens. */
async function leads(leader: BrowserPhone, { seat }: { readonly seat: string }, lead: Phone): Promise<void> {
  await lead.close()
  await leader.page.goto(`${world.url()}/s#${seat}`)
  await leader.page.locator('.lead').waitFor()
}

test('[CW5] on a phone a leader has three parts and reads the strip first; on a laptop all of it stands side by side', async () => {
  const [leader, { planned, lead }] = [await world.phone(), await aPack()]
  await leads(leader, planned, lead)
  const strip = leader.page.locator('.pack-strip')
  await strip
    .getByRole('img', { name: /^From the front: 2 \+ 2\. The first at km [01]\.\d, the last at km 0\.\d\.$/ })
    .waitFor()
  expect(await leader.page.locator('.lead-people, .lead-run').count()).toBe(0)

  const chosen = strip.locator('.strip-steps')
  await leader.taps('Towards the back')
  await chosen.getByText('Aidar, Madina').waitFor()
  await leader.taps('Towards the back')
  await chosen.getByText('Timur, Saule').waitFor()
  await chosen.getByText(/^2 people, km 0\.\d(–0\.\d)?, 4\d0 m, .* behind those in front$/).waitFor()
  const box = await strip.locator('svg').boundingBox()
  if (!box) throw new Error('no strip')
  const mark = await strip.locator('.strip-group').first().boundingBox()
  if (!mark) throw new Error('no group')
  await leader.page.mouse.click(mark.x + mark.width / 2, box.y + box.height / 4)
  await chosen.getByText('Aidar, Madina').waitFor()
  await leader.taps('Whole route')
  await strip.locator('text', { hasText: 'Bridge' }).waitFor()

  await opensPart(leader, 'People')
  await leader.page.locator('.people').getByText('Saule').waitFor()
  expect(await strip.count()).toBe(0)
  await leader.page.setViewportSize({ width: 1280, height: 900 })
  for (const part of ['.pack-strip', '.lead-now', '.lead-people', '.lead-run', '.right .plan'])
    await leader.page.locator(part).waitFor()
  expect(await leader.page.locator('.people').count()).toBe(1)
  expect(await leader.page.locator('.lead-tabs').count()).toBe(0)
  await leader.page.setViewportSize({ width: 1024, height: 768 })
  await leader.page.locator('.lead-now .pack-strip').waitFor()
  expect(leader.troubles).toEqual([])
})

test('[CW6] beside whoever asks stand a call and a text, where there is a number', async () => {
  const [leader, { planned, lead, aidar, timur }] = [await world.phone(), await aPack()]
  await asks(aidar)
  await asks(timur, 'gel')
  await leads(leader, planned, lead)
  const call = leader.page.getByRole('link', { name: 'Call Aidar' })
  expect(await call.getAttribute('href')).toBe('tel:+77015550101')
  expect(await leader.page.getByRole('link', { name: 'Text Aidar' }).getAttribute('href')).toBe('sms:+77015550101')
  await leader.sees('Gel · Timur')
  expect(await leader.page.getByRole('link', { name: /Timur/ }).count()).toBe(0)
})

test('[CW7] a cyclist sees the map, feels a new request once, and has its button under the thumb', async () => {
  const [dana, { planned, aidar, timur, inviteOf }] = [await world.phone(), await aPack()]
  await dana.page.addInitScript(() => {
    const felt: unknown[] = []
    Object.assign(window, { felt })
    navigator.vibrate = (pattern) => felt.push(pattern) > 0
  })
  await joins(dana, `${world.url()}/j#${inviteOf('cyclist')}`, 'Dana')
  // With a second cyclist nothing is hers by itself.
  await runs(planned.invites.cyclist ?? '', 'Arman', 100)
  await dana.taps('I am here, start')
  await dana.page.locator('.ride-ground .plan').waitFor()
  const feltCount = () => dana.page.evaluate(() => (window as unknown as { felt: unknown[] }).felt.length)
  expect(await feltCount()).toBe(0)
  await asks(aidar)
  await asks(timur, 'gel')
  const button = dana.page.locator('.job-act').getByRole('button', { name: 'I bring it' })
  await button.waitFor()
  await expect.poll(feltCount).toBe(1)
  await dana.page.getByText('After that').waitFor()
  expect(await feltCount()).toBe(1)

  const box = await button.boundingBox()
  expect(box?.height).toBeGreaterThanOrEqual(88)
  expect(box?.y).toBeGreaterThan(844 / 2)
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(844)
  const first = await dana.page.locator('.job h3').textContent()
  const restedMs = dana.page.evaluate(
    () =>
      new Promise<number>((told) => {
        let sinceMs = 0
        const observer = new MutationObserver(() => {
          const buttons = [...document.querySelectorAll<HTMLButtonElement>('.job-act button')]
          const next = buttons.find(({ textContent }) => textContent === 'Handed over')
          if (next) sinceMs ||= performance.now()
          if (next && !next.disabled) told(performance.now() - sinceMs)
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true })
      }),
  )
  await button.click()
  expect(await restedMs).toBeGreaterThan(500)
  await dana.page.locator('.job-act').getByRole('button', { name: 'Handed over' }).click()
  await expect.poll(() => dana.page.locator('.job h3').textContent()).not.toBe(first)
  await dana.taps('Refilling')
  await dana.sees('Refilling: you are offered nothing new.')
  expect(dana.troubles).toEqual([])
})

test('[CW8] a watcher sees the map, the strip and everybody', async () => {
  const [home, { inviteOf }] = [await world.phone(), await aPack()]
  await joins(home, `${world.url()}/j#${inviteOf('watcher')}`, 'Home')
  await home.page.locator('.watch .plan').waitFor()
  await home.page
    .locator('.pack-strip')
    .getByRole('img', { name: /^From the front: 2 \+ 2\./ })
    .waitFor()
  await home.page.locator('.people').getByText('Timur').waitFor()
  expect(await home.page.getByRole('link', { name: /^(Call|Text)/ }).count()).toBe(0)
  expect(await home.page.locator('nav, form').count()).toBe(0)
  expect(home.troubles).toEqual([])
})

test('[CW3] a guardian reads how old the place of their own is, what they ask for, and whom to call', async () => {
  const [mother, { lead, aidar }] = [await world.phone(), await aPack()]
  const wardId = aidar.view().myId
  if (!wardId) throw new Error('nobody to watch')
  const { latestEndMs } = lead.view().run.head
  const link = { role: 'guardian', groupId: null, wardId, maxUses: 1, expiresAtMs: latestEndMs } as const
  const answer = await lead.send({ type: 'issue-invite', inviteId: newId<InviteId>('inv'), ...link })
  if (!answer.ok || !answer.invite) throw new Error('no link')
  await joins(mother, `${world.url()}/j#${answer.invite}`, 'Mother')
  await mother.sees(/^Last place \d+ s ago$/)
  await mother.sees('Asks for nothing.')
  await asks(aidar)
  await mother.sees(/^Water, waits \d+ s$/)
  expect(await mother.page.getByRole('link', { name: 'Call Lena' }).getAttribute('href')).toBe('tel:+77015550101')
  expect(await mother.page.getByText(/Madina|Timur|Saule/).count()).toBe(0)
  expect(await mother.page.locator('nav, form').count()).toBe(0)
  expect(mother.troubles).toEqual([])
})
