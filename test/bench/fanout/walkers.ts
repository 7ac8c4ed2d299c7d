/** The people of a measurement: each somewhere near the start of the same 20 km, at a pace of its own, seen by a phone that errs. */

import { shortened } from '../../../client/simulate/courses/shortened.ts'
import { courses } from '../../../client/simulate/courses.ts'
import { firstGpsError, nextGpsError, openSky, reportedPlace } from '../../../client/simulate/gps-noise.ts'
import { seededRandom } from '../../../client/simulate/random.ts'
import { bearingDeg } from '../../../shared/geo/distance.ts'
import { placeAtM, routeLine } from '../../../shared/geo/route.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { BenchFix } from './system.ts'

const ROUTE_KM = 20
/** A fix that nobody can believe is not shown, by a server that looks; here every position counts. */
const reception = { ...openSky, outlierChance: 0 }
const FIELD_M = 150
const AHEAD_M = 10
const SPEED_ERROR_MPS = 0.2
const HEADING_ERROR_DEG = 5

export const route = shortened(courses['bike-path'], ROUTE_KM)
const line = routeLine(route.points)

export type Walker = {
  /** What the phone reports now. Called in order of time. */
  fixAt(nowMs: number): BenchFix
}

export function walker(seed: string): Walker {
  const random = seededRandom(seed)
  const startM = random.between(0, FIELD_M)
  const paceMps = random.between(2.6, 3.4)
  let error = firstGpsError(reception, random)
  let startedAtMs: number | undefined
  let lastAtMs = 0

  return {
    fixAt(nowMs) {
      startedAtMs ??= nowMs
      error = nextGpsError(error, Math.max(0, nowMs - lastAtMs) / SECOND_MS, reception, random)
      lastAtMs = nowMs
      const atM = startM + (paceMps * (nowMs - startedAtMs)) / SECOND_MS
      const place = placeAtM(line, atM)
      const headingDeg = bearingDeg(place, placeAtM(line, atM + AHEAD_M)) + HEADING_ERROR_DEG * random.normal()
      return {
        ...reportedPlace(place, error, reception, random),
        takenAtMs: nowMs,
        speedMps: Math.max(0, paceMps + SPEED_ERROR_MPS * random.normal()),
        headingDeg: (headingDeg + 360) % 360,
      }
    },
  }
}
