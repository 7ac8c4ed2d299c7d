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
    expect(ageP99Ms).toBeLessThan(2_500)
    expect(Math.min(traffic.receivedBytes, traffic.sentBytes, cpu.length)).toBeGreaterThan(0)
  },
)
