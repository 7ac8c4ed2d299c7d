/**
 * The ceiling: a matcher that has the whole recording, the future too.
 *
 * First the pass (likeliest-way.ts), with pace and noise learned from the recording itself. Then the metres (smooth-metres.ts).
 */
import { eastwardDeg, rulerAt } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import { placeAtM, type RouteLine } from '../../../shared/geo/route.ts'
import { type FlatLine, likeliestWay, type Manner, type Sight } from './likeliest-way.ts'
import type { Moment } from './recording.ts'
import { type Sighted, smoothMetres } from './smooth-metres.ts'

const CELL_M = 10
const SAMPLE_M = 2
/** Passes are chosen from fixes no nearer to each other: their errors are alike. */
const SIGHT_EVERY_S = 5
const ROUNDS = 3
const PACE_OVER_S = 30
const MOVING_SHARE = 0.5
const PACE_LEAST_MPS = 0.5
const SWING_SHARE = { least: 0.1, most: 0.35 }
const NOISE_LEAST_M = 2
/** Median of the size of a Gaussian, in deviations. */
const MEDIAN_SIZE = 0.6745

/** Metres along the line at each moment, inside gaps too; all `null` without a fix. Moments rise in time. */
export function smoothedOf(line: RouteLine, moments: readonly Moment[]): (number | null)[] {
  const origin = line.points[0] as Place
  const { kx, ky } = rulerAt(origin.latitudeDeg)
  const flat = (place: Place) => ({
    eastM: eastwardDeg(origin.longitudeDeg, place.longitudeDeg) * kx,
    northM: (place.latitudeDeg - origin.latitudeDeg) * ky,
  })
  const sights = moments.map(({ truth: { tS }, fix }) => ({ tS, seen: fix && { tS, ...flat(fix) } }))
  const apart: Sight[] = []
  for (const { seen } of sights)
    if (seen && seen.tS >= (apart.at(-1)?.tS ?? Number.NEGATIVE_INFINITY) + SIGHT_EVERY_S) apart.push(seen)
  if (apart.length === 0) return moments.map(() => null)

  const cells = flatLine(line, CELL_M, flat)
  const samples = flatLine(line, SAMPLE_M, flat)
  const usualMps = quantile(chordSpeeds(apart), 0.75)
  let manner: Manner = { usualMps, swingMps: SWING_SHARE.most * usualMps, noiseM: 10 }
  let way: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    way = likeliestWay(cells, apart, manner)
    manner = mannerOf(samples, apart, way, manner)
  }
  return smoothMetres(samples, sights, alongAt(apart, way, sights), manner).map((atM) =>
    Math.max(0, Math.min(line.lengthM, atM)),
  )
}

function flatLine(
  line: RouteLine,
  stepM: number,
  flat: (place: Place) => { readonly eastM: number; readonly northM: number },
): FlatLine {
  const places = Array.from({ length: Math.max(2, Math.ceil(line.lengthM / stepM) + 1) }, (_, step) =>
    flat(placeAtM(line, step * stepM)),
  )
  return {
    stepM,
    lengthM: line.lengthM,
    eastM: Float64Array.from(places, ({ eastM }) => eastM),
    northM: Float64Array.from(places, ({ northM }) => northM),
  }
}

/** A first guess of the pace, without the line: straight from sight to sight. */
function chordSpeeds(sights: readonly Sight[]): number[] {
  return speeds(sights, (from, to) => {
    const [a, b] = [sights[from] as Sight, sights[to] as Sight]
    return Math.hypot(b.eastM - a.eastM, b.northM - a.northM)
  })
}

function speeds(sights: readonly Sight[], movedM: (from: number, to: number) => number): number[] {
  const found: number[] = [PACE_LEAST_MPS]
  let from = 0
  for (const [to, { tS }] of sights.entries()) {
    const sinceS = tS - (sights[from] as Sight).tS
    if (sinceS < PACE_OVER_S) continue
    found.push(movedM(from, to) / sinceS)
    from = to
  }
  return found
}

function mannerOf(line: FlatLine, sights: readonly Sight[], way: readonly number[], { usualMps }: Manner): Manner {
  const paces = speeds(sights, (from, to) => (way[to] as number) - (way[from] as number))
  const moving = paces.filter((mps) => mps > MOVING_SHARE * usualMps)
  const reach = Math.ceil((2 * CELL_M) / line.stepM)
  const aways = sights.map(({ eastM, northM }, index) => {
    const middle = Math.round((way[index] as number) / line.stepM)
    let least = Number.POSITIVE_INFINITY
    for (let sample = Math.max(0, middle - reach); sample <= Math.min(line.eastM.length - 1, middle + reach); sample++)
      least = Math.min(
        least,
        Math.hypot((line.eastM[sample] as number) - eastM, (line.northM[sample] as number) - northM),
      )
    return least
  })
  const learnedMps = moving.length > 0 ? Math.max(PACE_LEAST_MPS, quantile(moving, 0.5)) : usualMps
  // Two deviations lie between these shares of a Gaussian.
  const swing =
    moving.length > 0 ? (quantile(moving, 0.84) - quantile(moving, 0.16)) / 2 / learnedMps : SWING_SHARE.most
  return {
    usualMps: learnedMps,
    swingMps: Math.max(SWING_SHARE.least, Math.min(SWING_SHARE.most, swing)) * learnedMps,
    noiseM: Math.max(NOISE_LEAST_M, quantile(aways, 0.5) / MEDIAN_SIZE),
  }
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] as number

/** The way at each moment, straight between sights. */
function alongAt(sights: readonly Sight[], way: readonly number[], moments: readonly Sighted[]): number[] {
  let next = 0
  return moments.map(({ tS }) => {
    while (next < sights.length - 1 && (sights[next] as Sight).tS < tS) next++
    const before = Math.max(0, next - 1)
    const [fromS, toS] = [(sights[before] as Sight).tS, (sights[next] as Sight).tS]
    const share = toS > fromS ? Math.max(0, Math.min(1, (tS - fromS) / (toS - fromS))) : 1
    return (way[before] as number) + ((way[next] as number) - (way[before] as number)) * share
  })
}
