/** When a runner likes the next drink: their own plan, by time or by distance. */
import { z } from 'zod/mini'
import { KM_M, MINUTE_MS } from '../units.ts'

export const drinkPlanSchema = z
  .strictObject({
    /** One of these two is given, the other `null`. */
    everyMs: z.nullable(z.int().check(z.minimum(5 * MINUTE_MS), z.maximum(120 * MINUTE_MS))),
    everyM: z.nullable(z.int().check(z.minimum(KM_M / 2), z.maximum(20 * KM_M))),
    drinkMl: z.int().check(z.minimum(50), z.maximum(1_000)),
    /** Carbohydrate, only as the runner set it. */
    carbGPerH: z.nullable(z.int().check(z.minimum(10), z.maximum(120))),
  })
  .check(z.refine(({ everyMs, everyM }) => (everyMs === null) !== (everyM === null), 'by time or by distance'))
export type DrinkPlan = z.infer<typeof drinkPlanSchema>

/** "I have drunk", beside what was handed over. */
export const drunkSchema = z.strictObject({ atMs: z.int(), drinkMl: z.int() })
export type Drunk = z.infer<typeof drunkSchema>
/** Older ones say nothing about now. */
export const DRUNK_KEPT = 40

/** As the leader says. `frost`: phones die of it, and silence says less. */
export const heatSchema = z.enum(['frost', 'cool', 'mild', 'warm', 'hot'])
export type Heat = z.infer<typeof heatSchema>
