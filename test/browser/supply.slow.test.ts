import { expect, test } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { asksElse, joins, linkFor, opensTab, runsNow, startsSharing } from './club.ts'

const world = browserWorld()

test('[BR21] a cyclist says what they carry, it goes down with each bottle, and the leader reads the water of the run', async () => {
  const [leader, runner, cyclist] = [await world.phone(), await world.phone(0.002), await world.phone(-0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')
  await startsSharing(cyclist)
  await leader.sees('the cyclist has not said what they carry')

  await cyclist.page.getByText(/^What I carry/).click()
  for (let i = 0; i < 3; i++) await cyclist.taps('One Water more')
  await cyclist.page.getByLabel('Gel', { exact: true }).fill('4')
  await cyclist.page.getByLabel('Something for one person').fill('aid')
  await cyclist.taps('Water for Aidar')
  await cyclist.taps(/^That is what I carry/)
  await cyclist.sees('4 × Water, 4 × Gel')
  await leader.sees('4 bottles with the helpers')

  await runner.taps('Water')
  await cyclist.sees('You carry one for them.')
  await cyclist.taps('Handed over')
  await cyclist.sees('3 × Water, 4 × Gel · 1 empty bottle back')
  await leader.sees('3 bottles with the helpers')

  await cyclist.taps('Puncture')
  await cyclist.sees('Puncture: you are offered nothing new.')
  await asksElse(runner, 'Gel')
  await cyclist.taps('Available again')
  await cyclist.sees('yours')
  expect([leader.troubles, runner.troubles, cyclist.troubles]).toEqual([[], [], []])
})

test('[BR22] a runner keeps a drink plan and reads what was taken, in neutral words', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await runner.page.getByText('Drink plan').click()
  await runner.taps('200 ml')
  await runner.taps('Keep this plan')
  await runner.sees('Nothing counted in the last hour; drink to thirst.')
  await runner.sees(/^By your plan the next drink is at \d\d:\d\d\.$/)
  await runner.taps('I have drunk 200 ml')
  await runner.sees('200 ml taken in the last hour; drink to thirst.')
  await opensTab(leader, 'Lead')
  await leader.page.getByText('How warm is it?').first().click()
  await leader.taps('Hot')
  await runner.page.getByText('Drink plan').click() // kept, it folded away
  await runner.sees('The leader says: hot. The plan follows.')
  expect([leader.troubles, runner.troubles]).toEqual([[], []])
})
