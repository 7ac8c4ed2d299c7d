import { expect, test } from 'vitest'
import { DAY_MS } from '../../shared/units.ts'
import { type BrowserPhone, browserWorld } from './browser-world.ts'
import { joins, linkFor } from './club.ts'

const world = browserWorld()

/** 1,190 m round, drawn once. */
const loop = {
  type: 'LineString',
  coordinates: [
    [71.43, 51.128],
    [71.434, 51.128],
    [71.434, 51.131],
    [71.43, 51.131],
    [71.43, 51.128],
  ],
}
const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })

async function opensPlan({ page }: BrowserPhone): Promise<void> {
  await page.goto(world.url())
  await page.getByRole('link', { name: 'Plan a run' }).click()
  await page.getByRole('button', { name: 'Plan the run' }).waitFor()
}
const saves = (phone: BrowserPhone) => phone.taps('Plan the run')
const unfolds = ({ page }: BrowserPhone, name: string) => page.locator('summary', { hasText: name }).click()

async function makesClub(phone: BrowserPhone, name: string): Promise<string> {
  await phone.page.goto(world.url())
  await phone.page.getByRole('link', { name: 'A standing link for a club' }).click()
  await phone.page.getByLabel('Name of the club').fill(name)
  await phone.taps('Make the link')
  return phone.page.getByLabel('The club’s link').first().inputValue()
}

test('[PL3] run now is one button once the name is known, and all else is planned elsewhere', async () => {
  const leader = await world.phone()
  await leader.page.goto(world.url())
  await leader.taps('Run now')
  await leader.sees('Type your name first.')
  await leader.page.getByLabel('Your name').fill('Lena')
  await leader.taps('Run now')
  await leader.sees('not started yet')
  await leader.page.goto(world.url())
  await leader.sees('You lead it as Lena.')
  expect(await leader.page.getByRole('textbox').count()).toBe(0)
  await leader.taps('Run now')
  await leader.page.waitForURL(/\/r\/run_/)
  expect(leader.troubles).toEqual([])
})

