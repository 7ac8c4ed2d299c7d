import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { launchForMaps } from '../support/chromium.ts'
import { tinyPmtiles } from '../support/tiny-pmtiles.ts'
import { until } from '../support/until.ts'
import { type BrowserPhone, browserWorld } from './browser-world.ts'
import { joins, linkFor, opensTab, runsNow, startsSharing } from './club.ts'

const folder = mkdtempSync(join(tmpdir(), 'serik-tiles-'))
const MAP_PMTILES = join(folder, 'region.pmtiles')
writeFileSync(MAP_PMTILES, tinyPmtiles({ latitudeDeg: 51.128, longitudeDeg: 71.4304 }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const world = browserWorld({ MAP_STYLE_URL: '', MAP_PMTILES }, launchForMaps)
/** Nobody listens there. */
const withoutStyle = browserWorld({ MAP_STYLE_URL: 'http://127.0.0.1:59999/style.json' }, launchForMaps)

const route = JSON.stringify({
  type: 'LineString',
  coordinates: [
    [71.43, 51.128],
    [71.44, 51.128],
    [71.44, 51.131],
  ],
})

const sheet = (page: Page) => page.locator('.plan')
const onMap = (page: Page) => page.locator('.plan svg.over-map').first()

async function givesRoute(leader: BrowserPhone): Promise<void> {
  await opensRoute(leader)
  const file = { name: 'route.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(route) }
  await leader.page.getByLabel('Set or replace the route').setInputFiles(file)
  await leader.sees(/The route is 1\.0 km long/)
}

async function opensRoute(leader: BrowserPhone): Promise<void> {
  const section = leader.page.locator('summary', { hasText: /^Route$/ })
  if (!(await section.isVisible())) await leader.page.locator('.lead-tabs button').last().click()
  await section.click()
}

/** On the map. Alone they are seen from almost as near as can be, so there is room to come nearer now. */
async function aLeaderThreeStepsFarther(): Promise<BrowserPhone> {
  const leader = await world.phone()
  await runsNow(world, leader)
  await startsSharingAsLeader(leader)
  const { page } = leader
  await opensTab(leader, 'Where')
  await onMap(page).waitFor()
  for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Farther' }).click()
  // Each tap was a step, though the map was still easing to the one before.
  await expect.poll(() => page.locator('.scale text').textContent()).toBe('50 m')
  return leader
}

/** The share of a picture's pixels that each colour has. */
const coloursOf = async (page: Page, picture: Buffer): Promise<Readonly<Record<string, number>>> =>
  page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const pen = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
    pen.drawImage(image, 0, 0)
    const { data } = pen.getImageData(0, 0, image.width, image.height)
    const shares: Record<string, number> = {}
    for (let at = 0; at < data.length; at += 4) {
      const colour = [data[at], data[at + 1], data[at + 2]].join()
      shares[colour] = (shares[colour] ?? 0) + 4 / data.length
    }
    return shares
  }, picture.toString('base64'))

test('[MA13] a map draws beneath the people in light and dark, says whose it is, and asks nobody else', async () => {
  const leader = await aLeaderThreeStepsFarther()
  const { page } = leader
  await page.locator('.mark.leader.me').waitFor()
  await page.getByRole('link', { name: 'OpenStreetMap' }).waitFor()
  const shares = async () => coloursOf(page, await sheet(page).screenshot())
  await expect.poll(async () => (await shares())['244,244,239'] ?? 0).toBeGreaterThan(0.3) // earth
  await expect.poll(async () => (await shares())['255,255,255'] ?? 0).toBeGreaterThan(0.005) // streets
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(async () => (await shares())['23,29,28'] ?? 0).toBeGreaterThan(0.3)
  expect(leader.troubles).toEqual([])
})

test('[MA13] nearer is nearer, also while the map still glides nearer after a hand', async () => {
  const { page } = await aLeaderThreeStepsFarther()
  const scales = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame)
    const metresPerPx = () => {
      const [bar, words] = ['path', 'text'].map((name) => document.querySelector(`.plan .scale ${name}`))
      const [, figure, unit] = /^([\d.]+)\s*(k?m)/.exec(words?.textContent ?? '') ?? []
      const px = /H([\d.]+)/.exec(bar?.getAttribute('d') ?? '')?.[1]
      return (Number(figure) * (unit === 'km' ? 1_000 : 1)) / Number(px)
    }
    const scales = [metresPerPx()]
    const [first = 0] = scales
    const canvas = document.querySelector('.plan canvas') as HTMLElement
    const { left, top, width, height } = canvas.getBoundingClientRect()
    const at = { clientX: left + width / 2, clientY: top + height / 3, bubbles: true, cancelable: true, detail: 2 }
    canvas.dispatchEvent(new MouseEvent('dblclick', at))
    while (metresPerPx() > first * 0.7) await frame()
    scales.push(metresPerPx())
    document.querySelector<HTMLElement>('[aria-label="Nearer"]')?.click()
    for (let frames = 0; frames < 40; frames++) await frame()
    return [...scales, metresPerPx()]
  })
  const [before = 0, gliding = 0, after = 0] = scales
  expect(gliding).toBeLessThanOrEqual(before * 0.7)
  expect(after, scales.join()).toBeLessThan((gliding / 1.6) * 1.05)
})

