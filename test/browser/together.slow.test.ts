import { expect, test } from 'vitest'
import { browserWorld } from './browser-world.ts'
import { joins, linkFor, opensPart, opensTab, runsNow, startsSharing } from './club.ts'

const world = browserWorld()

test('[HC12] a leader begins a head count, and reads in one sentence who is heard or seen, and who is not', async () => {
  const [leader, runner, late] = [await world.phone(), await world.phone(0.002), await world.phone(0.003)]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await joins(runner, link, 'Aidar')
  await startsSharing(runner)
  await joins(late, link, 'Madina')
  await opensPart(leader, 'People')
  await leader.page.getByLabel('Name, number, or +12').fill('+12')
  await leader.taps('Count in')
  await leader.sees('2 out, 12 guests out, 1 not started.')

  await leader.page.getByText('Head count', { exact: false }).first().click()
  await leader.taps('Begin a head count')
  await leader.sees(/2 of 14 heard or seen, 1 not started, 12 not heard now and not seen since \d\d:\d\d: 12 guests\./)
  await leader.taps('12 guests: 12 seen')
  await leader.sees('14 of 14 heard or seen, 1 not started.')
  // Without a phone in her hand Madina has set out once she is ticked.
  await leader.taps('Madina')
  await leader.sees('15 of 15 heard or seen.')
  await leader.sees('1 of 2 ticked.')
  expect(leader.troubles).toEqual([])
})

test('[RG4] a leader calls all to a place, and reads who comes', async () => {
  const [leader, runner, other] = [await world.phone(), await world.phone(0.002), await world.phone(0.02)]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  for (const [phone, name] of [
    [runner, 'Aidar'],
    [other, 'Madina'],
  ] as const) {
    await joins(phone, link, name)
    await startsSharing(phone)
  }
  await leader.page.getByText('Call everybody together').first().click()
  await leader.page.locator('.card').getByRole('button', { name: 'Call everybody together' }).click()
  await leader.sees(/Regroup at where Lena is, \d\d:\d\d/)
  await runner.sees(/Regroup at where Lena is/)
  await runner.sees(/You are there (about|any moment)/)
  await runner.taps('I am here')
  await other.taps('Not coming')
  await leader.sees('2 here, 1 not coming')
  await leader.page.getByText(/Regroup at where Lena is/).click()
  await leader.taps('It is over')
  await runner.page.getByText(/Regroup at where Lena is/).waitFor({ state: 'detached' })
  expect([...leader.troubles, ...runner.troubles]).toEqual([])
})

test('[GR1] a leader adds a group with a pace, puts somebody in it and changes it', async () => {
  const [leader, runner] = [await world.phone(), await world.phone(0.002)]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await joins(runner, link, 'Aidar')
  await startsSharing(runner)
  await joins(await world.phone(), link, 'Madina')
  await opensPart(leader, 'People')
  await leader.page.getByText('Groups', { exact: true }).click()
  await leader.page.getByText('Add a group').first().click()
  await leader.page.getByLabel('Name', { exact: true }).fill('Slow')
  await leader.page.getByLabel('Planned pace').fill('6:30')
  await leader.page.locator('.card').getByRole('button', { name: 'Add a group' }).click()
  await leader.sees('0 of 0 out, planned 6:30 min/km')
  await leader.page.getByText('0 of 0 out').click()
  await leader.page.getByLabel('Put somebody in it').selectOption({ label: 'Aidar' })
  await leader.sees(/1 of 1 out/)
  await leader.page.getByLabel('Runs last').selectOption({ label: 'Aidar' })
  await leader.taps('Change the group')
  await opensTab(runner, 'Ask')
  await runner.page.getByText('Head count').click()
  await runner.taps('All mine are here')
  await runner.sees('Counted.')
  expect([...leader.troubles, ...runner.troubles]).toEqual([])
})

test('[MB20] a runner makes a link for the family, who see that one dot', async () => {
  const [leader, runner, mother] = [await world.phone(), await world.phone(0.002), await world.phone()]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await joins(runner, link, 'Aidar')
  await startsSharing(runner)
  await joins(await world.phone(), link, 'Madina')
  await runner.page.getByText('About me').click()
  await runner.taps('Make a link for my family')
  await joins(mother, await runner.page.getByLabel('Link for my family').first().inputValue(), 'Mother')
  await mother.sees('Aidar')
  expect(await mother.page.getByText('Madina').count()).toBe(0)
  expect([...runner.troubles, ...mother.troubles]).toEqual([])
})

test('[MB18] a leader makes a link for the family of a child, who see that one dot', async () => {
  const [leader, child, mother] = [await world.phone(), await world.phone(0.002), await world.phone()]
  await runsNow(world, leader)
  const link = await linkFor(leader, 'runner')
  await joins(child, link, 'Aidar')
  await startsSharing(child)
  await joins(await world.phone(), link, 'Madina')
  await opensPart(leader, 'People')
  await leader.page.locator('.people summary', { hasText: 'Aidar' }).click()
  expect(await leader.page.getByText('Make a link for their family').count()).toBe(0)
  await leader.taps('Under 18')
  await leader.taps('Make a link for their family')
  const given = leader.page.getByLabel('Link for the family of Aidar').first()
  await joins(mother, await given.inputValue(), 'Mother')
  await mother.sees('Aidar')
  expect(await mother.page.getByText('Madina').count()).toBe(0)
  expect([...leader.troubles, ...mother.troubles]).toEqual([])
})
