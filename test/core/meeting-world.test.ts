import { expect, test } from 'vitest'
import { figuresOf } from '../bench/meeting/figures.ts'
import { naive } from '../bench/meeting/naive.ts'
import { rule } from '../bench/meeting/rule.ts'
import { scenarioOf } from '../bench/meeting/scenarios.ts'
import { worldOf } from '../bench/meeting/world.ts'

test('[MT17] in the simulated world the rule keeps nine promises in ten, the air line does not', () => {
  const [scenario, seed] = [scenarioOf('dawn'), 7]
  const byRule = worldOf(scenario, 'open sky', seed, rule)
  const kept = [byRule, worldOf(scenario, 'open sky', seed, naive)].map((deliveries) => figuresOf(deliveries).keptShare)
  expect(kept[0], `seed ${seed}`).toBeGreaterThan(0.85)
  expect(kept[1], `seed ${seed}`).toBeLessThan(0.75)
  expect(worldOf(scenario, 'open sky', seed, rule)).toEqual(byRule)
})