test('[MA14] a map that is there goes on without network, and where none can be had the plan is there', async () => {
  const leader = await withoutStyle.phone()
  await runsNow(withoutStyle, leader)
  await givesRoute(leader)
  await opensTab(leader, 'Where')
  await leader.page.locator('polyline.route').waitFor()
  await expect
    .poll(() => leader.troubles.some((trouble) => trouble.startsWith('asked http://127.0.0.1:59999/style')))
    .toBe(true)
  await leader.page.locator('.tiles').waitFor({ state: 'attached' })
  expect(await onMap(leader.page).count()).toBe(0)
  expect(await leader.page.getByRole('alert').count()).toBe(0)
  expect(leader.troubles.filter((trouble) => !/127\.0\.0\.1:59999|ERR_CONNECTION_REFUSED/.test(trouble))).toEqual([])

  const old = await world.phone()
  await old.page.addInitScript(() => {
    Reflect.deleteProperty(window, 'WebGL2RenderingContext')
  })
  const asked: string[] = []
  old.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await runsNow(world, old)
  await givesRoute(old)
  await opensTab(old, 'Where')
  await old.page.locator('polyline.route').waitFor()
  await expect.poll(() => asked).toContain('/api/about')
  expect(asked.filter((path) => path.startsWith('/map/') || path.includes('tiles'))).toEqual([])
  expect(old.troubles).toEqual([])

  const other = await world.phone()
  await runsNow(world, other)
  await givesRoute(other)
  await opensTab(other, 'Where')
  await onMap(other.page).waitFor()
  await other.context.setOffline(true)
  await other.sees(/offline/i)
  await sheet(other.page).focus()
  await other.page.keyboard.press('Enter')
  await other.page.getByRole('region', { name: 'This place' }).waitFor()
  expect(await onMap(other.page).count()).toBe(1)
})

test('[MA15] a watcher asks a place by finger and by keyboard, on the map and on the plan', async () => {
  for (const where of [world, withoutStyle]) {
    const [leader, watcher, runner] = [await where.phone(0.003), await where.phone(), await where.phone()]
    await runsNow(where, leader)
    const link = await linkFor(leader, 'watcher')
    await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
    await givesRoute(leader)
    await startsSharing(runner)
    await joins(watcher, link, 'Mum')
    const { page } = watcher
    const box = sheet(page)
    await page.locator('.mark.runner').waitFor()
    if (where === world) await onMap(page).waitFor()
    const card = page.getByRole('region', { name: 'This place' })
    // The sheet still moves after what has just come: whoever misses taps again.
    await until(async () => {
      await page.locator('.mark.runner .body').first().hover({ force: true })
      await page.mouse.down()
      await page.mouse.up()
      await card.getByText(/^Aidar, runner, \d+ s ago/).waitFor({ timeout: 1_000 })
    })
    await card.getByRole('heading', { name: /^km 0\.\d/ }).waitFor()
    await card.getByRole('button', { name: 'Close' }).click()
    await card.waitFor({ state: 'detached' })

    await box.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('+')
    await page.keyboard.press('Enter')
    await card.waitFor()
    // Moved by hand, it shows neither all people nor the whole route by itself.
    expect(await page.locator('.ground-tools [aria-pressed="true"]').count()).toBe(0)
    await watcher.taps('Everybody')
    expect(await page.locator('.ground-tools [aria-pressed="true"]').count()).toBeLessThanOrEqual(1)
  }
})

