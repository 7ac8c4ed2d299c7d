import { expect, test } from 'vitest'
import { joins, online } from './lives.ts'
import { livesWorld } from './lives-world.ts'

const world = livesWorld('dawn', 3)

test('[LV1] two people live through a run at dawn: a bottle, a dead zone, a killed server, a reload, and the end', async () => {
  const [aidar, dana] = [await world.phone(), await world.phone()]
  await aidar.page.goto(world.url())
  await aidar.page.getByLabel('Your name').fill('Aidar')
  await aidar.taps('Run now')
  aidar.goes(100, 3)
  await aidar.taps('I am here, start the run')
  await aidar.sees('running for')
  const link = await aidar.page.evaluate(
    () => JSON.parse(localStorage.getItem('serik.seats') ?? '[]')[0].invites.cyclist,
  )
  await joins(dana, `${world.url()}/j#${link}`, 'Dana')
  dana.goes(0, 3.1)
  await dana.taps('I am here, start')
  for (const phone of [aidar, dana]) await phone.page.locator('.pair .plan').waitFor()

  await aidar.taps('Water')
  await aidar.sees('Dana is coming')
  await dana.taps('Water handed over')
  await aidar.sees('Handed over by Dana')

  await aidar.deadZone(true)
  await aidar.page.locator('.dot.offline').waitFor()
  await aidar.taps('Water')
  await aidar.deadZone(false)
  await online(aidar)
  await dana.sees('Water: Aidar')

  await world.kill()
  await dana.taps('Water handed over')
  await world.startAgain()
  for (const phone of [aidar, dana]) await online(phone)
  await aidar.sees('Handed over by Dana')

  await aidar.page.reload()
  await aidar.page.locator('.pair .plan').waitFor()
  await aidar.sees('Handed over by Dana')

  // The runner leads, and so ends the run: two are one no longer when the friend has stopped.
  await dana.taps('Menu')
  await dana.taps('Pause or stop')
  await dana.taps('Finished')
  await aidar.page.getByRole('navigation').getByRole('button', { name: 'Run', exact: true }).click()
  await aidar.taps('End the run')
  for (const phone of [aidar, dana]) await phone.sees('The run is over.')
  expect([aidar, dana].flatMap(({ troubles }) => troubles)).toEqual([])
}, 240_000)
