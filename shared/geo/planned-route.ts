/** The route of a run as everybody is given it: the line, the places with a name, the laps. */
import type { Place } from './fix.ts'
import type { Laps } from './laps.ts'
import type { NamedPoint } from './named-points.ts'
import { passesOf } from './passes.ts'
import { routeLine } from './route.ts'

/** A water table stands beside the path; the other bank of a river is farther away. */
const BESIDE_ROUTE_M = 40

export type PlannedRoute = {
  /** In order, every pass, lap and turn-round written out. */
  readonly points: readonly Place[]
  /** `atM`: where the route passes it, in order; empty when it stays away. */
  readonly namedPoints: readonly (NamedPoint & { readonly atM: readonly number[] })[]
  /** Of the line as it is given here: where progress ends. */
  readonly lengthM: number
  readonly laps?: Laps | undefined
}

/** Measures a line and finds its named points along it. Throws RangeError when there is no point. */
export function plannedRoute(points: readonly Place[], namedPoints: readonly NamedPoint[], laps?: Laps): PlannedRoute {
  const line = routeLine(points)
  return {
    points: line.points,
    namedPoints: namedPoints.map(({ name, latitudeDeg, longitudeDeg }) => ({
      name,
      latitudeDeg,
      longitudeDeg,
      atM: passesOf(line, { latitudeDeg, longitudeDeg }, BESIDE_ROUTE_M).map(Math.round),
    })),
    lengthM: line.lengthM,
    ...(laps && { laps }),
  }
}
