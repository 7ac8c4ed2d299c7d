/** What is said of a member without a route at a moment: the free counterpart of `progress.ts`. */
import { movedPlace } from '../distance.ts'
import type { Place } from '../fix.ts'
import { closedFreeTrack, type FreeTrackState } from './free-track.ts'
import { noiseOfStepM2 } from './noise-level.ts'
import { offsetsOf, type Step, stepTo } from './step.ts'
import { emptyStretch, lengthOfStretchM, stretchWith } from './stretch.ts'
import { paceSpreadMps } from './usual-pace.ts'

export type FreeTrack = {
  /** Smoothed, and dead-reckoned from the newest fix to `atMs` for at most two minutes. */
  readonly place: Place
  /** One standard deviation of the place along each axis; grows with the age of the newest fix. */
  readonly spreadM: number
  readonly atMs: number
  /** When the newest fix in it was taken. */
  readonly takenAtMs: number
  /** Where to: 0 north, 90 east. `null` for somebody who stands, or has one fix. */
  readonly courseDeg: number | null
  /** One standard deviation of the course as it is now, not of where the path will turn. */
  readonly courseSpreadDeg: number
  /** Of the last 45 s. */
  readonly speedMps: number
  /** The pace to forecast with: of the last 5 to 10 min of moving. */
  readonly forecastMps: number
  /** One standard deviation of the forecast pace. */
  readonly forecastSpreadMps: number
  /** Metres gone through the newest fix. The last 45 s of them are provisional and may shrink by a few. */
  readonly distanceM: number
  readonly movingMs: number
  readonly pausedMs: number
  readonly isStopped: boolean
}

/** The newest steps, weighed by age: a line through them is where somebody is and where to. */
const AIM_MS = 25_000
const AIM_FADES_MS = 10_000
const RECKONED_MOST_MS = 120_000
/** Of metres not seen, so many are aside or ahead of where they were reckoned. */
const RECKONED_SPREAD = 0.4
const DEGREES = 180 / Math.PI
const COURSE_UNKNOWN_DEG = 104

/**
 * The estimate at a moment, or `undefined` before the first fix. A moment before the newest fix is taken as that of the fix.
 * Method: place and course are a line fitted to the newest steps by least squares with fading weights; for the
 * rest see `freeTrackAfter`.
 */
export function freeTrackAt(state: FreeTrackState, atMs: number): FreeTrack | undefined {
  const { pause, newest } = state
  const last = pause ?? newest ?? state.steps.at(-1)
  if (!last) return undefined
  const { distanceM, movingMs, pausedMs, pace } = closedFreeTrack(state)
  const pausingMs = pause ? pause.takenAtMs - pause.sinceMs : 0
  const noiseM = Math.sqrt(state.noise.varianceM2)
  const aim = aimOf(newest ? [...state.steps, stepTo(state.steps.at(-1) as Step, newest)] : state.steps)
  const speedMps = pause ? 0 : speedNowMps(state)
  const reckonedMs = Math.max(0, Math.min(RECKONED_MOST_MS, atMs - last.takenAtMs))
  const unseenM = (Math.max(speedMps, pause ? 0 : pace.speedMps) * Math.max(0, atMs - last.takenAtMs)) / 1_000
  const reckonedM = (speedMps * reckonedMs) / 1_000
  const courseRad = Math.atan2(aim.eastMps, aim.northMps)
  const hasCourse = !pause && aim.seenMs > 0 && speedMps > 0
  const noiseMps = (Math.sqrt(noiseOfStepM2(state.noise, aim.seenMs)) * 1_000) / aim.seenMs
  return {
    place: pause
      ? { latitudeDeg: pause.latitudeDeg, longitudeDeg: pause.longitudeDeg }
      : movedPlace(
          last,
          aim.eastM + (hasCourse ? reckonedM * Math.sin(courseRad) : 0),
          aim.northM + (hasCourse ? reckonedM * Math.cos(courseRad) : 0),
        ),
    spreadM: Math.hypot(noiseM, RECKONED_SPREAD * unseenM),
    atMs: Math.max(atMs, last.takenAtMs),
    takenAtMs: last.takenAtMs,
    courseDeg: hasCourse ? (courseRad * DEGREES + 360) % 360 : null,
    courseSpreadDeg: hasCourse
      ? Math.min(COURSE_UNKNOWN_DEG, Math.atan2(noiseMps, speedMps) * DEGREES)
      : COURSE_UNKNOWN_DEG,
    speedMps,
    forecastMps: pace.speedMps,
    forecastSpreadMps: paceSpreadMps(pace),
    distanceM,
    movingMs,
    pausedMs: pausedMs + pausingMs,
    isStopped: pause !== null,
  }
}

function speedNowMps({ steps, noise }: FreeTrackState): number {
  const stretch = stretchWith(emptyStretch, steps, steps.length - 1, noise)
  return stretch.tookMs > 0 ? (lengthOfStretchM(stretch) / stretch.tookMs) * 1_000 : 0
}

type Aim = { eastM: number; northM: number; eastMps: number; northMps: number; seenMs: number }

/** The fitted line: metres from the newest step to where it ends, and its speed along each axis. */
function aimOf(steps: readonly Step[]): Aim {
  const newestMs = steps.at(-1)?.takenAtMs ?? 0
  const from = steps.findIndex(({ takenAtMs }) => newestMs - takenAtMs <= AIM_MS)
  // A step across a gap still says where to, when there is no other.
  const recent = steps.slice(Math.max(0, Math.min(from, steps.length - 2)))
  const offsets = offsetsOf(recent)
  const last = offsets.at(-1) ?? { eastM: 0, northM: 0, afterMs: 0 }
  let [weights, t, tt, east, north, te, tn] = [0, 0, 0, 0, 0, 0, 0]
  for (const at of offsets) {
    const agoS = (at.afterMs - last.afterMs) / 1_000
    const weight = Math.exp((agoS * 1_000) / AIM_FADES_MS)
    weights += weight
    t += weight * agoS
    tt += weight * agoS * agoS
    east += weight * (at.eastM - last.eastM)
    north += weight * (at.northM - last.northM)
    te += weight * agoS * (at.eastM - last.eastM)
    tn += weight * agoS * (at.northM - last.northM)
  }
  const spread = weights * tt - t * t
  if (!(spread > 1e-9)) return { eastM: 0, northM: 0, eastMps: 0, northMps: 0, seenMs: 0 }
  const [eastMps, northMps] = [(weights * te - t * east) / spread, (weights * tn - t * north) / spread]
  return {
    eastM: (east - eastMps * t) / weights,
    northM: (north - northMps * t) / weights,
    eastMps,
    northMps,
    seenMs: last.afterMs,
  }
}
