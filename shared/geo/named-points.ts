import { z } from 'zod/mini'
import { distanceM } from './distance.ts'
import { latitudeDegSchema, longitudeDegSchema, type Place } from './fix.ts'

export const NAMED_POINT_NAME_MAX = 60

/** A place people know by name: a bridge, a water table, the finish. */
export const namedPointSchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAMED_POINT_NAME_MAX)),
  latitudeDeg: latitudeDegSchema,
  longitudeDeg: longitudeDegSchema,
})
export type NamedPoint = z.infer<typeof namedPointSchema>

/** The named point nearest to a place, and how far it is; `undefined` when there is none. Of equals the first. */
export function nearestNamedPoint(
  points: readonly NamedPoint[],
  place: Place,
): { readonly point: NamedPoint; readonly distanceM: number } | undefined {
  let nearest: { point: NamedPoint; distanceM: number } | undefined
  for (const point of points) {
    const awayM = distanceM(point, place)
    if (!nearest || awayM < nearest.distanceM) nearest = { point, distanceM: awayM }
  }
  return nearest
}
