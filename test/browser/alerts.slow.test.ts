import { afterAll, expect, test } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { joins, linkFor, opensPart, opensTab, runsNow, startsSharing } from './club.ts'

// Phones here walk 0.7 m in 400 ms, which is to stand on a server whose four minutes last for six seconds.
const before = process.env.TIME_SCALE
process.env.TIME_SCALE = '40'
afterAll(() => {
  if (before === undefined) delete process.env.TIME_SCALE
  else process.env.TIME_SCALE = before
})
const world = browserWorld()

test('[AT31] who has stopped is asked, the leader told after a minute, and "I am fine" ends it for both', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.003)]
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)

  await runner.sees('Are you fine?')
  await runner.sees('You seem to have stopped.')
  await runner.sees('Your leader has been told.')
  await leader.sees('Aidar has stopped')
  await leader.taps('I look after it')
  await leader.sees(/You look after it/)

  const [question, row] = [runner.page.getByText('Are you fine?'), leader.page.getByText('Aidar has stopped')]
  await runner.taps('I am fine')
  await question.waitFor({ state: 'detached' })
  await row.waitFor({ state: 'detached' })

  await opensTab(leader, 'Lead')
  await opensPart(leader, 'Run')
  await leader.page.getByText('What to watch').click()
  await leader.taps('Stopped')
  await leader.page.getByRole('button', { name: 'Stopped', pressed: false }).waitFor()
  expect([leader.troubles, runner.troubles]).toEqual([[], []])
})
