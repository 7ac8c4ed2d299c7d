/**
 * The planned line of a run, measured by arc length.
 *
 * A place may lie on the line several times (out and back, laps): only metres along the line tell the passes apart,
 * so nothing here merges, sorts or drops passes.
 */
import { distanceM, eastwardDeg, placeBetween, rulerAt } from './distance.ts'
import type { Place } from './fix.ts'

export type RouteLine = {
  readonly points: readonly Place[]
  /** Metres from the start to each point; as many as points, rising, first 0. */
  readonly atM: readonly number[]
  readonly lengthM: number
}

/** The length a simplified line keeps, where its point limit allows. */
export const KEPT_LENGTH_SHARE = 0.985
export const SIMPLIFIED_POINTS_MAX = 5_000
/** Two passes this equally near are equally near: their order, not rounding, chooses between them. */
const SAME_SPOT_M2 = 1e-6
const ROUNDING = 1e-9
/** An end of a part so near to a point of the line is that point. */
const SAME_POINT_M = 0.01
/** Longer input is first cut into so many parts, which bounds the work for lines made to be slow. */
const PARTS_OF_LONG_LINE = 500

/**
 * Measures a line. Drops only points equal to the one before; keeps order, every pass and turn-round.
 * Throws RangeError when there is no point.
 */
export function routeLine(points: readonly Place[]): RouteLine {
  const kept: Place[] = []
  const atM: number[] = []
  let lengthM = 0
  for (const { latitudeDeg, longitudeDeg } of points) {
    const point = { latitudeDeg, longitudeDeg }
    const before = kept.at(-1)
    if (before) {
      if (before.latitudeDeg === latitudeDeg && before.longitudeDeg === longitudeDeg) continue
      lengthM += distanceM(before, point)
    }
    kept.push(point)
    atM.push(lengthM)
  }
  if (kept.length === 0) throw new RangeError('a route needs a point')
  return { points: kept, atM, lengthM }
}

/** The place so many metres along the line; before the start the start, beyond the end the end. */
export function placeAtM(line: RouteLine, metres: number): Place {
  const { points, atM } = line
  if (!(metres > 0)) return points[0] as Place
  if (metres >= line.lengthM) return points.at(-1) as Place
  let [low, high] = [0, points.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((atM[middle] as number) <= metres) low = middle
    else high = middle
  }
  const [fromM, toM] = [atM[low] as number, atM[high] as number]
  return placeBetween(points[low] as Place, points[high] as Place, (metres - fromM) / (toM - fromM || 1))
}

/** The line from one distance along it to another, every point between and both ends, which are the line's own points where they fall on one. */
export function partOfLine(line: RouteLine, fromM: number, toM: number): Place[] {
  const { points, atM } = line
  const [first, last] = [
    atM.findIndex((m) => m >= fromM - SAME_POINT_M),
    atM.findLastIndex((m) => m <= toM + SAME_POINT_M),
  ]
  const startsOnPoint = (atM[first] ?? Number.POSITIVE_INFINITY) <= fromM + SAME_POINT_M
  const endsOnPoint = (atM[last] ?? 0) >= toM - SAME_POINT_M
  return [
    ...(startsOnPoint ? [] : [placeAtM(line, fromM)]),
    ...points.slice(first < 0 ? points.length : first, last + 1),
    ...(endsOnPoint ? [] : [placeAtM(line, toM)]),
  ]
}

/**
 * Tells of each segment the point nearest to a place: its share of the segment, its distance squared, and that of the segment's
 * beginning. On a plane at the place's latitude. A line of one point is one segment from it to itself.
 */
export function forEachSegment(
  { points }: RouteLine,
  place: Place,
  tell: (index: number, share: number, squareM2: number, fromSquareM2: number) => void,
): void {
  const { kx, ky } = rulerAt(place.latitudeDeg)
  const eastM = (point: Place) => eastwardDeg(place.longitudeDeg, point.longitudeDeg) * kx
  const northM = (point: Place) => (point.latitudeDeg - place.latitudeDeg) * ky
  const first = points[0] as Place
  let [fromEastM, fromNorthM] = [eastM(first), northM(first)]
  const last = Math.max(1, points.length - 1)
  for (let index = 0; index < last; index++) {
    const to = points[index + 1] ?? first
    const [toEastM, toNorthM] = [eastM(to), northM(to)]
    const [stepEastM, stepNorthM] = [toEastM - fromEastM, toNorthM - fromNorthM]
    const stepSquare = stepEastM ** 2 + stepNorthM ** 2
    const along = stepSquare > 0 ? -(fromEastM * stepEastM + fromNorthM * stepNorthM) / stepSquare : 0
    const share = Math.max(0, Math.min(1, along))
    const square = (fromEastM + stepEastM * share) ** 2 + (fromNorthM + stepNorthM * share) ** 2
    tell(index, share, square, fromEastM ** 2 + fromNorthM ** 2)
    fromEastM = toEastM
    fromNorthM = toNorthM
  }
}

