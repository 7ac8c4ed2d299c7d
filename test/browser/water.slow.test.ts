import { expect, test } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { asksElse, joins, linkFor, opensTab, runsNow, startsSharing } from './club.ts'

const world = browserWorld()

test('[BR1] a name and one tap make a run, with a link and a code for each role', async () => {
  const leader = await world.phone()
  await runsNow(world, leader)
  for (const role of ['runner', 'cyclist', 'watcher', 'leader'] as const)
    expect(await linkFor(leader, role)).toMatch(new RegExp(`^${world.url()}/j#.+`))
  await leader.page.getByRole('img', { name: 'Invite: leader' }).waitFor()
  expect(leader.troubles).toEqual([])
})

test('[BR2] joining shares nothing; starting shows the dot to others, with its age', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await runner.sees('Not sharing')
  await leader.sees('1 not started')

  await startsSharing(runner)
  await leader.sees('2 out.')
  await opensTab(leader, 'Where')
  const dot = leader.page.locator('.mark.runner')
  await dot.getByText('AI', { exact: true }).waitFor()
  await leader.page.locator('.word.dot-age', { hasText: /^Aidar · \d+ s$/ }).waitFor()
})

test('[BR3] a runner sees who brings the water, about how far they are, and the hand-over', async () => {
  const [leader, runner, dana, timur] = [
    await world.phone(),
    await world.phone(0.004),
    await world.phone(-0.002),
    await world.phone(-0.004),
  ]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  const cyclist = await linkFor(leader, 'cyclist')
  await joins(dana, cyclist, 'Dana')
  await startsSharing(dana)
  await joins(timur, cyclist, 'Timur')

  await runner.taps('Water')
  await runner.sees('Still looking for someone')
  await dana.sees('Water · Aidar')
  await dana.sees(/^\d+ m north/)
  await dana.taps('I bring it')
  await runner.sees(/^Dana is coming, .*\d+ m away/)
  await timur.sees('Dana has it')

  await dana.taps('Handed over')
  await runner.sees('Handed over by Dana')
  await dana.sees('Nobody is waiting')
  expect([runner.troubles, dana.troubles, timur.troubles]).toEqual([[], [], []])
})

test('[BR4] a request goes to the only cyclist without a tap, and a hand-over needs no request', async () => {
  const [leader, runner, cyclist] = [await world.phone(), await world.phone(0.004), await world.phone(-0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')

  await asksElse(runner, 'Gel')
  await runner.sees('Dana is coming')
  await cyclist.sees('yours')
  expect(await cyclist.page.getByRole('button', { name: 'I bring it' }).count()).toBe(0)

  await cyclist.page.getByText('Hand over without being asked').click()
  await cyclist.taps('Gel to Aidar')
  await cyclist.sees('Recorded: Gel to Aidar.')
  await runner.sees('Handed over by Dana')
})

test('[BR5] a reload in the middle of a run keeps the seat, the request and the sharing', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await asksElse(runner, 'Salt')
  await runner.sees('Your leader sees it')

  await runner.page.reload()
  await runner.sees('Your leader sees it')
  await runner.page.locator('.state').getByText('Sharing your place', { exact: true }).waitFor()
  await runner.taps('Cancel')
  await runner.sees('Cancelled.')
})
