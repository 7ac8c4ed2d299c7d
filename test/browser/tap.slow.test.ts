import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { askTracker } from '../../client/net/http-calls.ts'
import { newId } from '../../client/net/new-id.ts'
import type { CommandId } from '../../shared/units.ts'
import { until } from '../support/until.ts'
import { aPhone, aRun, aSeat, startsSharing, type World, wish } from '../support/world.ts'
import { browserWorld } from './browser-world.ts'

const world = browserWorld()

/** A runner with a tag, in a live run with nobody on a bicycle; what was asked for is seen by the leader. */
async function aTag() {
  const here = { url: world.url } as World
  const planned = await aRun(here)
  const seat = await aSeat(here, planned.invites.runner, 'Aidar')
  const [leader, runner] = [await aPhone(here, planned.seat), await aPhone(here, seat)]
  await wish(leader, { type: 'start-run' })
  await startsSharing(runner)
  const tracker = await askTracker(world.url(), seat, newId<CommandId>('cmd'), null)
  if (!tracker.ok) throw new Error(tracker.code)
  const phone = await world.phone()
  await phone.page.clock.install() // goes on by itself, and faster where a test says so
  const asked = () => [...leader.view().run.requests.values()].map(({ status }) => status)
  const isAsked = (...statuses: string[]) => until(() => expect(asked()).toEqual(statuses))
  /** What was told before it has come to the leader. */
  const runnerIsHeard = async () => {
    const version = await wish(runner, { type: 'rename', name: 'Aidar B.' })
    await until(() => expect(leader.view().run.version).toBeGreaterThanOrEqual(version))
  }
  return {
    phone,
    here,
    planned,
    asked,
    isAsked,
    runnerIsHeard,
    url: `${world.url()}/u/${tracker.trackerToken}/tap/water`,
  }
}

const said = (page: Page) => page.locator('#said').textContent()

test('[AD9] a tag asks after three seconds, says who comes, and asks no more when the page is loaded again', async () => {
  const { phone, here, planned, asked, isAsked, url } = await aTag()
  await phone.page.goto(url)
  await phone.sees('Asking for water')
  expect(asked()).toEqual([])
  await phone.sees('Asked for water.')
  await isAsked('open')

  const dana = await aPhone(here, await aSeat(here, planned.invites.cyclist, 'Dana'))
  const [request] = dana.view().run.requests.values()
  if (request?.status === 'open') await wish(dana, { type: 'claim-request', requestId: request.requestId })
  await phone.sees(/^Dana/)

  await phone.page.reload()
  await phone.sees('Asked already on this page.')
  await phone.page.clock.runFor(10_000)
  await isAsked('claimed')
  expect(phone.troubles).toEqual([])
})

test('[AD9] within the three seconds it is undone, by the keyboard too, and what was asked is taken back', async () => {
  const { phone, asked, isAsked, runnerIsHeard, url } = await aTag()
  await phone.page.goto(url)
  await phone.page.getByRole('button', { name: 'Undo' }).waitFor()
  await phone.page.keyboard.press('Enter')
  await phone.sees('Not asked.')
  await phone.page.clock.runFor(10_000)
  await runnerIsHeard()
  expect(asked()).toEqual([])

  await phone.taps('Ask for water')
  await phone.sees('Asked for water.')
  await phone.taps('Take it back')
  await phone.sees('Taken back.')
  await isAsked('cancelled')
  expect(phone.troubles).toEqual([])
})

test('[AD9] a page that nobody sees, such as a preview, asks for nothing until it is looked at', async () => {
  const { phone, asked, isAsked, runnerIsHeard, url } = await aTag()
  await phone.page.addInitScript(
    `Object.defineProperty(document, 'visibilityState', { get: () => window.isSeen ?? 'hidden' })`,
  )
  await phone.page.goto(url)
  await phone.sees('Asking for water')
  await phone.page.clock.runFor(60_000)
  await runnerIsHeard()
  expect(asked()).toEqual([])
  await phone.page.evaluate(`window.isSeen = 'visible'`)
  await isAsked('open')
})

test('[AD9] without network it says so, and asks once it is there', async () => {
  const { phone, isAsked, url } = await aTag()
  await phone.page.goto(url)
  await phone.context.setOffline(true)
  await phone.sees('NOT ASKED YET: no network. Trying again.')
  expect(await said(phone.page)).not.toContain('Asked for')
  await phone.context.setOffline(false)
  await phone.sees('Asked for water.')
  await isAsked('open')
})

test('[AD13] the page of a tag speaks the language of the phone, and so does what it is told', async () => {
  const { phone, isAsked, url } = await aTag()
  await phone.page.goto(`${url}?lang=kk`)
  await phone.sees('Қазір сұралады: су')
  await phone.sees('Сұралды: су.')
  await phone.taps('Қайтарып алу')
  await phone.sees('Өтініш қайтарып алынды.')
  await isAsked('cancelled')
  expect(phone.troubles).toEqual([])
})
