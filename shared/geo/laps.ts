/** Rounds of a closed course. The line is always written out; this says where on it one lap ends and the next begins. */
import { distanceM } from './distance.ts'
import type { Place } from './fix.ts'
import type { RouteLine } from './route.ts'

export const LAPS_MAX = 100
/** A recording of a loop begins and ends where somebody pressed a button, not on the metre. */
const CLOSED_WITHIN_M = 60

/** `count` laps of `lengthM` each from the start on, at least two; the last one may be cut short. */
export type Laps = { readonly count: number; readonly lengthM: number }

export type LapPlace = {
  /** The first is 1. */
  readonly lap: number
  readonly of: number
  /** Metres since this lap began. */
  readonly inLapM: number
}

/**
 * The lap at so many metres along the route, its seams belonging to the lap that begins there; before the start the first
 * lap's beginning, beyond the end the last one's end. `undefined` on a route without laps.
 */
export function lapAt(
  { laps, lengthM }: { readonly laps?: Laps | undefined; readonly lengthM: number },
  atM: number,
): LapPlace | undefined {
  if (!laps) return undefined
  const alongM = Math.max(0, Math.min(lengthM, atM))
  const lap = Math.min(laps.count, Math.floor(alongM / laps.lengthM) + 1)
  return { lap, of: laps.count, inLapM: alongM - (lap - 1) * laps.lengthM }
}

/** Metres from the last point of a line to its first. */
export const openM = ({ points }: Pick<RouteLine, 'points'>): number =>
  distanceM(points.at(-1) as Place, points[0] as Place)

/** Whether a line ends where it began: within 60 m, and within a quarter of a short line. */
export const isClosed = (line: RouteLine): boolean =>
  line.lengthM > 0 && openM(line) <= Math.min(CLOSED_WITHIN_M, line.lengthM / 4)

/** So many times round: each lap runs from the first point back to it. */
export function lapsWrittenOut(lap: readonly Place[], count: number): Place[] {
  const first = lap[0] as Place
  const round = openM({ points: lap }) > 0 ? [...lap.slice(1), first] : lap.slice(1)
  return [first, ...Array.from({ length: count }, () => round).flat()]
}

/**
 * The one lap of a line that repeats it to the point, as planners and drawings do, and how often. `undefined` for every other
 * line: a recording never repeats itself, and whether its rounds are laps is for its leader to say.
 */
export function lapsIn(
  points: readonly Place[],
): { readonly lap: readonly Place[]; readonly count: number } | undefined {
  const last = points.length - 1
  for (let size = 2; size <= last / 2; size++) {
    if (last % size !== 0 || !isSame(points[size] as Place, points[0] as Place)) continue
    if (points.every((point, index) => isSame(point, points[index % size] as Place)))
      return { lap: points.slice(0, size + 1), count: last / size }
  }
  return undefined
}

const isSame = (a: Place, b: Place): boolean => a.latitudeDeg === b.latitudeDeg && a.longitudeDeg === b.longitudeDeg
