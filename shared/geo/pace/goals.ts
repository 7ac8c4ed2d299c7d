/** Goals of people without a route: so many kilometres, or a place on the map. */
import { SECOND_MS } from '../../units.ts'
import { bearingDeg, distanceM } from '../distance.ts'
import type { Place } from '../fix.ts'
import type { FreeTrack } from './free-estimate.ts'

export type FreeArrival = {
  /** The likely moment. */
  readonly atMs: number
  /** Nine in ten come after it. */
  readonly earliestMs: number
  /** Nine in ten have come by it; `null` for somebody who stands, and may stand on. */
  readonly latestMs: number | null
}

/** `arrival` is `null` when the goal is reached. */
export type DistanceGoal = { readonly remainingM: number; readonly arrival: FreeArrival | null }

export type PasserBy =
  | { readonly kind: 'here' }
  /** `closestM`: how near they come if they hold their course. */
  | { readonly kind: 'coming'; readonly closestM: number; readonly arrival: FreeArrival }
  | { readonly kind: 'elsewhere' }
  /** Stands, has no course yet, or was not heard of for two minutes. */
  | { readonly kind: 'unknown' }

/** Deviations from the middle to the 10th and to the 90th percentile of a Gaussian. */
const DEVIATIONS_80 = 1.2816
const SLOWEST_MPS = 0.3
/** Nobody is judged by pauses before they have been under way for about so long. */
const PAUSES_FROM_MS = 1_200_000
const PAUSE_SHARE_MOST = 0.3
/** Paths bend by so much within a few hundred metres. */
const CONE_DEG = 30
const CONE_MOST_DEG = 60
/** How much longer than the straight line ways to a place ahead are: in the middle, and the longest of ten, near and from a km on. */
const DETOUR = { middle: 1.05, longestNear: 1.3, longestFar: 2 }
const FAR_M = 1_000
const UNHEARD_MS = 120_000
const RADIANS = Math.PI / 180

/**
 * What is left of a distance, and when it is done. The middle is the way left at the forecast pace with pauses as until now, of which the
 * early end knows none and the late end twice as many; the error of the pace is log-normal, so that late is likelier than early.
 */
export function distanceGoal(track: FreeTrack, goalM: number): DistanceGoal {
  const remainingM = Math.max(0, goalM - track.distanceM)
  if (remainingM === 0) return { remainingM, arrival: null }
  const { movingMs, pausedMs } = track
  const share = Math.min(PAUSE_SHARE_MOST, pausedMs / (movingMs + pausedMs + PAUSES_FROM_MS))
  const pauses = share / (1 - share)
  // Who stands has not moved since the newest fix; who moves has gone on from there.
  const fromMs = track.isStopped ? track.atMs : track.takenAtMs
  return { remainingM, arrival: arrivalIn(track, fromMs, remainingM, [1, 1 + pauses, 1 + 2 * pauses]) }
}

/**
 * Whether and when a member comes within `withinM` of a place, if they hold their course: within a cone around it that widens with the
 * distance and with what is not known of the course. Ways are longer than straight lines, which shows in the middle and
 * most in the late end. Method: closest point of approach, as in collision avoidance at sea.
 */
export function passerBy(track: FreeTrack, place: Place, withinM = 100): PasserBy {
  const awayM = distanceM(track.place, place)
  if (track.atMs - track.takenAtMs > UNHEARD_MS) return { kind: 'unknown' }
  if (awayM <= withinM) return { kind: 'here' }
  if (track.courseDeg === null) return { kind: 'unknown' }
  const offRad = (bearingDeg(track.place, place) - track.courseDeg) * RADIANS
  const [aheadM, asideM] = [awayM * Math.cos(offRad), Math.abs(awayM * Math.sin(offRad))]
  const coneDeg = Math.min(CONE_MOST_DEG, CONE_DEG + DEVIATIONS_80 * track.courseSpreadDeg)
  const reachM = withinM + DEVIATIONS_80 * track.spreadM + aheadM * Math.tan(coneDeg * RADIANS)
  if (aheadM <= 0 || asideM > reachM) return { kind: 'elsewhere' }
  const { middle, longestNear, longestFar } = DETOUR
  const longest = longestNear + (longestFar - longestNear) * Math.min(1, awayM / FAR_M)
  return { kind: 'coming', closestM: asideM, arrival: arrivalIn(track, track.atMs, awayM, [1, middle, longest]) }
}

/** Who comes by a place, the soonest first: those who are there, then those who come. */
export function passersBy<Id>(
  tracks: ReadonlyMap<Id, FreeTrack>,
  place: Place,
  withinM?: number,
): { readonly id: Id; readonly passing: Extract<PasserBy, { kind: 'here' | 'coming' }> }[] {
  const found = [...tracks].flatMap(([id, track]) => {
    const passing = passerBy(track, place, withinM)
    return passing.kind === 'here' || passing.kind === 'coming' ? [{ id, passing }] : []
  })
  const atMs = ({ passing }: (typeof found)[number]) => (passing.kind === 'here' ? 0 : passing.arrival.atMs)
  return found.sort((a, b) => atMs(a) - atMs(b))
}

/** `factors`: by how much the way, or its time, is longer than said: at the early end, in the middle, at the late end. */
function arrivalIn(
  track: FreeTrack,
  fromMs: number,
  wayM: number,
  [early, middle, late]: readonly [number, number, number],
): FreeArrival {
  const paceMps = Math.max(SLOWEST_MPS, track.forecastMps)
  const wayMs = (wayM / paceMps) * SECOND_MS
  const paceFactor = Math.exp((DEVIATIONS_80 * track.forecastSpreadMps) / paceMps)
  const placeMs = ((DEVIATIONS_80 * track.spreadM) / paceMps) * SECOND_MS
  const earlierMs = Math.hypot(wayMs * (middle - early / paceFactor), placeMs)
  const laterMs = Math.hypot(wayMs * (late * paceFactor - middle), placeMs)
  const atMs = fromMs + wayMs * middle
  return {
    atMs: Math.max(track.atMs, atMs),
    earliestMs: Math.max(track.atMs, atMs - earlierMs),
    latestMs: track.isStopped ? null : Math.max(track.atMs, atMs + laterMs),
  }
}
