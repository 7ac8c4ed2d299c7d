/** When a runner likes the next drink: their own plan, by time or by distance. */
import { z } from 'zod/mini'
import { KM_M, MINUTE_MS } from '../units.ts'

/** The least and the most of each. */
export const drinkPlanLimits = {
  everyMs: [5 * MINUTE_MS, 120 * MINUTE_MS],
  everyM: [KM_M / 2, 20 * KM_M],
  drinkMl: [50, 1_000],
  carbGPerH: [10, 120],
} as const

const within = ([least, most]: readonly [number, number]) => z.int().check(z.minimum(least), z.maximum(most))

export const drinkPlanSchema = z
  .strictObject({
    /** One of these two is given, the other `null`. */
    everyMs: z.nullable(within(drinkPlanLimits.everyMs)),
    everyM: z.nullable(within(drinkPlanLimits.everyM)),
    drinkMl: within(drinkPlanLimits.drinkMl),
    /** Carbohydrate, only as the runner set it. */
    carbGPerH: z.nullable(within(drinkPlanLimits.carbGPerH)),
  })
  .check(z.refine(({ everyMs, everyM }) => (everyMs === null) !== (everyM === null), 'by time or by distance'))
export type DrinkPlan = z.infer<typeof drinkPlanSchema>

/** "I have drunk", beside what was handed over. */
export const drunkSchema = z.strictObject({ atMs: z.int(), drinkMl: z.int() })
export type Drunk = z.infer<typeof drunkSchema>
/** Older ones say nothing about now. */
export const DRUNK_KEPT = 40

/** As the leader says. `frost`: phones die of it, and silence says less. */
export const heats = ['frost', 'cool', 'mild', 'warm', 'hot'] as const
export const heatSchema = z.enum(heats)
export type Heat = z.infer<typeof heatSchema>
