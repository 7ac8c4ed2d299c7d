/** The longer ones of the fault runs, beside the others. */
import { expect, test } from 'vitest'
import { faults } from './as-a-user.ts'

test('[G1] [G2] [G3] [G4] [G6] most of a minute of mixed faults breaks no promise', async () => {
  const said = await faults('--scenario mixed --phones 40 --minutes 0.8 --requests 60')
  expect(said).toContain('Nothing lost, nothing doubled')
})

test('[G3] the river run is on three nodes behind Caddy with HTTPS what it is on one', async () => {
  expect(await faults('--scenario river-on-three --km 5')).toContain('Nothing lost, nothing doubled')
})
