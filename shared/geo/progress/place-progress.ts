/** Progress as it travels beside a place: as of the moment the fix was taken, which the place tells. */
import { z } from 'zod/mini'
import type { Progress } from './progress.ts'

export const placeProgressSchema = z.strictObject({
  /** Metres along the route when the fix was taken, laps and returns written out. */
  atM: z.number(),
  /** One standard deviation of `atM`, if the pass is right. */
  spreadM: z.number(),
  /** Along the route, of the last 30 to 45 s; negative towards the start. */
  speedMps: z.number(),
  /** The pace to forecast with: of the last 5 to 10 min of moving. */
  forecastMps: z.number(),
  /** One standard deviation of the forecast pace. */
  forecastSpreadMps: z.number(),
  /** Chance, 0 to 1, that the truth is within 50 m of `atM`. */
  confidence: z.number(),
  /** The strongest other place, when it has a real chance, 0 to 1: the same spot a lap on, or the other leg. */
  rival: z.nullable(z.strictObject({ atM: z.number(), share: z.number() })),
  isOffRoute: z.boolean(),
  isWrongWay: z.boolean(),
  isStopped: z.boolean(),
})
export type PlaceProgress = z.infer<typeof placeProgressSchema>

export const besidePlace = ({ atMs: _, takenAtMs: __, ...progress }: Progress): PlaceProgress => progress