test('[PL2] what is wrong is told at its field, and nothing typed is lost, also by a reload and in another language', async () => {
  const { page, troubles, ...leader } = await world.phone()
  const phone = { page, troubles, ...leader }
  await opensPlan(phone)
  await page.getByLabel('Title of the run').fill('Long Sunday')
  await saves(phone)
  const name = page.getByLabel('Your name')
  expect(await name.getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
  await name.fill('Lena')
  await unfolds(phone, 'Pace groups')
  await phone.taps('Add a group')
  await page.getByLabel('Pace, min/km').fill('fast')
  await unfolds(phone, 'Pace groups')
  await saves(phone)
  await phone.sees('Minutes and seconds, as 6:10.')
  expect(await page.getByLabel('Pace, min/km').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Pace, min/km').fill('6:10')

  await page.locator('input[type=file]').setInputFiles(file('nonsense.gpx', 'no route'))
  await phone.sees('No route can be read from this file.')
  await saves(phone)
  await page.locator('input[type=file][aria-invalid=true]').waitFor()

  await page.locator('input[type=file]').setInputFiles(file('park.geojson', JSON.stringify(loop)))
  await page.getByLabel('Laps').fill('1000000')
  await saves(phone)
  await phone.sees('A whole number, 1 to 100.')
  await page.locator('svg.route-sketch').waitFor()
  expect(await page.getByLabel('Laps').getAttribute('aria-invalid')).toBe('true')

  await page.reload()
  await page.locator('.settings-button').click()
  await page.getByRole('button', { name: 'Русский' }).click()
  await page.keyboard.press('Escape')
  expect(await page.getByLabel('Название пробежки').inputValue()).toBe('Long Sunday')
  await page.locator('summary', { hasText: 'Группы по темпу' }).click()
  expect(await page.getByLabel('Темп, мин/км').inputValue()).toBe('6:10')
  expect(troubles.filter((trouble) => !trouble.includes('400'))).toEqual([])
})

test('[PL4] a plan has its route, laps, groups and helpers, and is changed before the start', async () => {
  const [leader, cyclist] = [await world.phone(), await world.phone()]
  const { page } = leader
  await opensPlan(leader)
  await page.getByLabel('Title of the run').fill('Park laps')
  await page.getByLabel('Your name').fill('Lena')
  await page.locator('input[type=file]').setInputFiles(file('park.geojson', JSON.stringify(loop)))
  await leader.sees('1.2 km')
  await page.getByLabel('Laps').fill('6')
  await leader.sees('6 laps of 1.2 km')
  await unfolds(leader, 'Pace groups')
  await leader.taps('Add a group')
  await page.getByLabel('Name', { exact: true }).fill('Fast')
  await unfolds(leader, 'Water and helpers')
  await leader.taps('Hot')
  await page.getByLabel('How many runners').fill('20')
  await leader.sees(/^\d+ bottles/)
  await page.getByLabel('Helpers wanted').fill('2')
  await unfolds(leader, 'Who sees what')
  await page.getByLabel('A link for those at home').uncheck()
  await page.getByLabel('Days until all is deleted').fill('1')
  await saves(leader)

  await leader.sees(/about 3 h · 7\.4 km · 1 group · 0 of 2 helpers here · deleted 1 day after the end/)
  const link = await linkFor(leader, 'cyclist')
  expect(await page.getByRole('button', { name: 'Make a link' }).count()).toBe(0)
  await page.getByRole('group', { name: 'Invite' }).getByRole('button', { name: 'watcher', exact: true }).click()
  await page.getByRole('button', { name: /link/i }).first().waitFor()
  expect(await page.getByLabel('Invite: watcher').count()).toBe(0)

  await joins(cyclist, link, 'Dana')
  await leader.sees(/1 of 2 helpers here/)
  await page.getByText('Change the plan').click()
  await page.locator('#plan-card').locator('..').getByLabel('Title of the run').fill('Park laps, later')
  await leader.taps('Save')
  await cyclist.sees('Park laps, later')
  expect([leader.troubles, cyclist.troubles]).toEqual([[], []])
})

test('[PL4] [RN13] again next week is the same plan at the same time, a week later, and begins with nobody', async () => {
  const leader = await world.phone()
  const { page } = leader
  await opensPlan(leader)
  await page.getByLabel('Title of the run').fill('Every Sunday')
  await page.getByLabel('Your name').fill('Lena')
  await page.locator('input[type=file]').setInputFiles(file('park.geojson', JSON.stringify(loop)))
  const startMs = async () => new Date(await page.getByLabel('Planned start').inputValue()).getTime()
  const firstMs = await startMs()
  await saves(leader)
  await leader.sees('The plan')
  await page.goto(world.url())
  await page.getByRole('link', { name: 'Again next week' }).click()
  await leader.sees('The route of the earlier run')
  await page.locator('svg.route-sketch').waitFor()
  expect(await page.getByLabel('Title of the run').inputValue()).toBe('Every Sunday')
  expect(Math.round(((await startMs()) - firstMs) / DAY_MS)).toBe(7)
  await saves(leader)
  await leader.sees('1.2 km')
  await leader.sees('The plan')
  await page.goto(world.url())
  expect(await page.getByText('Every Sunday').count()).toBe(2)
  expect(leader.troubles).toEqual([])
})

test('[PL4] a route is drawn on the map and planned with', async () => {
  const leader = await world.phone()
  const { page } = leader
  await opensPlan(leader)
  await page.getByLabel('Your name').fill('Lena')
  await leader.taps('Draw it on the map')
  const sheet = page.locator('dialog.route-drawing')
  await sheet.waitFor()
  const box = await sheet.boundingBox()
  for (const [right, down] of [
    [0.3, 0.4],
    [0.7, 0.4],
    [0.7, 0.6],
  ] as const)
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * right, (box?.y ?? 0) + (box?.height ?? 0) * down)
  await sheet.getByRole('button', { name: /done|use/i }).click()
  await leader.sees('Drawn on the map')
  await page.locator('svg.route-sketch').waitFor()
  await saves(leader)
  await leader.sees(/about 3 h · [\d.]+ k?m/)
  expect(leader.troubles).toEqual([])
})

test('[CB2] [CB3] a club’s link leads a new phone to the next run, and says so when there is none', async () => {
  const [leader, runner] = [await world.phone(), await world.phone()]
  const link = await makesClub(leader, 'Abylai runners')
  await runner.page.goto(link)
  await runner.sees('No run is planned yet.')
  await runner.page.goto(world.url())
  await runner.page.getByRole('link', { name: 'Abylai runners: the next run' }).waitFor()

  await leader.taps('Plan a run for the club')
  await leader.page.getByLabel('Title of the run').fill('Club Sunday')
  await leader.page.getByLabel('Your name').fill('Lena')
  await saves(leader)
  await leader.sees('The link of Abylai runners leads here.')

  await runner.page.getByRole('link', { name: 'Abylai runners: the next run' }).click()
  await runner.sees('Join Club Sunday')
  await runner.page.getByLabel('Your name').fill('Aidar')
  await runner.taps('Join')
  await runner.sees('Connected')
  expect(runner.page.url()).not.toContain('#')
  await runner.page.goto(link)
  await runner.sees('You are in this run already, as Aidar.')
  expect([leader.troubles, runner.troubles]).toEqual([[], []])
})

test('[CB3] [CB8] another organiser puts a run under the same link, until it is replaced, also one that was planned before', async () => {
  const [first, second, runner] = [await world.phone(), await world.phone(), await world.phone()]
  const link = await makesClub(first, 'Two of us')
  await first.page.getByText('Organise together').click()
  const organising = await first.page.getByLabel('Link for another organiser').first().inputValue()

  await opensPlan(second)
  await second.page.getByLabel('Title of the run').fill('Planned before')
  await second.page.getByLabel('Your name').fill('Dana')
  await saves(second)
  await second.sees('The plan')
  const run = second.page.url()
  await second.page.goto(organising)
  await second.sees('None yet.')
  expect(second.page.url()).not.toContain('#')
  await second.page.goto(run)
  await second.taps('Put this run under the link of Two of us')
  await second.sees('The link of Two of us leads here.')
  await runner.page.goto(link)
  await runner.sees('Join Planned before')

  const { page } = first
  for (const [part, label, before] of [
    [page.locator('section', { has: page.getByRole('button', { name: 'Print it' }) }), 'The club’s link', link],
    [page.locator('details', { hasText: 'Organise together' }), 'Link for another organiser', organising],
  ] as const) {
    await part.getByRole('button', { name: 'Replace by a new link' }).click()
    await part.getByRole('group').getByRole('button', { name: 'Replace by a new link' }).click()
    await expect.poll(() => part.getByLabel(label).first().inputValue()).not.toBe(before)
  }
  await runner.page.goto(link)
  await runner.sees('This link was replaced by a new one.')
  await second.page.goto(organising)
  await second.sees('Another organiser has replaced this link')
  await runner.page.goto(await page.getByLabel('The club’s link').first().inputValue())
  await runner.sees('Join Planned before')
  // A refusal is what was asked for here, and a line in the browser's console.
  expect(first.troubles).toEqual([])
})

test('[CB7] what is printed is the name, the code and its address, and nothing else', async () => {
  const leader = await world.phone()
  const { page } = leader
  const link = await makesClub(leader, 'On the wall')
  await page.locator('.poster img').waitFor()
  await page.setViewportSize({ width: 794, height: 1_123 })
  await page.emulateMedia({ media: 'print' })
  const seen = await page.locator('body').evaluate((body) => (body as HTMLElement).innerText)
  expect(seen.split('\n').filter((line) => line.trim() !== '')).toEqual([
    'On the wall',
    'Join the next run',
    'Hold the phone’s camera over it. No app, no account.',
    link,
  ])
  const { width = 0 } = (await page.locator('.poster img').boundingBox()) ?? {}
  expect(width).toBeGreaterThan(400)
})
