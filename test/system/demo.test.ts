import { expect, test } from 'vitest'
import { startDemo } from '../../client/simulate/demo.ts'
import { aPhone, aWorld, wish } from '../support/world.ts'

test('[BI29] a node plays a few simulated runs at once, and who asks for more is told when to come back', async () => {
  const world = await aWorld()
  const started = async () => {
    const demo = await startDemo(world.url(), 1)
    if (!demo.ok) throw new Error(demo.code)
    return aPhone(world, demo.leaderSeat)
  }
  const leader = await started()
  expect(await startDemo(world.url(), 1)).toMatchObject({ code: 'retry-later', retryAfterMs: 60_000 })
  await wish(leader, { type: 'end-run', despiteMissing: true })
  // One that could not begin takes no place.
  await expect
    .poll(() => startDemo('http://127.0.0.1:1', 1).catch(() => 'not let in'), { timeout: 5_000 })
    .toBe('not let in')
  await wish(await started(), { type: 'end-run', despiteMissing: true })
})
