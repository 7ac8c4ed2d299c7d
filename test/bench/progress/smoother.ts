/**
 * The ceiling: a matcher that has the whole recording, the future too.
 *
 * First the pass (likeliest-way.ts), with pace and noise learned from the recording itself. Then the metres: place and speed along
 * the line and the drifting error of the phone at all moments at once, by Gauss-Newton (the batch form of an iterated
 * Rauch-Tung-Striebel smoother, Bell 1994), with Student's weights for fixes that fit nothing (Lange, Little and Taylor 1989).
 */
import { eastwardDeg, rulerAt } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import { placeAtM, type RouteLine } from '../../../shared/geo/route.ts'
import { leastSquares } from './least-squares.ts'
import { ERROR_MEMORY_S, type FlatLine, likeliestWay, type Manner, type Sight } from './likeliest-way.ts'
import type { Moment } from './recording.ts'

const CELL_M = 10
const SAMPLE_M = 2
/** Passes are chosen from fixes no nearer to each other: their errors are alike. */
const SIGHT_EVERY_S = 5
const ROUNDS = 3
const PACE_OVER_S = 30
const MOVING_SHARE = 0.5
const NOISE_LEAST_M = 2
const SPEED_MEMORY_S = 30
const SPEED_SWING = 0.25
const FRESH_SHARE = 0.3
const FRESH_LEAST_M = 2
const STUDENT_DEGREES = 4
const STEPS = 10
const STEP_MOST_M = 15
/** Half the stretch over which the direction of the line is taken: at the very point of a turn-round it has none. */
const DIRECTION_OVER_M = 6
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
  let manner: Manner = { usualMps: quantile(speedsOf(apart, ({ eastM, northM }) => [eastM, northM]), 0.75), noiseM: 10 }
  let way: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    way = likeliestWay(cells, apart, manner)
    manner = mannerOf(cells, apart, way)
  }
  const guessM = alongAt(apart, way, sights.map(({ tS }) => tS))
  const smooth = smoothed(flatLine(line, SAMPLE_M, flat), sights, guessM, manner)
  return [...smooth].map((atM) => Math.max(0, Math.min(line.lengthM, atM)))
}
