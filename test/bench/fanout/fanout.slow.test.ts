/** The bench itself, small: that what it measures is what happens. Its figures need a machine for itself. */
import { beforeAll, expect, test } from 'vitest'
import { build } from './built.ts'
import { measure } from './measure.ts'

const small = { shape: { runs: 2, members: 3 }, warmUpMs: 1_000, windowMs: 2_000, seed: 'small' }
const oneFixMs = 1_000

beforeAll(build)

test.each(['floor', 'serik-frames', 'serik-all'])(
  '[BE1] everybody in a run sees every position of the others, by %s',
  async (system) => {
    const { expected, delivered, skipped, ageP99Ms, windowS, traffic, cpu } = await measure(system, small)
    const { runs, members } = small.shape
    expect(expected).toBeGreaterThanOrEqual(
      runs * members * (members - 1) * (Math.floor((windowS * 1_000) / oneFixMs) - 1),
    )
    expect(delivered + skipped).toBe(expected)
    expect(skipped).toBeLessThan(expected / 2)
    expect(ageP99Ms).toBeLessThan(5_000)
    expect(Math.min(traffic.receivedBytes, traffic.sentBytes, cpu.length)).toBeGreaterThan(0)
  },
)

test('[BE3] in a large run each audience is shown all that it sees, by turns where it sees hundreds', async () => {
  const { audiences } = await measure('serik-one-run', { ...small, shape: { runs: 1, members: 300 } })
  expect(audiences.map(({ name, people }) => ({ name, people }))).toEqual([
    { name: 'runners', people: 297 },
    { name: 'leaders', people: 3 },
  ])
  for (const { expected, delivered, skipped } of audiences) {
    expect(expected).toBeGreaterThan(0)
    expect(delivered + skipped).toBe(expected)
  }
})

test('[BE4] each request for water is heard of by the cyclist of its run', async () => {
  const { besides } = await measure('serik-water', { ...small, shape: { runs: 2, members: 10 } })
  expect(besides).toMatchObject({ requests: expect.any(Number), unheard: 0 })
  expect(besides.requests).toBeGreaterThan(0)
})
