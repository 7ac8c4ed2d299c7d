/** How high it went. Phones err by several metres in height, slowly: what is summed up must be more than that. */
import type { OwnTrack, TrackPoint } from './own-track.ts'

export type HeightPoint = { readonly atM: number; readonly altitudeM: number }
export type Heights = {
  /** Smoothed, in order along the track. */
  readonly curve: readonly HeightPoint[]
  readonly gainM: number
  readonly lossM: number
}

/** With heights at fewer of the points there is nothing to say. */
const KNOWN_SHARE = 0.5
const EVERY_M = 25
/** Of the bell that smooths. Waves shorter than some 400 m are mostly error. */
const SIGMA_M = 90
/** A rise or fall counts once it is more than so many times what single heights err by, and then all of it. */
const TURN = { errors: 14, leastM: 3, mostM: 16 }
const NEXT_MS = 15_000

/**
 * `null` when the phone gave no heights, or too few. The curve is a mean weighted by a bell over distance (sigma 90 m); ascents and
 * descents are summed between turning points that differ by 3 m where a phone has a barometer, by up to 16 m where its heights are rough (GPS alone).
 * Standing still adds nothing, however long.
 */
export function heightsOf(track: OwnTrack): Heights | null {
  const known = track.points.filter(({ altitudeM }) => altitudeM !== null)
  if (known.length < 2 || known.length < KNOWN_SHARE * track.points.length) return null
  const curve = smoothed(
    binned(known.map(({ distanceM, altitudeM }) => ({ atM: distanceM, altitudeM: altitudeM ?? 0 }))),
  )
  return { curve, ...climbsOf(curve, turnM(known)) }
}

/** One mean each 25 m: fixes of somebody who stands count as one place. */
function binned(points: readonly HeightPoint[]): HeightPoint[] {
  const bins = new Map<number, { sumM: number; count: number }>()
  for (const { atM, altitudeM } of points) {
    const at = Math.round(atM / EVERY_M)
    const bin = bins.get(at) ?? { sumM: 0, count: 0 }
    bins.set(at, { sumM: bin.sumM + altitudeM, count: bin.count + 1 })
  }
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([at, { sumM, count }]) => ({ atM: at * EVERY_M, altitudeM: sumM / count }))
}

function smoothed(points: readonly HeightPoint[]): HeightPoint[] {
  let from = 0
  return points.map(({ atM }) => {
    while ((points[from] as HeightPoint).atM < atM - 3 * SIGMA_M) from++
    let [sum, weights] = [0, 0]
    for (let index = from; index < points.length; index++) {
      const point = points[index] as HeightPoint
      if (point.atM > atM + 3 * SIGMA_M) break
      const weight = Math.exp(-(((point.atM - atM) / SIGMA_M) ** 2) / 2)
      sum += weight * point.altitudeM
      weights += weight
    }
    return { atM, altitudeM: sum / weights }
  })
}

/** By how far each height is off the line between the one before and the one after. */
function turnM(points: readonly TrackPoint[]): number {
  let [sum, count] = [0, 0]
  for (let index = 1; index + 1 < points.length; index++) {
    const [a, b, c] = points.slice(index - 1, index + 2) as [TrackPoint, TrackPoint, TrackPoint]
    if (c.takenAtMs - a.takenAtMs > 2 * NEXT_MS) continue
    sum += ((b.altitudeM ?? 0) - ((a.altitudeM ?? 0) + (c.altitudeM ?? 0)) / 2) ** 2
    count++
  }
  const errorM = count > 0 ? Math.sqrt(sum / count) : 0
  return Math.max(TURN.leastM, Math.min(TURN.mostM, TURN.errors * errorM))
}

function climbsOf(curve: readonly HeightPoint[], turnM: number): { gainM: number; lossM: number } {
  let [gainM, lossM] = [0, 0]
  let [low, high] = [curve[0]?.altitudeM ?? 0, curve[0]?.altitudeM ?? 0]
  let heading: 'up' | 'down' | null = null
  for (const { altitudeM } of curve) {
    if (heading !== 'down' && altitudeM < high - turnM) {
      if (heading === 'up') gainM += high - low
      ;[heading, low] = ['down', altitudeM]
    } else if (heading !== 'up' && altitudeM > low + turnM) {
      if (heading === 'down') lossM += high - low
      ;[heading, high] = ['up', altitudeM]
    }
    if (heading === 'up' || heading === null) high = Math.max(high, altitudeM)
    if (heading === 'down' || heading === null) low = Math.min(low, altitudeM)
  }
  if (heading === 'up') gainM += high - low
  if (heading === 'down') lossM += high - low
  return { gainM, lossM }
}
