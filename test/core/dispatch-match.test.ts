import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../client/simulate/random.ts'
import { assign } from '../../shared/dispatch/assign.ts'
import { costOfWait, matched, type Need, type Task } from '../../shared/dispatch/match.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { courses } from '../bench/dispatch/scenarios.ts'
import { smallCase } from '../bench/dispatch/small.ts'
import { groundOf } from '../bench/dispatch/world.ts'

const NEVER = Number.POSITIVE_INFINITY

/** Every way to give rows different columns, or none. */
function* pairings(rows: number, columns: number, taken: readonly number[] = []): Generator<readonly number[]> {
  if (taken.length === rows) {
    yield taken
    return
  }
  for (let column = -1; column < columns; column++)
    if (column < 0 || !taken.includes(column)) yield* pairings(rows, columns, [...taken, column])
}

function worthOf(costs: readonly (readonly number[])[], given: readonly number[]) {
  const pairs = given.flatMap((column, row) => (column < 0 ? [] : [costs[row]?.[column] ?? NEVER]))
  return { count: pairs.length, sum: pairs.reduce((sum, cost) => sum + cost, 0) }
}

describe('one each', () => {
  test.each([
    [3, 3],
    [3, 5],
    [5, 3],
    [1, 4],
    [4, 1],
  ])('[DI11] %i rows and %i columns: as many pairs as can be, and no others cost less', (rows, columns) => {
    for (let seed = 0; seed < 40; seed++) {
      const random = seededRandom(`assign ${rows} ${columns} ${seed}`)
      const cost = () => (random.next() < 0.25 ? NEVER : Math.round(random.between(-50, 50)))
      const costs = Array.from({ length: rows }, () => Array.from({ length: columns }, cost))
      const best = [...pairings(rows, columns)]
        .map((given) => worthOf(costs, given))
        .filter(({ sum }) => sum < NEVER)
        .reduce((a, b) => (b.count > a.count || (b.count === a.count && b.sum < a.sum) ? b : a))
      expect(worthOf(costs, assign(costs)), `seed ${seed}`).toEqual(best)
    }
  })

  test('[DI11] nobody, nothing and nothing allowed are answered', () => {
    expect(assign([])).toEqual([])
    expect(assign([[], []])).toEqual([-1, -1])
    expect(assign([[NEVER, NEVER]])).toEqual([-1])
  })
})

type OnLine = { readonly atMs: number; readonly atM: number }
const NOW_MS = 1_000 * MINUTE_MS

/** Helpers at metres along a line at 5 m/s, and needs that stand still. */
function lineTask(
  helpersAtM: readonly number[],
  needs: readonly (Partial<Need> & { readonly atM: number })[],
  carries = 100,
): Task<OnLine> {
  return {
    helperCount: helpersAtM.length,
    needs: needs.map(({ sinceMs = NOW_MS, claimedBy = null }) => ({ sinceMs, claimedBy })),
    meet(helper, need, after) {
      const from = after ?? { atMs: NOW_MS, atM: helpersAtM[helper] as number }
      const { atM } = needs[need] as { readonly atM: number }
      return { atM, atMs: from.atMs + (Math.abs(atM - from.atM) / 5) * SECOND_MS }
    },
    canCarry: (_helper, carried) => carried.length <= carries,
  }
}
const ordersOf = (task: Task<OnLine>) => matched(task).map((pass) => pass.map(({ need }) => need))

describe('matched together', () => {
  test('[DI12] who rides to whom is decided for all: the nearest to one may be needed elsewhere', () => {
    // 0 is nearest to both; by turns the second would wait for the far one.
    expect(ordersOf(lineTask([0, -400], [{ atM: 100 }, { atM: -300 }, { atM: 2_000 }]))).toEqual([[0, 2], [1]])
    expect(ordersOf(lineTask([0, 1_000], [{ atM: 600 }, { atM: 3_000 }]))).toEqual([[0], [1]])
  })

  test('[DI12] one may serve several in a pass, in the order of riding', () => {
    expect(ordersOf(lineTask([0], [{ atM: 900 }, { atM: 300 }, { atM: 600 }]))).toEqual([[1, 2, 0]])
  })

  test('[DI12] every need is in one pass, and small cases come out as good as the best there is, or nearly', () => {
    const random = seededRandom('every need')
    for (let round = 0; round < 20; round++) {
      const needs = Array.from({ length: 12 }, () => ({ atM: random.between(0, 5_000) }))
      const passes = ordersOf(lineTask([0, 2_000, 4_000], needs))
      expect(passes.flat().sort((a, b) => a - b)).toEqual(needs.map((_, need) => need))
    }
    const ground = groundOf(courses()[1] ?? expect.fail())
    const ratios = Array.from({ length: 20 }, (_, seed) => smallCase(ground, seed).costRatio)
    for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(1 - 1e-9)
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(1.03)
  })

  test('[DI13] a long wait outweighs the way: who has waited long is served before who is nearer', () => {
    const far = { atM: -600, sinceMs: NOW_MS - 20 * MINUTE_MS }
    expect(ordersOf(lineTask([0], [{ atM: 400 }, far]))).toEqual([[1, 0]])
    expect(ordersOf(lineTask([0], [{ atM: 400 }, { atM: -600 }]))).toEqual([[0, 1]])
    expect(costOfWait(20 * MINUTE_MS)).toBeGreaterThan(2 * costOfWait(10 * MINUTE_MS))
    expect(costOfWait(-MINUTE_MS)).toBe(0)
  })

  test('[DI8] what somebody has claimed stays with them, however near another is', () => {
    expect(ordersOf(lineTask([0, 1_000], [{ atM: 1_000, claimedBy: 0 }, { atM: 100 }]))).toEqual([[1, 0], []])
  })

  test('[DI7] nobody is given more than they carry; what nobody can bring is in no pass, unless it is claimed', () => {
    expect(ordersOf(lineTask([0, 5_000], [{ atM: 10 }, { atM: 20 }], 1)).map((pass) => pass.length)).toEqual([1, 1])
    expect(ordersOf(lineTask([0], [{ atM: 10 }, { atM: 20 }], 1)).flat()).toHaveLength(1)
    expect(ordersOf(lineTask([0], [{ atM: 10 }], 0))).toEqual([[]])
    expect(ordersOf(lineTask([0], [{ atM: 10, claimedBy: 0 }], 0))).toEqual([[0]])
  })

  test('[DI12] nobody and nothing are answered', () => {
    expect(ordersOf(lineTask([], [{ atM: 1 }]))).toEqual([])
    expect(ordersOf(lineTask([1], []))).toEqual([[]])
  })
})
