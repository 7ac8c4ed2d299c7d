/** Fixes of somebody who is truly known to be so far along a line. */
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Fix, Place } from '../../shared/geo/fix.ts'
import { noProgress, type ProgressState, progressAfter, progressAt } from '../../shared/geo/progress/filter.ts'
import { type RouteMap, routeMap } from '../../shared/geo/progress/route-map.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'
import { SECOND_MS } from '../../shared/units.ts'

const START: Place = { latitudeDeg: 51.15, longitudeDeg: 71.42 }

/** A place so many metres east and north of a start in Astana. */
export const at = (eastM: number, northM: number): Place => movedPlace(START, eastM, northM)

/** The map of a line through places given in metres. */
export const mapOf = (...points: readonly (readonly [eastM: number, northM: number])[]): RouteMap =>
  routeMap(routeLine(points.map(([eastM, northM]) => at(eastM, northM))))

/** Out so many metres eastwards, and back. */
export const outAndBack = (legM: number): RouteMap => mapOf([0, 0], [legM, 0], [0, 0])

/** A square lap of 4 x sideM, so many times. */
export function laps(sideM: number, count: number): RouteMap {
  const corners = [
    [sideM, 0],
    [sideM, sideM],
    [0, sideM],
    [0, 0],
  ] as const
  return mapOf([0, 0], ...Array.from({ length: count }, () => corners).flat())
}

/** A fix at a place, `asideM` to its north. */
export const fixAt = (place: Place, tS: number, more: Partial<Fix> = {}): Fix => ({
  ...place,
  takenAtMs: tS * SECOND_MS,
  accuracyM: 8,
  ...more,
})

/** Somebody who moves along a map, and what the filter makes of it: each step takes the metres along at a second. */
export function follow(map: RouteMap, from: ProgressState = noProgress) {
  let state = from
  let lastS = 0
  return {
    /** The fix at a second, that many metres along. */
    fix(tS: number, atM: number, more: Partial<Fix> = {}) {
      return this.seen(fixAt(placeAtM(map.line, atM), tS, more))
    },
    seen(fix: Fix) {
      state = progressAfter(map, state, fix)
      lastS = fix.takenAtMs / SECOND_MS
      return this
    },
    /** A fix each 5 s while moving evenly, both ends included. */
    move(fromS: number, toS: number, fromM: number, toM: number) {
      for (let tS = fromS; tS <= toS; tS += 5) this.fix(tS, fromM + ((toM - fromM) * (tS - fromS)) / (toS - fromS))
      return this
    },
    now(tS = lastS) {
      const progress = progressAt(map, state, tS * SECOND_MS)
      if (!progress) throw new Error('no fix has come near the route')
      return progress
    },
    state: () => state,
  }
}
