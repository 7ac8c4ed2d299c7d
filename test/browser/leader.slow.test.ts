import { expect, test } from 'vitest'
import { browserWorld, PLAIN_HOST } from './browser-world.ts'
import { joins, linkFor, opensPart, opensTab, runsNow, startsSharing } from './club.ts'

const world = browserWorld()

test('[BR9] a run with somebody out does not end without naming them', async () => {
  const [leader, runner, other] = [await world.phone(), await world.phone(0.002), await world.phone(0.003)]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await joins(runner, link, 'Aidar')
  await startsSharing(runner)
  await opensPart(leader, 'People')
  await leader.page.getByLabel('Name, number, or +12').fill('+12')
  await leader.taps('Count in')
  await leader.sees('2 out, 12 guests out.')

  await opensPart(leader, 'Run')
  await leader.taps('End the run')
  await leader.sees('Still out: Aidar, 12 guests.')
  await leader.taps('Go on')
  await opensPart(leader, 'People')
  await leader.taps('All in')
  await leader.page.locator('.people').getByText('Aidar').click()
  await leader.taps('Finished')
  await leader.sees('1 out, 13 in.')
  await runner.sees('You have stopped: finished.')
  await joins(other, link, 'Madina')
  await startsSharing(other)
  await opensPart(leader, 'Run')
  await leader.taps('End the run')
  await leader.sees('Still out: Madina.')
  await leader.taps('End anyway')
  await runner.sees('The run is over.')
  await runner.sees('Not accounted for: Madina')
  await other.sees('You are not accounted for')
  expect(await other.page.getByText('Not accounted for: Madina').count()).toBe(0)
})

test('[BR10] a message reaches everybody and its leader reads how many have seen it', async () => {
  const [leader, runner, watcher] = [await world.phone(), await world.phone(), await world.phone()]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await joins(watcher, await linkFor(leader, 'watcher'), 'Mum')
  await opensPart(leader, 'People')
  await leader.page.getByPlaceholder('Regroup').fill('Regroup at the bridge')
  await leader.taps('Send')
  await watcher.sees('Regroup at the bridge')
  await runner.sees('Regroup at the bridge')
  await leader.sees('seen by 0 of 1')
  await runner.taps('Seen')
  await leader.sees('seen by 1 of 1')
})

test('[BR11] [CW9] a watcher has nothing to ask with, to share or to change, and once removed comes back by no old link', async () => {
  const [leader, watcher] = [await world.phone(), await world.phone()]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'watcher')
  await joins(watcher, link, 'Mum')
  await watcher.sees('Everybody')
  await watcher.page.locator('.people').getByText('Lena').waitFor()
  // Settings and the map's own buttons change what this page shows, and nothing in the run.
  const buttons = await watcher.page
    .locator('button:not(.ground-tools button, .zoom button, .settings-button)')
    .evaluateAll((all) => all.map(({ outerHTML }) => outerHTML))
  expect(buttons).toEqual([])
  expect(await watcher.page.locator('form, nav').count()).toBe(0)

  await opensPart(leader, 'People')
  await leader.page.locator('.people').getByText('Mum').click()
  await leader.taps('Remove')
  await leader.page
    .getByRole('group', { name: /Mum is out/ })
    .getByRole('button', { name: 'Remove' })
    .click()
  await watcher.sees('You are no longer in this run.')
  await opensPart(leader, 'Run')
  const invite = leader.page.getByRole('group', { name: 'Invite' })
  if (!(await invite.isVisible())) await leader.page.getByText('Invite', { exact: true }).click()
  await invite.getByRole('button', { name: 'watcher', exact: true }).click()
  await leader.taps('Replace by a new link')
  const sure = leader.page.getByRole('group', { name: /lets nobody in any more/ })
  await sure.getByRole('button', { name: 'Replace by a new link' }).click()
  const url = leader.page.getByLabel('Invite: watcher').first()
  await expect.poll(() => url.inputValue()).not.toBe(link)
  const stranger = await world.phone()
  await stranger.page.goto(link)
  await stranger.sees('This link is not valid')
})

test('[BR12] a re-seated member opens the run on another phone, and the old one is told', async () => {
  const [leader, lost, found] = [await world.phone(), await world.phone(), await world.phone()]
  await runsNow(world, leader)
  await joins(lost, await linkFor(leader, 'runner'), 'Aidar')
  await opensPart(leader, 'People')
  await leader.page.locator('.people').getByText('Aidar').click()
  const row = leader.page.locator('.people details[open]')
  await row.getByRole('button', { name: 'Move to another phone' }).click()
  await row.locator('.danger').click()
  const link = await row.getByLabel('Open this on Aidar’s new phone:').first().inputValue()
  await lost.sees('You are no longer in this run.')

  await found.page.goto(link)
  await found.sees('What do you need?')
  expect(found.page.url()).not.toContain('#')
  await opensTab(found, 'Where')
  await found.sees('(you)')
})

test('[BR13] an invite opened again offers the seat this phone has; one that never was says so', async () => {
  const [leader, runner] = [await world.phone(), await world.phone()]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await joins(runner, link, 'Aidar')
  await runner.page.goto(link)
  await runner.sees('You are in this run already, as Aidar.')
  await runner.page.getByRole('link', { name: 'Open my run' }).click()
  await runner.sees('What do you need?')

  await runner.page.goto(`${world.url()}/j#nonsense`)
  await runner.sees('This link is not valid, or not any more.')
})

test('[BR14] the tab opened last has the seat, and the one before says so', async () => {
  const leader = await world.phone()
  await runsNow(world, leader)
  const second = await leader.context.newPage()
  await second.goto(leader.page.url())
  await second.getByText('1 out.').waitFor()
  await leader.sees('This run is open in another tab.')
  await leader.taps('Use it here')
  await leader.sees('1 out.')
  await second.getByText('This run is open in another tab.').waitFor()
})

test('[BR15] on plain http the page says that location needs https, and still starts', async () => {
  const [leader, runner] = [await world.phone(), await world.phone()]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await joins(runner, link.replace('localhost', PLAIN_HOST), 'Aidar')
  await runner.sees('Location in a page needs https')
  await runner.page.getByText('with Caddy two commands are enough').click()
  await runner.sees('caddy reverse-proxy')
  await runner.taps('Start without my place')
  await leader.sees('2 out.')
  await runner.sees('Sharing, but no place now')
})
