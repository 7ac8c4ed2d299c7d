/** A finished track as a row of points that know how far and how long it was to each: what splits, curves and sums are made of. */
import type { Fix } from '../fix.ts'
import { freeTrackAt } from '../pace/free-estimate.ts'
import { freeTrackAfter, noFreeTrack } from '../pace/free-track.ts'

export type TrackPoint = {
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  readonly takenAtMs: number
  /** `null` when the phone gave none. */
  readonly altitudeM: number | null
  /** Metres gone, and time spent moving, from the first fix through this one; neither ever falls. */
  readonly distanceM: number
  readonly movingMs: number
}

export type OwnTrack = {
  readonly points: readonly TrackPoint[]
  readonly distanceM: number
  readonly movingMs: number
  /** From the first fix through the last. */
  readonly wholeMs: number
}

/** No phone is at such heights; some trackers say -9999 for "none". */
const ALTITUDE_M = { least: -500, most: 9_000 }

/**
 * The believed fixes of one member, in any order, measured as one way. Distance and moving time are those of `freeTrackAfter` (noise
 * taken off, pauses found), so they agree with what was shown on the way. What it takes back of its last 45 s is taken back here too:
 * no point is farther along than any after it. `null` for less than two fixes.
 */
export function ownTrack(fixes: readonly Fix[]): OwnTrack | null {
  const inOrder = [...fixes].sort((a, b) => a.takenAtMs - b.takenAtMs)
  let state = noFreeTrack
  const points: TrackPoint[] = []
  for (const fix of inOrder) {
    if (fix.takenAtMs <= (points.at(-1)?.takenAtMs ?? Number.NEGATIVE_INFINITY)) continue
    state = freeTrackAfter(state, fix)
    const { distanceM = 0, movingMs = 0 } = freeTrackAt(state, fix.takenAtMs) ?? {}
    const { latitudeDeg, longitudeDeg, takenAtMs, altitudeM } = fix
    const isHigh = altitudeM !== undefined && altitudeM > ALTITUDE_M.least && altitudeM < ALTITUDE_M.most
    points.push({ latitudeDeg, longitudeDeg, takenAtMs, altitudeM: isHigh ? altitudeM : null, distanceM, movingMs })
  }
  const last = points.at(-1)
  const [first] = points
  if (!first || !last || points.length < 2) return null
  let { distanceM, movingMs } = last
  const settled = points.toReversed().map((point) => {
    distanceM = Math.min(distanceM, point.distanceM)
    movingMs = Math.min(movingMs, point.movingMs)
    return { ...point, distanceM, movingMs }
  })
  return {
    points: settled.reverse(),
    distanceM: last.distanceM,
    movingMs: last.movingMs,
    wholeMs: last.takenAtMs - first.takenAtMs,
  }
}

/** The values at so many metres along the track, straight between the two points around it; its ends beyond them. */
export function trackAtM(
  { points }: OwnTrack,
  metres: number,
): { readonly movingMs: number; readonly takenAtMs: number } {
  let [low, high] = [0, points.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((points[middle] as TrackPoint).distanceM < metres) low = middle
    else high = middle
  }
  const [a, b] = [points[low] as TrackPoint, points[high] as TrackPoint]
  const share =
    b.distanceM > a.distanceM ? Math.max(0, Math.min(1, (metres - a.distanceM) / (b.distanceM - a.distanceM))) : 0
  return {
    movingMs: a.movingMs + (b.movingMs - a.movingMs) * share,
    takenAtMs: a.takenAtMs + (b.takenAtMs - a.takenAtMs) * share,
  }
}

/** How far somebody had come at a moment. */
export function trackAtMs({ points }: OwnTrack, atMs: number): number {
  let [low, high] = [0, points.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((points[middle] as TrackPoint).takenAtMs < atMs) low = middle
    else high = middle
  }
  const [a, b] = [points[low] as TrackPoint, points[high] as TrackPoint]
  const share = Math.max(0, Math.min(1, (atMs - a.takenAtMs) / (b.takenAtMs - a.takenAtMs || 1)))
  return a.distanceM + (b.distanceM - a.distanceM) * share
}
