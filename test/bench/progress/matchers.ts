/** The matchers that are scored: ours, and the naive ones people write first. */

import { distanceM } from '../../../shared/geo/distance.ts'
import type { Fix } from '../../../shared/geo/fix.ts'
import { noProgress, progressAfter, progressAt } from '../../../shared/geo/progress/filter.ts'
import { routeMap } from '../../../shared/geo/progress/route-map.ts'
import { nearestOnLine, placeAtM, type RouteLine } from '../../../shared/geo/route.ts'

export type Answer = {
  readonly atM: number | null
  readonly isOff: boolean
  readonly confidence: number
  readonly forecastMps: number
}

/** Asked in order of time: with a fix, or where somebody is without one. */
export type Matcher = (fix: Fix | null, atMs: number) => Answer

export function serik(line: RouteLine): Matcher {
  const map = routeMap(line)
  let state = noProgress
  return (fix, atMs) => {
    if (fix) state = progressAfter(map, state, fix)
    const now = progressAt(map, state, atMs)
    if (!now) return { atM: null, isOff: false, confidence: 0, forecastMps: 0 }
    return { atM: now.atM, isOff: now.isOffRoute, confidence: now.confidence, forecastMps: now.forecastMps }
  }
}

/** The nearest point of the whole line. */
export function globalNearest(line: RouteLine): Matcher {
  return naive(line, (place) => nearestOnLine(line, place))
}

/** The nearest point from 50 m behind to 150 m ahead of the last one, as most do it. */
export function slidingWindow(line: RouteLine): Matcher {
  let lastM = 0
  return naive(line, (place) => {
    const near = nearestBetween(line, place, lastM - 50, lastM + 150)
    lastM = near.atM
    return near
  })
}

/** Off after three fixes beyond 40 m; the pace of the last minute; nothing moves in a gap. */
function naive(line: RouteLine, nearest: (fix: Fix) => { atM: number; distanceM: number }): Matcher {
  let [atM, far, isOff] = [0, 0, false]
  const recent: { atMs: number; atM: number }[] = []
  return (fix, atMs) => {
    if (fix) {
      const near = nearest(fix)
      atM = near.atM
      far = near.distanceM > 40 ? far + 1 : 0
      isOff = far >= 3 || (isOff && far > 0)
      recent.push({ atMs, atM })
      while ((recent[0] as { atMs: number }).atMs < atMs - 60_000) recent.shift()
    }
    const first = recent[0]
    const forecastMps =
      first && atMs > first.atMs ? Math.max(0.5, (atM - first.atM) / ((atMs - first.atMs) / 1_000)) : 2.8
    return { atM: Math.min(line.lengthM, atM), isOff, confidence: 1, forecastMps }
  }
}

function nearestBetween(line: RouteLine, place: Fix, fromM: number, toM: number) {
  let best = { atM: fromM, distanceM: Number.POSITIVE_INFINITY }
  for (let atM = Math.max(0, fromM); atM <= Math.min(line.lengthM, toM); atM += 2) {
    const awayM = distanceM(placeAtM(line, atM), place)
    if (awayM < best.distanceM) best = { atM, distanceM: awayM }
  }
  return best
}
