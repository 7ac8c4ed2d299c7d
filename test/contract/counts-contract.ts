import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { SharedCounts } from '../../server/store/shared-counts.ts'

const zeros = (answers: readonly number[]) => answers.filter((waitMs) => waitMs === 0).length

/** The promises of shared-counts.ts. `open` gives two nodes that count together; or one and itself. */
export function countsContract(name: string, open: () => Promise<readonly [SharedCounts, SharedCounts]>): void {
  describe(`${name} keep the contract of counts`, () => {
    test('[SC1] as many get through in a window as there are points, whichever nodes they ask at once', async () => {
      const nodes = await open()
      const asked = Array.from({ length: 60 }, (_, index) => nodes[index % 2 === 0 ? 0 : 1].consume('1.2.3.4', 25, 60))
      const answers = await Promise.all(asked)
      expect(zeros(answers)).toBe(25)
      for (const waitMs of answers.filter((one) => one > 0)) {
        expect(waitMs).toBeGreaterThan(50_000)
        expect(waitMs).toBeLessThanOrEqual(60_000)
      }
    })

    test('[SC1] another key, and another rate, is another count', async () => {
      const [counts] = await open()
      const answers = []
      for (const [key, points] of [
        ['a', 1],
        ['b', 1],
        ['a', 2],
        ['a}b{c', 1],
        ['қ', 1],
      ] as const)
        answers.push(await counts.consume(key, points, 60))
      expect(answers).toEqual([0, 0, 0, 0, 0])
      expect(await counts.consume('a', 1, 60)).toBeGreaterThan(0)
      expect(await counts.consume('a', 2, 60)).toBe(0)
    })

    test('[SC1] who waits as long as was told gets through', async () => {
      const [counts, other] = await open()
      expect(await counts.consume('key', 1, 1)).toBe(0)
      const waitMs = await other.consume('key', 1, 1)
      expect(waitMs).toBeGreaterThan(0)
      await pause(waitMs + 20) // the very time that is tested
      expect(await other.consume('key', 1, 1)).toBe(0)
    })
  })
}
