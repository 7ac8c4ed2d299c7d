/** Standing: told from running by how far the newest fixes got, since fixes of somebody who stands wander about. */
import { movedPlace } from '../distance.ts'
import type { Place } from '../fix.ts'
import { type NoiseLevel, noiseOfStepM2 } from './noise-level.ts'
import { firstStep, lengthM, type Moment, offsetsOf, type Step, stepTo } from './step.ts'

export type Pause = Place & {
  /** Fixes the place is the mean of. */
  readonly fixes: number
  /** Mean square of their distance from it. */
  readonly scatterM2: number
  readonly sinceMs: number
  readonly takenAtMs: number
  /** The newest fix, when it is the first away from here. */
  readonly away: Step | null
}

/** Slower than this share of the usual pace may be standing; walking is faster. */
const SLOW_SHARE = 0.45
const SLOW_LEAST_MPS = 0.4
/** Somebody who stands seems faster than so many times the speed of noise once in twenty times. */
const NOISE_TIMES = 1.7
const SEEN_LEAST_MS = 10_000
/** After so long speed shows through whatever noise. */
const SEEN_ENOUGH_MS = 40_000
const NEAR_LEAST_M = 4
const AWAY = { leastM: 8, deviations: 3 }
/** Noise that lasts longer than is assumed shows its size only while somebody stands; what is more than this is walking about. */
const SCATTER_MOST = 4
/** The place of a pause is the mean of the last so many fixes. */
const PAUSE_FIXES = 60

/**
 * The index of the first of the newest steps at which somebody stands, or `undefined`. Looks back as far as the usual pace needs to
 * show through the noise: 10 s under open sky, half a minute among houses.
 */
export function standsFrom(steps: readonly Step[], usualMps: number, noise: NoiseLevel): number | undefined {
  const newest = steps.at(-1) as Step
  const slowMps = SLOW_SHARE * usualMps
  for (let from = steps.length - 3; from >= 1; from--) {
    const seenMs = newest.takenAtMs - (steps[from] as Step).takenAtMs
    const noiseMps = (NOISE_TIMES * Math.sqrt(noiseOfStepM2(noise, seenMs)) * 1_000) / seenMs
    if (seenMs < SEEN_LEAST_MS || (noiseMps > slowMps && seenMs < SEEN_ENOUGH_MS)) continue
    const speedMps = overallSpeedMps(steps, from)
    return speedMps < Math.min(slowMps, Math.max(SLOW_LEAST_MPS, noiseMps)) ? onset(steps, from, noise) : undefined
  }
  return undefined
}

/** From the mean of the first half of the steps from an index on to that of the second: noise averages out. */
function overallSpeedMps(steps: readonly Step[], from: number): number {
  const half = (steps.length - from) >> 1
  let [eastM, northM, afterMs] = [0, 0, 0]
  let [movedEastM, movedNorthM, tookMs] = [0, 0, 0]
  for (let index = from; index < steps.length; index++) {
    const step = steps[index] as Step
    if (index > from) {
      eastM += step.eastM
      northM += step.northM
      afterMs += step.tookMs
    }
    const side = index < from + half ? -1 : index >= steps.length - half ? 1 : 0
    movedEastM += side * eastM
    movedNorthM += side * northM
    tookMs += side * afterMs
  }
  return (Math.hypot(movedEastM, movedNorthM) / tookMs) * 1_000
}

/** The steps of its first half that are not yet near where the second half is were still moving. */
function onset(steps: readonly Step[], from: number, noise: NoiseLevel): number {
  let at = from + ((steps.length - from) >> 1)
  const place = meanPlace(steps.slice(at))
  const nearM = NEAR_LEAST_M + Math.sqrt(noise.varianceM2)
  while (at > from && lengthM(stepTo(place, steps[at - 1] as Step)) < nearM) at--
  return at
}

function meanPlace(steps: readonly Step[]): Step {
  const offsets = offsetsOf(steps)
  const mean = (key: 'eastM' | 'northM') => offsets.reduce((sum, at) => sum + at[key], 0) / steps.length
  return placed(steps[0] as Step, mean('eastM'), mean('northM'))
}

const placed = (step: Step, eastM: number, northM: number): Step => ({ ...step, ...movedPlace(step, eastM, northM) })

/** A pause begun with the steps at which somebody stands already. */
export function pauseOf(steps: readonly Step[]): Pause {
  const { latitudeDeg, longitudeDeg, takenAtMs } = meanPlace(steps)
  const newest = steps.at(-1) as Step
  const { length: fixes } = steps
  return { latitudeDeg, longitudeDeg, fixes, scatterM2: 0, sinceMs: takenAtMs, takenAtMs: newest.takenAtMs, away: null }
}

/**
 * The pause with one more fix in it, or the steps that led out of it: when this fix and the last are both away, each farther than the
 * one before, and within `togetherM` of each other. The way begins at the middle of the pause, so what was wandered there adds nothing.
 */
export function pauseAfter(pause: Pause, fix: Moment, noise: NoiseLevel, togetherM: number): Pause | readonly Step[] {
  const step = stepTo(pause, fix)
  const fromM = lengthM(step)
  const mostM2 = SCATTER_MOST * noise.varianceM2
  const deviationM = Math.sqrt(Math.max(noise.varianceM2, Math.min(mostM2, pause.scatterM2 / 2)))
  if (fromM < AWAY.leastM + AWAY.deviations * deviationM) {
    const fixes = Math.min(PAUSE_FIXES, pause.fixes + 1)
    const place = movedPlace(pause, step.eastM / fixes, step.northM / fixes)
    const scatterM2 = pause.scatterM2 + (fromM ** 2 - pause.scatterM2) / fixes
    return { ...pause, ...place, fixes, scatterM2, takenAtMs: fix.takenAtMs, away: null }
  }
  const { away } = pause
  if (!away || fromM < lengthM(away)) return { ...pause, away: step }
  const onward = stepTo(away, fix)
  return lengthM(onward) < togetherM ? [firstStep(pause), away, onward] : { ...pause, away: step }
}
