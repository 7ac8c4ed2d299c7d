import { expect, test } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { joins, linkFor, opensPart, opensTab, runsNow, startsSharing } from './club.ts'

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
const table = {
  type: 'Feature',
  properties: { name: 'Water table' },
  geometry: { type: 'Point', coordinates: [71.434, 51.128] },
}
const file = {
  name: 'park.geojson',
  mimeType: 'application/geo+json',
  buffer: Buffer.from(
    JSON.stringify({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: {}, geometry: loop }, table],
    }),
  ),
}

test('[BR19] a leader gives the route on the way, makes it laps and ends it sooner, and a runner’s plan follows', async () => {
  const [leader, runner] = [await world.phone(), await world.phone()]
  const twice = async (name: string) => {
    await leader.taps(name)
    await leader.page.locator('.danger', { hasText: name }).click()
  }
  await runsNow(world, leader)
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await opensPart(leader, 'Run')
  await leader.page.getByText('Route', { exact: true }).click()
  await leader.page.getByLabel('Set or replace the route').setInputFiles(file)
  await leader.sees('Water table: km 0.3')
  await opensTab(runner, 'Where')
  const drawn = async () => (await runner.page.locator('polyline.route').getAttribute('points'))?.split(' ').length
  await expect.poll(drawn).toBe(5)

  await leader.page.getByLabel('Laps').fill('6')
  await twice('Make it 6 laps')
  await leader.sees('6 laps of 1.2 km.')
  await expect.poll(drawn).toBe(25)

  await leader.page.getByLabel('Shorten it, at km').fill('3')
  await twice('End there')
  await leader.sees('The route is 3.0 km long.')
  await leader.sees('3 laps of 1.2 km, the last cut short.')
  expect([leader.troubles, runner.troubles]).toEqual([[], []])
})

test('[HC15] [DI15] two alone on a route have no pack, and what one asks for has no heading', async () => {
  const [leader, runner] = [await world.phone(), await world.phone()]
  await runsNow(world, leader)
  await opensPart(leader, 'Run')
  await leader.page.getByText('Route', { exact: true }).click()
  await leader.page.getByLabel('Set or replace the route').setInputFiles(file)
  await leader.sees('Water table: km 0.3')
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await runner.sees(/^km 0\.\d of 1\.2$/)
  await runner.taps('Water')
  await opensPart(leader, 'Now')
  const wish = leader.page.locator('section[aria-labelledby=requests]')
  await wish.getByText('Aidar').first().waitFor()
  expect(await wish.getByRole('heading', { level: 2 }).getAttribute('class')).toBe('unseen')
  expect(await leader.page.locator('.pack').count()).toBe(0)
  expect([leader.troubles, runner.troubles]).toEqual([[], []])
})

test('[BR20] on a route the leader reads the pack, a runner the own kilometre, and a cyclist where to meet who asks', async () => {
  const [leader, runner, cyclist] = [await world.phone(), await world.phone(), await world.phone(0.003)]
  await runsNow(world, leader)
  await opensPart(leader, 'Run')
  await leader.page.getByText('Route', { exact: true }).click()
  await leader.page.getByLabel('Set or replace the route').setInputFiles(file)
  await leader.sees('Water table: km 0.3')
  await joins(runner, await linkFor(leader, 'runner'), 'Aidar')
  await startsSharing(runner)
  await joins(cyclist, await linkFor(leader, 'cyclist'), 'Dana')
  await startsSharing(cyclist)

  await opensPart(leader, 'Now')
  await leader.page
    .locator('.pack summary')
    .getByText(/^from (Lena to Aidar|Aidar to Lena) \d+ m/)
    .waitFor()
  await runner.sees(/^km 0\.\d of 1\.2$/)
  await runner.sees(/^Lena( beside you| \d+ m, .* (in front|behind))$/)
  await runner.taps('Water')
  await cyclist.sees(/^(Wait here|Ride on to|Turn back to|Go round to) .*(about \d+ min|any moment)/)

  await opensTab(runner, 'Where')
  await runner.page.getByText('Water table').last().click()
  await runner.sees(/^Lena (any moment|about \d\d:\d\d)/)
  expect([leader.troubles, runner.troubles, cyclist.troubles]).toEqual([[], [], []])
})