/** Metres along the line at a share of one of its segments. */
export function segmentAtM({ atM }: RouteLine, index: number, share: number): number {
  const fromM = atM[index] as number
  return fromM + ((atM[index + 1] ?? fromM) - fromM) * share
}

/**
 * The point of the line nearest to a place: metres along, and metres away. Of equally near passes the first, so where a line
 * meets itself this does not tell which pass a runner is on; see passes.ts.
 */
export function nearestOnLine(line: RouteLine, place: Place): { readonly atM: number; readonly distanceM: number } {
  let [bestAtM, bestSquare] = [0, Number.POSITIVE_INFINITY]
  forEachSegment(line, place, (index, share, square) => {
    if (square + SAME_SPOT_M2 >= bestSquare * (1 - ROUNDING)) return
    bestSquare = square
    bestAtM = segmentAtM(line, index, share)
  })
  return { atM: bestAtM, distanceM: distanceM(place, placeAtM(line, bestAtM)) }
}

type Part = { readonly from: number; readonly to: number; readonly splitAt: number; readonly lossM: number }

/**
 * Some of the points, in order, first and last among them, at most 5,000. No place of the line is moved by more than the tolerance
 * from where it was *at the same share of the way*, and every part keeps 98.5 % of its length, so turn-rounds,
 * retraced legs and laps stay. A line too long and crooked for 5,000 points loses its smallest wiggles instead.
 * Method: Douglas-Peucker, worst part first, with the distance of Meratnia and de By 2004 (TD-TR) over arc length instead of time.
 */
export function simplifyLine(points: readonly Place[], toleranceM: number): Place[] {
  if (points.length < 3) return [...points]
  const line = routeLine(points)
  const last = line.points.length - 1
  const stride = last > SIMPLIFIED_POINTS_MAX ? Math.ceil(last / PARTS_OF_LONG_LINE) : Math.max(1, last)
  const kept = new Set([0, last])
  const waiting: Part[] = []
  for (let from = 0; from < last; from += stride) {
    const to = Math.min(last, from + stride)
    kept.add(to)
    queuePart(waiting, partOf(line, from, to, toleranceM))
  }
  for (let worst = waiting.pop(); worst && kept.size < SIMPLIFIED_POINTS_MAX; worst = waiting.pop()) {
    kept.add(worst.splitAt)
    queuePart(waiting, partOf(line, worst.from, worst.splitAt, toleranceM))
    queuePart(waiting, partOf(line, worst.splitAt, worst.to, toleranceM))
  }
  return [...kept].sort((a, b) => a - b).map((index) => line.points[index] as Place)
}

/** What is lost if nothing between two points is kept, and where to split; `undefined` when that is little enough. */
function partOf(line: RouteLine, from: number, to: number, toleranceM: number): Part | undefined {
  if (to - from < 2) return undefined
  const [a, b] = [line.points[from] as Place, line.points[to] as Place]
  const [fromM, toM] = [line.atM[from] as number, line.atM[to] as number]
  let [splitAt, strayM] = [from + 1, -1]
  for (let index = from + 1; index < to; index++) {
    const share = ((line.atM[index] as number) - fromM) / (toM - fromM)
    const awayM = distanceM(placeBetween(a, b, share), line.points[index] as Place)
    if (awayM > strayM) [splitAt, strayM] = [index, awayM]
  }
  const chordM = distanceM(a, b)
  if (strayM <= toleranceM && chordM >= KEPT_LENGTH_SHARE * (toM - fromM)) return undefined
  return { from, to, splitAt, lossM: Math.max(strayM, toM - fromM - chordM) }
}

/** Keeps the waiting parts sorted, the greatest loss last. */
function queuePart(waiting: Part[], part: Part | undefined): void {
  if (!part) return
  let [low, high] = [0, waiting.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((waiting[middle] as Part).lossM <= part.lossM) low = middle + 1
    else high = middle
  }
  waiting.splice(low, 0, part)
}
