/** Each short scenario of `npm run faults`, started as a user starts it. */
import { expect, test } from 'vitest'
import { faults } from './as-a-user.ts'

const FEW = '--phones 20 --minutes 1'

test('[G4] the phones of a killed node are soon synced on another', async () => {
  expect(await faults(`--scenario node-killed --times 3 ${FEW}`)).toContain('p99')
})

test('[G1] the first acknowledgement comes soon after Redis is back, and nothing answered before is gone', async () => {
  await faults(`--scenario redis-restarted --times 2 ${FEW} --redis single`)
})

test('[G1] a Redis that swallows everything is noticed', async () => {
  await faults(`--scenario redis-black-hole --times 1 ${FEW}`)
})

test('[G1] [G3] what FLUSHALL deletes is rebuilt', async () => {
  expect(await faults(`--scenario wiped ${FEW} --redis cluster`)).toContain('0 of')
})

test('[G1] [G3] what a restore lacks is rebuilt', async () => {
  expect(await faults(`--scenario restored-older ${FEW}`)).toContain('0 of')
})

test('[G6] after the loss of everything a forged journal is refused, and whoever was out stays out', async () => {
  expect(await faults(`--scenario all-restarted-empty ${FEW}`)).toContain('Forged journals refused: 5 of 5')
})
