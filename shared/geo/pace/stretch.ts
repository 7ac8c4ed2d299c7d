/** A row of steps measured together: single steps say too little about what in them is way and what is noise. */
import { type NoiseLevel, noiseOfStepM2 } from './noise-level.ts'
import { lengthM, type Step } from './step.ts'
import { trueChordM } from './true-chord.ts'

/** Sums over single steps, and over each with the one before it (`pair`). Plain data. */
export type Stretch = {
  readonly steps: number
  readonly tookMs: number
  readonly chordSumM: number
  readonly noiseSumM2: number
  readonly pairs: number
  readonly pairChordSumM: number
  readonly pairNoiseSumM2: number
}

export const emptyStretch: Stretch = {
  steps: 0,
  tookMs: 0,
  chordSumM: 0,
  noiseSumM2: 0,
  pairs: 0,
  pairChordSumM: 0,
  pairNoiseSumM2: 0,
}

/** Enough that averaging leaves 1 % of error by noise, few enough that a runner keeps one pace on them. */
export const STRETCH_STEPS = 16
const STEP_MOST_MS = 25_000
/** How much of the shortening from single steps to pairs single steps have had already: 1/3 on bends, 1 at corners. */
const SHORTENED_SHARE = 0.9

/** The sums with the steps after the first of a row, through the one at an index, in them too. Gaps are left out. */
export function stretchWith(stretch: Stretch, steps: readonly Step[], last: number, noise: NoiseLevel): Stretch {
  const sums = { ...stretch }
  for (let index = 1; index <= last; index++) {
    const [before, step] = [steps[index - 1] as Step, steps[index] as Step]
    if (isGap(step)) continue
    sums.steps++
    sums.tookMs += step.tookMs
    sums.chordSumM += lengthM(step)
    sums.noiseSumM2 += noiseOfStepM2(noise, step.tookMs)
    if (before.tookMs === 0 || isGap(before)) continue
    sums.pairs++
    sums.pairChordSumM += Math.hypot(before.eastM + step.eastM, before.northM + step.northM)
    sums.pairNoiseSumM2 += noiseOfStepM2(noise, before.tookMs + step.tookMs)
  }
  return sums
}

export const isGap = ({ tookMs }: Step): boolean => tookMs > STEP_MOST_MS

/**
 * Metres of the way the steps went: their chords without the noise, and with what chords cut off corners and bends, which is seen by
 * how much more chords of two steps cut off. That last part is trusted less the more noise there is.
 * Method: Ranacher et al. 2016 for the noise; Richardson's extrapolation to steps of no length.
 */
export function lengthOfStretchM(stretch: Stretch): number {
  const { steps, pairs } = stretch
  if (steps === 0) return 0
  const noiseM2 = stretch.noiseSumM2 / steps
  const chordM = trueChordM(stretch.chordSumM / steps, noiseM2)
  if (pairs === 0 || chordM === 0) return steps * chordM
  const halfPairM = trueChordM(stretch.pairChordSumM / pairs, stretch.pairNoiseSumM2 / pairs) / 2
  const trust = chordM ** 2 / (chordM ** 2 + noiseM2)
  return steps * Math.max(0, chordM + SHORTENED_SHARE * trust * (chordM - halfPairM))
}
