import { expect, test } from 'vitest'
import { invite, joins, online, starts } from './lives.ts'
import { type LivedPhone, livesWorld } from './lives-world.ts'

const world = livesWorld('river', 2.4)
const WRONG_CLOCK_MS = 7 * 60_000
const PACE_MPS = 3

/** The row of somebody among a leader's people, opened. */
async function opened(leader: LivedPhone, name: string) {
  await leader.page.getByRole('button', { name: /^People/ }).click()
  const row = leader.page.locator('.people li', { hasText: name })
  await row.locator('summary').first().click()
  return row
}

async function sure(row: Awaited<ReturnType<typeof opened>>, label: string): Promise<void> {
  await row.getByRole('button', { name: label }).click()
  await row.getByRole('button', { name: label }).click()
}

test('[LV2] six people live through a run along a river: a dead zone, a reload, a killed server, one who comes late, one who is removed, one on a new phone, and a wrong clock', async () => {
  const leader = await world.phone()
  const [aidar, madina] = [await world.phone(), await world.phone(WRONG_CLOCK_MS)]
  const [dana, timur] = [await world.phone(), await world.phone()]

  await leader.page.goto(world.url())
  await leader.page.getByLabel('Your name').fill('Lena')
  await leader.taps('Run now')
  leader.goes(0, PACE_MPS)
  await leader.taps('I am here, start the run')
  await leader.sees('running for')
  const [runner, cyclist, watcher] = [
    await invite(leader, 'runner'),
    await invite(leader, 'cyclist'),
    await invite(leader, 'watcher'),
  ]
  await joins(aidar, runner, 'Aidar')
  await joins(madina, runner, 'Madina')
  await joins(dana, cyclist, 'Dana')
  await joins(timur, cyclist, 'Timur')
  await starts(aidar, 20, PACE_MPS)
  await starts(madina, 0, PACE_MPS)
  await starts(dana, 60, PACE_MPS)
  await starts(timur, 200, 1)
  await leader.sees('5 out')

  // A request, who brings it, and the hand-over.
  await aidar.taps('Water')
  await dana.sees('Aidar')
  await dana.taps('I bring it')
  await aidar.sees('Dana is coming')
  await dana.taps('Handed over')
  await aidar.sees('Handed over by Dana')

  // A dead zone: asked there, seen when it is over.
  await madina.deadZone(true)
  await madina.page.locator('.dot.offline').waitFor()
  await madina.taps('Water')
  await madina.sees('You are offline')
  await madina.deadZone(false)
  await online(madina)
  await timur.sees('Madina')

  // A reload in the middle of it.
  await aidar.page.reload()
  await aidar.page.locator('.state').getByText('Sharing your place', { exact: true }).waitFor()

  // The server is killed; what is tapped meanwhile waits, and all come back.
  await world.kill()
  await timur.taps('I bring it')
  await world.startAgain()
  for (const phone of [leader, aidar, madina, dana, timur]) await online(phone)
  await madina.sees('Timur is coming')

  // One who looks on comes late, and sees everybody.
  const mother = await world.phone()
  await joins(mother, watcher, 'Mother')
  for (const name of ['Aidar', 'Madina', 'Dana', 'Timur']) await mother.sees(name)
  // A clock that is seven minutes ahead makes no place younger or older: eight seconds of the run are one here.
  expect(await mother.page.locator('.people li', { hasText: 'Madina' }).innerText()).not.toMatch(/\d+ h \d/)

  await timur.taps('Handed over')
  await madina.sees('Handed over by Timur')

  // A new phone for Aidar: the old one is out, the new one goes on where he was.
  const row = await opened(leader, 'Aidar')
  await sure(row, 'Move to another phone')
  const seat = await row
    .getByLabel(/new phone/)
    .first()
    .inputValue()
  await aidar.sees('You are no longer in this run')
  const newAidar = await world.phone()
  await newAidar.page.goto(seat)
  await online(newAidar)
  await newAidar.sees('Handed over by Dana')

  // Whoever is removed is out at once, and no more in anybody's list.
  await sure(await opened(leader, 'Dana'), 'Remove')
  await dana.sees('You are no longer in this run')
  await mother.page.getByText('Dana').filter({ visible: true }).first().waitFor({ state: 'detached' })

  // Everybody is accounted for, and the run ends.
  await timur.page.getByRole('navigation').getByRole('button', { name: 'Me', exact: true }).click()
  for (const phone of [newAidar, madina, timur]) {
    await phone.taps('Pause or stop')
    await phone.taps('Finished')
  }
  await leader.page.getByRole('button', { name: 'Run', exact: true }).click()
  await leader.taps('End the run')
  for (const phone of [leader, newAidar, madina, timur, mother]) await phone.sees('The run is over.')
  await madina.page.locator('.after-log summary').click()
  const brought = madina.page.locator('.after-log li')
  await brought.getByText('Timur').waitFor()
  expect(await brought.count()).toBe(1)
  expect([leader, aidar, newAidar, madina, dana, timur, mother].flatMap(({ troubles }) => troubles)).toEqual([])
}, 240_000)
