import { expect, test, vi } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { opensTab } from './club.ts'

const ALIVE_WITHIN_MS = 10_000
const SERVED_WITHIN_MS = 60_000

const world = browserWorld()

test('[BR16] dots move within ten seconds of the demo button; a request is opened, taken and handed over without a reload', async () => {
  const { page, taps, troubles } = await world.phone()
  await page.goto(world.url())
  await taps('See a demo')

  const dots = () => page.locator('.mark').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('transform')))
  await page.locator('.mark').first().waitFor({ timeout: ALIVE_WITHIN_MS })
  const before = await dots()
  await vi.waitFor(async () => expect(await dots()).not.toEqual(before), { timeout: ALIVE_WITHIN_MS, interval: 200 })

  await page.locator('.want.open').first().waitFor({ timeout: SERVED_WITHIN_MS })
  await page.locator('.want.claimed').first().waitFor({ timeout: SERVED_WITHIN_MS })
  await page.locator('.want.delivered').first().waitFor({ timeout: SERVED_WITHIN_MS })
  expect(troubles).toEqual([])
})

test('[BR17] the demo is looked at from the seat of a leader, a runner or a cyclist, and asks for no place', async () => {
  const { page, context, taps, sees } = await world.phone()
  await context.clearPermissions()
  await page.goto(world.url())
  await taps('See a demo')
  await taps('runner')
  await sees('What do you need?')
  await taps('cyclist')
  await page.locator('.ride').waitFor() // what waits, or what to ride for
  await taps('leader')
  await opensTab({ page } as never, 'Lead')
  await sees('People')
  expect(await page.getByRole('button', { name: 'I am here' }).count()).toBe(0)
})
