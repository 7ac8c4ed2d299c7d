import { expect, test } from 'vitest'
import { firstCome, nearestFirst, together, withPlans } from '../bench/dispatch/rules.ts'
import { courses, plannedRun } from '../bench/dispatch/scenarios.ts'
import { groundOf, outcomeOf } from '../bench/dispatch/world.ts'

const ground = groundOf(courses()[1] ?? expect.fail())
/** The first 25 minutes of it. */
const short = (seed: number) => {
  const run = plannedRun(ground.course, seed)
  return { ...run, needs: run.needs.filter(({ atS }) => atS < 1_500) }
}

test('[DI17] the same seed goes the same way, and everybody is served under each rule', () => {
  for (const rule of [firstCome, nearestFirst, together, withPlans]) {
    const outcome = outcomeOf(ground, short(7), rule)
    expect(outcome.unserved).toBe(0)
    expect(outcome.waitsS.length).toBe(short(7).needs.length)
    expect(outcomeOf(ground, short(7), rule)).toEqual(outcome)
  }
})
