import { expect, test, vi } from 'vitest'
import { until } from '../support/until.ts'
import { type BrowserPhone, browserWorld } from './browser-world.ts'
import { joins, linkFor, opensTab, runsNow, startsSharing } from './club.ts'
import { unfolds } from './every-screen.ts'

const world = browserWorld()
/** Two people would see the map for two. */
const asOneOfMany = { 'serik.pair': 'all' }

const dark = (phone: BrowserPhone) => phone.page.locator('dialog.pocket[open]')

async function aRunner(kept: Readonly<Record<string, string>> = { ...asOneOfMany, 'serik.pocket': 'by-hand' }) {
  const [leader, runner] = [await world.phone(), await world.phone(0.002, kept)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  return { leader, runner }
}

async function slides(phone: BrowserPhone, from: number, to: number): Promise<void> {
  const box = await phone.page.locator('.slide').boundingBox()
  if (!box) throw new Error('no slider')
  const y = box.y + box.height / 2
  await phone.page.mouse.move(box.x + from * box.width, y)
  await phone.page.mouse.down()
  for (let step = 1; step <= 5; step++)
    await phone.page.mouse.move(box.x + (from + ((to - from) * step) / 5) * box.width, y)
  await phone.page.mouse.up()
}

test('[PO1] [PO4] in the dark nothing is pressed but a slide from end to end, or the keys of the slider', async () => {
  const { runner } = await aRunner()
  expect(await runner.page.getByRole('button', { name: 'Pocket mode', exact: true }).count()).toBe(0)
  await startsSharing(runner)
  const water = await runner.page.getByRole('button', { name: 'Water' }).boundingBox()
  await runner.page.getByRole('button', { name: 'Pocket mode', exact: true }).click()
  await dark(runner).waitFor()
  await runner.sees('Your place is shared')

  if (!water) throw new Error('no button')
  await runner.page.touchscreen.tap(water.x + 20, water.y + 20)
  for (let i = 0; i < 3; i++) await runner.page.keyboard.press('Escape')
  // "Back" goes there and forward again.
  const path = runner.page.url()
  await runner.page.evaluate(
    () =>
      new Promise<void>((gone) => {
        addEventListener('popstate', () => addEventListener('popstate', () => gone(), { once: true }), { once: true })
        history.back()
      }),
  )
  expect(runner.page.url()).toBe(path)
  await slides(runner, 0.1, 0.6)
  await slides(runner, 0.5, 0.95)
  expect(await dark(runner).count()).toBe(1)
  await slides(runner, 0.1, 0.95)
  await dark(runner).waitFor({ state: 'detached' })
  expect(await runner.page.getByText('Still looking').count()).toBe(0)

  await runner.page.getByRole('button', { name: 'Pocket mode', exact: true }).click()
  await runner.page.getByRole('slider', { name: 'Slide to open' }).focus()
  for (let i = 0; i < 4; i++) await runner.page.keyboard.press('ArrowRight')
  await dark(runner).waitFor({ state: 'detached' })
  expect(runner.troubles).toEqual([])
})

test('[PO2] [PO3] a page that nobody touches goes dark by itself, but not over the help screen or a dialog', async () => {
  const { leader, runner } = await aRunner(asOneOfMany)
  const link = await linkFor(leader, 'runner')
  const [atHelp, atDialog] = [await world.phone(0.003, asOneOfMany), await world.phone(0.004, asOneOfMany)]
  await joins(atHelp, link, 'Madina')
  await startsSharing(atHelp)
  await opensTab(atHelp, 'Help')
  await joins(atDialog, link, 'Erlan')
  await startsSharing(atDialog)
  await atDialog.taps('Pause or stop')
  await startsSharing(runner) // the last one: those over what waits had longer
  const startedAtMs = performance.now()
  await dark(runner).waitFor({ timeout: 40_000 })
  expect(performance.now() - startedAtMs).toBeGreaterThan(15_000)
  for (const phone of [atHelp, atDialog]) expect(await dark(phone).count()).toBe(0)
  await runner.sees(/^Dark so that rain and pocket press nothing/)
  await slides(runner, 0.1, 0.95)
})

test('[PO5] [VW44] what is mine and what asks me breaks through, and no places come meanwhile', async () => {
  const { leader, runner } = await aRunner()
  let frameAtMs = 0
  await startsSharing(runner)
  runner.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string') frameAtMs = performance.now()
    }),
  )
  await runner.page.reload()
  await until(() => expect(frameAtMs).toBeGreaterThan(0))
  await runner.page.getByRole('button', { name: 'Snack' }).click()
  await runner.sees('Your leader sees it')
  await runner.page.getByRole('button', { name: 'Pocket mode', exact: true }).click()
  await runner.page.locator('.pocket-wish', { hasText: 'Snack: Your leader sees it' }).waitFor()

  // Frames with places come each two seconds to who looks.
  const quietMs = () => performance.now() - frameAtMs
  await vi.waitFor(() => expect(quietMs()).toBeGreaterThan(7_000), { timeout: 20_000, interval: 500 })
  await leader.page.setViewportSize({ width: 1280, height: 900 }) // all of a leader's things at once
  await unfolds(leader.page)
  await leader.page.getByPlaceholder('Regroup').fill('Ice on the bridge')
  await leader.taps('Send')
  await runner.page.locator('.pocket-call', { hasText: 'A message for you: Ice on the bridge' }).waitFor()
  await runner.page.locator('.pocket-figures').waitFor()
  await slides(runner, 0.1, 0.95)
  await runner.taps('Seen')
})

test('[PO6] it is drawn anew each five seconds', async () => {
  const { runner } = await aRunner()
  await startsSharing(runner)
  await runner.page.getByRole('button', { name: 'Pocket mode', exact: true }).click()
  await dark(runner).waitFor()
  const betweenMs = await runner.page.evaluate(
    () =>
      new Promise<number>((told) => {
        const drawn: number[] = []
        const look = new MutationObserver(() => {
          drawn.push(performance.now())
          const [, second, third] = drawn // the first may follow the opening
          if (second === undefined || third === undefined) return
          look.disconnect()
          told(third - second)
        })
        const time = document.querySelector('.pocket-figures dd')
        if (time) look.observe(time, { characterData: true, childList: true, subtree: true })
      }),
  )
  expect(betweenMs).toBeGreaterThan(4_000)
  expect(betweenMs).toBeLessThan(9_500)
})

test('[PO7] the screen is kept on, and a phone that refuses, or thinks better of it, says so', async () => {
  const [leader, held, refused] = [await world.phone(), await world.phone(0.002), await world.phone(0.003)]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await held.context.addInitScript(`
    window.asked = []
    Object.defineProperty(navigator, 'wakeLock', { value: { request: async (kind) => { window.asked.push(kind); return (window.lock = { release: async () => {} }) } } })
  `)
  await refused.context.addInitScript(`
    Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => { throw new Error('low battery') } } })
  `)
  for (const [phone, name] of [
    [held, 'Aidar'],
    [refused, 'Madina'],
  ] as const) {
    await joins(phone, link, name)
    await startsSharing(phone)
    await phone.page.getByRole('button', { name: 'Pocket mode', exact: true }).click()
    await dark(phone).waitFor()
  }
  expect(await held.page.evaluate('window.asked')).toEqual(['screen'])
  expect(await held.page.getByText('This phone may darken').count()).toBe(0)
  await refused.sees(/^This phone may darken the screen/)
  await held.page.evaluate('window.lock.onrelease()')
  await held.sees(/^This phone may darken the screen/)
})