test('[MA16] a cyclist’s way is up until they move the sheet, and again when they ask for it', async () => {
  const [leader, cyclist] = [await world.phone(), await world.phone(0.0005)]
  await runsNow(world, leader)
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')
  await startsSharing(cyclist)
  const { page } = cyclist
  const north = page.locator('.north path')
  const turnDeg = async () => Number(/rotate\((-?\d+)\)/.exec((await north.getAttribute('transform')) ?? '')?.[1])
  await page.locator('.plan.heading-up').waitFor()
  // They go east, so north is on the left.
  await expect.poll(turnDeg, { timeout: 40_000 }).toBeLessThan(-75)
  expect(await turnDeg()).toBeGreaterThan(-105)
  const scale = page.locator('.scale text')
  const before = await scale.textContent()
  for (let step = 0; step < 4; step++) await cyclist.taps('Farther')
  await expect.poll(() => scale.textContent()).not.toBe(before)
  await page.locator('.plan.heading-up').waitFor()
  const mine = page.locator('.mark.me .body').first()
  const placeOf = async () => (await mine.boundingBox({ timeout: 1_000 })) ?? { x: 0, y: 0 }
  const rode = await placeOf()
  const box = (await sheet(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 3 }
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  await page.mouse.move(middle.x + 120, middle.y - 60, { steps: 6 })
  await page.mouse.up()
  await page.locator('.plan.heading-up').waitFor({ state: 'detached' })
  // The map glides on after the hand, and obeys nevertheless.
  await cyclist.taps('My way up')
  await expect
    .poll(async () => Math.hypot((await placeOf()).x - rode.x, (await placeOf()).y - rode.y), { timeout: 10_000 })
    .toBeLessThan(20)
  await page.locator('.plan.heading-up').waitFor()
  expect(cyclist.troubles).toEqual([])
})

test('[MA18] a cyclist whose place is not known reads why, until it is', async () => {
  const [leader, cyclist] = [await withoutStyle.phone(), await withoutStyle.phone()]
  await runsNow(withoutStyle, leader)
  await cyclist.context.clearPermissions()
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')
  await cyclist.taps('I am here, start')
  await cyclist.sees('This phone has no place for you yet.')
  await cyclist.sees(/^This browser may not see your place/)
  await cyclist.context.grantPermissions(['geolocation'])
  await cyclist.taps('Try again')
  await cyclist.page.getByText('This phone has no place for you yet.').waitFor({ state: 'detached' })
  await cyclist.page.locator('.plan.heading-up .mark.me').waitFor()
})

test('[MA17] a leader draws the route by hand and everybody has it', async () => {
  const [leader, runner] = [await withoutStyle.phone(), await withoutStyle.phone()]
  await runsNow(withoutStyle, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await opensRoute(leader)
  await leader.taps('Draw the route')
  const { page } = leader
  const box = (await page.locator('.drawing-sheet').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const tap = (x: number, y: number) => page.mouse.click(box.x + box.width * x, box.y + box.height * y)
  await tap(0.2, 0.3)
  await tap(0.8, 0.3)
  await tap(0.8, 0.7)
  await leader.sees(/km, 3 points$/)
  await leader.taps('Undo')
  await leader.sees(/km, 2 points$/)
  await leader.taps('Add the middle')
  await leader.taps('Close the loop')
  await leader.sees(/km, 4 points$/)
  await leader.taps('Use this route')
  await leader.sees(/The route is \d+\.\d km long/)
  await opensTab(runner, 'Where')
  await expect
    .poll(async () => (await runner.page.locator('polyline.route').getAttribute('points'))?.split(' ').length)
    .toBe(4)
})

/** The leader is on the way too. */
async function startsSharingAsLeader(leader: BrowserPhone): Promise<void> {
  await leader.page.locator('.state').getByText('Sharing your place', { exact: true }).waitFor()
}
