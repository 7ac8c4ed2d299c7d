import { expect, test } from 'vitest'
import { type BrowserPhone, browserWorld } from './browser-world.ts'

const world = browserWorld()
const byHand = { 'serik.pocket': 'by-hand' }

/** Counts what a finger does. */
function counted(phone: BrowserPhone): BrowserPhone & { tapCount: number } {
  const counting = {
    ...phone,
    tapCount: 0,
    async taps(name: string | RegExp) {
      counting.tapCount++
      await phone.taps(name)
    },
  }
  return counting
}

const map = (phone: BrowserPhone) => phone.page.locator('.pair .plan')
const buttons = (phone: BrowserPhone) => phone.page.locator('.pair > button')

test.each([
  ['who runs', 'cyclist', 'leader'],
  ['who rides', 'runner', 'other'],
] as const)('[BR27] two taps each from the link to the map for two, when %s leads', async (_who, invited, asks) => {
  const [leader, other] = [counted(await world.phone(0, byHand)), counted(await world.phone(-0.002, byHand))]
  await leader.page.goto(world.url())
  await leader.page.getByLabel('Your name').fill('Lena')
  await leader.taps('Run now')
  await leader.taps('I am here, start the run')
  await leader.sees('running for')
  const invite = await leader.page.evaluate(
    (role) => JSON.parse(localStorage.getItem('serik.seats') ?? '[]')[0].invites[role],
    invited,
  )
  await other.page.goto(`${world.url()}/j#${invite}`)
  await other.page.getByLabel('Your name').fill('Aidar')
  await other.taps('Join')
  await other.taps('I am here, start')
  for (const phone of [leader, other]) await map(phone).waitFor()
  expect([leader.tapCount, other.tapCount]).toEqual([2, 2])

  const [runner, rider] = asks === 'leader' ? [leader, other] : [other, leader]
  for (const phone of [runner, rider]) {
    expect(await buttons(phone).count()).toBe(1)
    expect((await buttons(phone).boundingBox())?.height).toBeGreaterThanOrEqual(88)
  }
  await buttons(runner).click()
  await runner.taps('Menu')
  await runner.taps('Cancel: Water')
  await runner.sees('Water: Cancelled.')
  await buttons(runner).click()
  if (asks === 'other') await rider.taps('I bring it')
  await runner.sees(/^Water: (Lena|Aidar) is coming/)
  await rider.taps('Water handed over')
  await runner.sees(/^Water: Handed over by (Lena|Aidar)/)

  await runner.taps('Menu')
  await runner.taps('All screens')
  await map(runner).waitFor({ state: 'detached' })
  await runner.taps('Back to the map for two')
  await map(runner).waitFor()
  expect([leader.troubles, other.troubles]).toEqual([[], []])
})
