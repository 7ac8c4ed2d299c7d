import { expect, test } from 'vitest'
import type { RequestId } from '../../shared/units.ts'
import { until } from '../support/until.ts'
import { aPhone, aSeat, type World, wish } from '../support/world.ts'
import { type BrowserPhone, browserWorld } from './browser-world.ts'
import { joins, linkFor, runsNow, startsSharing } from './club.ts'

const world = browserWorld()

/** What the page would have said aloud. */
async function listens(phone: BrowserPhone): Promise<() => Promise<string[]>> {
  await phone.context.addInitScript(`
    window.heard = []
    window.speechSynthesis.speak = (spoken) => window.heard.push(spoken.text)
  `)
  return () => phone.page.evaluate('window.heard')
}

test('[CE10] a page says cues aloud only to whoever has switched that on', async () => {
  const [leader, runner, other] = [await world.phone(), await world.phone(0.002), await world.phone(0.004)]
  const [heardByRunner, heardByOther] = [await listens(runner), await listens(other)]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  for (const [phone, name] of [
    [runner, 'Aidar'],
    [other, 'Madina'],
  ] as const) {
    await joins(phone, link, name)
    await startsSharing(phone)
  }
  await runner.taps('Voice')
  const here = { url: world.url } as World
  const invite = (await linkFor(leader, 'cyclist')).split('#')[1] ?? ''
  const dana = await aPhone(here, await aSeat(here, invite, 'Dana'))
  await aSeat(here, invite, 'Timur')

  for (const phone of [runner, other]) await phone.taps('Water')
  await until(() => expect(dana.view().run.requests.size).toBe(2))
  for (const { requestId } of dana.view().run.requests.values()) await claims(requestId)
  await until(async () => expect(await heardByRunner()).toEqual(['I tell you what happens.', 'Dana takes it.']))
  await other.sees(/Dana/)
  expect(await heardByOther()).toEqual([])
  await runner.taps('Off')

  async function claims(requestId: RequestId): Promise<void> {
    if (dana.view().run.requests.get(requestId)?.status === 'open')
      await wish(dana, { type: 'claim-request', requestId })
  }
})
