import { expect, test } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { holds, joins, linkFor, opensPart, opensTab, runsNow, startsSharing } from './club.ts'

const world = browserWorld()

test('[BR23] without network the page lists what waits to be sent, and none of it as sent', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await runner.context.setOffline(true)
  await runner.sees('Your place is kept and goes out later')
  await runner.taps('Water')
  await runner.taps('Pause or stop')
  await runner.taps('Toilet')
  await runner.sees('2 things wait to be sent')
  expect(await runner.page.locator('.outbox li:not(.places)').allTextContents()).toEqual(['Water', 'Pause'])
  await runner.sees('Only on this phone. It is sent as soon as there is network.')

  await runner.context.setOffline(false)
  await runner.page.locator('.outbox').waitFor({ state: 'detached' })
  await runner.sees('Your leader sees it')
  await runner.sees('You pause (toilet)')
  // Who pauses reads so before all else.
  const topOf = async (name: string) => (await runner.page.getByRole('button', { name }).first().boundingBox())?.y ?? 0
  expect(await topOf('Go on')).toBeLessThan(await topOf('Water'))
})

test('[BR24] the help page has a text message with the place ready, that needs no data', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await opensTab(leader, 'Me')
  await leader.page.getByText('About me').click()
  await leader.page.getByLabel('Your phone number').fill('+7 701 222 33 44')
  await leader.taps('Save')
  await joins(runner, link, 'Aidar')
  await startsSharing(runner)
  // The help screen was loaded before anybody asked for it.
  await expect
    .poll(() =>
      runner.page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /help-screen/.test(name))),
    )
    .toBe(true)
  await runner.context.setOffline(true)
  await opensTab(runner, 'Help')
  const sms = await runner.page.getByRole('link', { name: 'SMS with my place to Lena' }).getAttribute('href')
  expect(sms).toMatch(/^sms:\+77012223344\?&body=/)
  const body = decodeURIComponent(sms?.split('body=')[1] ?? '')
  expect(body).toMatch(
    /^I need help\. I am at 51\.13000, 71\.4\d+ \(\d\d:\d\d\)\. https:\/\/www\.openstreetmap\.org\/\?mlat=51\.13000&mlon=71\.4/,
  )
})

test('[BR25] pausing and stopping are one sheet', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await runner.taps('Pause or stop')
  await runner.taps('Shoe')
  await runner.sees('You pause (shoe)')
  await runner.taps('Go on')
  for (const reason of ['Finished', 'Going home', 'Got a lift']) {
    await runner.taps('Pause or stop')
    const dialog = runner.page.getByRole('dialog', { name: 'What now?' })
    const button = dialog.getByRole('button', { name: reason })
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(88)
    if (reason !== 'Got a lift') await runner.page.keyboard.press('Escape')
    else await button.click()
    await dialog.waitFor({ state: 'detached' })
  }
  await runner.sees('You have stopped: got a lift')
  await runner.sees('Not sharing')
})

test('[BR26] leaders read whom to call for somebody, cyclists only while that one calls for help', async () => {
  const [leader, runner, cyclist] = [await world.phone(), await world.phone(0.002), await world.phone(-0.002)]
  await runsNow(world, leader)
  const forCyclists = await linkFor(leader, 'cyclist')
  await runner.page.goto(await linkFor(leader, 'runner'))
  await runner.page.getByLabel('Your name').fill('Aidar')
  await runner.page.getByText('For an emergency (optional)').click()
  await runner.page.getByLabel('Whom to call: name').fill('Aigul')
  await runner.taps('Join')
  await runner.sees('Give both: whom to call, and their number.')
  await runner.page.getByLabel('Their phone number').fill('+7 701 111 22 33')
  await runner.page.getByLabel('What a helper must know').fill('asthma')
  await runner.taps('Join')
  await startsSharing(runner)
  await joins(cyclist, forCyclists, 'Dana')

  expect(await cyclist.page.getByText('asthma').count()).toBe(0)
  await opensPart(leader, 'People')
  await leader.page.locator('.people summary', { hasText: 'Aidar' }).click()
  await leader.sees('asthma')
  await opensPart(leader, 'Now')
  await opensTab(runner, 'Help')
  await holds(runner, /^Help Hold/)
  await cyclist.sees('asthma')
  await leader.sees('asthma')
  const call = cyclist.page.getByRole('link', { name: 'Call Aigul' })
  expect(await call.getAttribute('href')).toBe('tel:+7 701 111 22 33')
  await runner.taps('I am fine, cancel')
  await cyclist.taps('Seen, all is well')
  await call.waitFor({ state: 'detached' })

  await opensTab(runner, 'Ask')
  await runner.page.getByText('About me').click()
  await runner.page.getByText('For an emergency (optional)').click()
  expect(await runner.page.getByLabel('What a helper must know').inputValue()).toBe('asthma')
})

test('[BR28] one tracker app is recommended for a phone, and the code to scan is folded away', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await runner.page.getByText('With a locked screen: use a tracker app').click()
  await runner.taps('Get my tracker address')
  await runner.sees('Best on this phone: Traccar Client')
  const link = runner.page.getByRole('link', { name: 'Set up Traccar Client on this phone' })
  expect(await link.getAttribute('href')).toMatch(/^org\.traccar\.client:/)
  expect(await runner.page.locator('.qr').filter({ visible: true }).count()).toBe(0)
  await runner.page.getByText('Or scan it from the app on another phone').click()
  await runner.page.locator('.qr').filter({ visible: true }).waitFor()
})
