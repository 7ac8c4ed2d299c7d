/** How far along the route people were in a replay: for kilometres in the service log, and for how long the pack was. */
import { distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { passesOf } from '../../shared/geo/passes.ts'
import type { RouteLine } from '../../shared/geo/route.ts'
import type { ReplayTrack } from '../../shared/replay/replay-line.ts'
import { drawnM, placeAt } from './replay-at.ts'

/** Farther from the line somebody is not on it. */
const ON_ROUTE_M = 60

/**
 * Metres along the route of somebody at a place who has come so far: of the passes of the route near it, the one whose metres fit best to
 * how far they have come. `null` off the route.
 */
export function courseAtM(line: RouteLine, place: Place, goneM: number): number | null {
  const passes = passesOf(line, place, ON_ROUTE_M)
  let best: number | null = null
  for (const atM of passes) if (best === null || Math.abs(atM - goneM) < Math.abs(best - goneM)) best = atM
  return best
}

/** One person's metres along at even times. Without a route: metres of their own way. */
export function alongAtTimes(
  track: ReplayTrack,
  line: RouteLine | null,
  fromTick: number,
  everyTicks: number,
  count: number,
): Float32Array {
  const along = new Float32Array(count).fill(Number.NaN)
  let before: { readonly place: Place; readonly atM: number } | null = null
  for (let step = 0; step < count; step++) {
    const tick = fromTick + step * everyTicks
    const place = placeAt(track, tick)
    if (place?.is !== 'known') continue
    // What was reckoned before is put right by where the route says they are, so errors do not add up.
    const goneM: number = before ? before.atM + distanceM(before.place, place) : line ? 0 : drawnM(track, tick)
    const atM = line ? courseAtM(line, place, goneM) : goneM
    if (atM !== null) along[step] = atM
    before = { place, atM: atM ?? goneM }
  }
  return along
}

/** From the first to the last of those on the course, at even times; `NaN` where fewer than two are. */
export function spreadOf(alongs: readonly Float32Array[]): Float32Array {
  const count = alongs[0]?.length ?? 0
  const spread = new Float32Array(count).fill(Number.NaN)
  for (let step = 0; step < count; step++) {
    let [least, most, known] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
    for (const along of alongs) {
      const atM = along[step] ?? Number.NaN
      if (Number.isNaN(atM)) continue
      known++
      least = Math.min(least, atM)
      most = Math.max(most, atM)
    }
    if (known > 1) spread[step] = most - least
  }
  return spread
}
