/**
 * A member's way without a route, one fix at a time: how far, how fast, where to, standing or moving.
 *
 * The state is bounded plain data: the steps of the last 45 s, which later fixes may still explain as a bend, a pause or noise,
 * and sums of everything before. What it says is in `free-estimate.ts`.
 */
import type { Fix } from '../fix.ts'
import { type NoiseLevel, noiseAfter, noiseOfStepM2, unknownNoise } from './noise-level.ts'
import { type Pause, pauseAfter, pauseOf, standsFrom } from './standing.ts'
import { firstStep, lengthM, type Moment, type Step, stepTo } from './step.ts'
import { emptyStretch, isGap, lengthOfStretchM, STRETCH_STEPS, type Stretch, stretchWith } from './stretch.ts'
import { trueChordM } from './true-chord.ts'
import { paceAfter, type UsualPace, unknownPace } from './usual-pace.ts'

export type FreeTrackState = {
  /** The newest, oldest first; the first of them is counted already. */
  readonly steps: readonly Step[]
  /** A newer fix that came too soon to be a step. */
  readonly newest: Moment | null
  /** A fix that cannot be, unless the next one agrees with it. */
  readonly doubted: Moment | null
  readonly pause: Pause | null
  readonly noise: NoiseLevel
  readonly pace: UsualPace
  /** Counted steps that are not in the sums yet. */
  readonly stretch: Stretch
  readonly distanceM: number
  readonly movingMs: number
  readonly pausedMs: number
}

export const noFreeTrack: FreeTrackState = {
  steps: [],
  newest: null,
  doubted: null,
  pause: null,
  noise: unknownNoise,
  pace: unknownPace,
  stretch: emptyStretch,
  distanceM: 0,
  movingMs: 0,
  pausedMs: 0,
}

/** Of fixes that come more often some are left out: short steps are all noise. */
const STEP_LEAST_MS = 4_000
const COUNTED_AFTER_MS = 45_000
/** A fix is doubted when it is off by more than this, and the noise, and what one may turn aside or run meanwhile. */
const DOUBTED_M = 25
const DOUBTED_DEVIATIONS = 2.5
/** Nobody goes on in a straight line for longer. */
const FORESEEN_MS = 30_000
/** In a gap somebody goes on at their pace, but on no greater detour than half a circle. */
const DETOUR = Math.PI / 2
/** Steps whose times differ by more say nothing of the noise. */
const UNEVEN = 1.5

/**
 * The state after one more believed fix, in the order they were taken; one not newer than the last changes nothing. Reported
 * accuracies, speeds and headings are not used. Methods: the length of noisy steps after Ranacher et al. 2016 (`stretch.ts`), with the noise
 * learned from third differences (`noise-level.ts`), at a fixed lag of 45 s, in which pauses are found (`standing.ts`).
 */
export function freeTrackAfter(state: FreeTrackState, fix: Fix): FreeTrackState {
  if (state.pause) return afterPause(state, state.pause, fix)
  const last = state.steps.at(-1)
  if (!last) return { ...state, steps: [firstStep(fix)] }
  const step = stepTo(last, fix)
  if (step.tookMs <= (state.newest?.takenAtMs ?? last.takenAtMs) - last.takenAtMs) return state
  if (isOutOfTheWay(state, step) && !agreesWithDoubted(state, step)) return { ...state, doubted: momentOf(step) }
  if (step.tookMs < STEP_LEAST_MS) return { ...state, newest: momentOf(step), doubted: null }
  const steps = [...state.steps, step]
  const noise = learnedNoise(state.noise, steps)
  const next = { ...state, steps, noise, newest: null, doubted: null }
  const from = standsFrom(steps, state.pace.speedMps, noise)
  if (from === undefined) return countedUntil(next, step.takenAtMs - COUNTED_AFTER_MS)
  return { ...closed(countedThrough(next, from)), steps: [], pause: pauseOf(steps.slice(from)) }
}

function afterPause(state: FreeTrackState, pause: Pause, fix: Fix): FreeTrackState {
  const sinceMs = fix.takenAtMs - (pause.away ?? pause).takenAtMs
  if (sinceMs < STEP_LEAST_MS) return state
  const togetherM = DOUBTED_M + 2 * metresIn(sinceMs, state.pace)
  const after = pauseAfter(pause, fix, state.noise, togetherM)
  if ('sinceMs' in after) return { ...state, pause: after }
  return { ...state, pause: null, steps: after, pausedMs: state.pausedMs + pause.takenAtMs - pause.sinceMs }
}

/** All steps counted and summed, as if nothing more came. */
export const closedFreeTrack = (state: FreeTrackState): FreeTrackState =>
  closed(countedThrough(state, state.steps.length - 1))

/** What one runs at the usual pace. */
const metresIn = (ms: number, { speedMps }: UsualPace): number => (speedMps * ms) / 1_000

const momentOf = ({ latitudeDeg, longitudeDeg, takenAtMs }: Moment): Moment => ({
  latitudeDeg,
  longitudeDeg,
  takenAtMs,
})

/** Compares with going on as in the last three steps. */
function isOutOfTheWay({ steps, noise, pace }: FreeTrackState, step: Step): boolean {
  let [eastM, northM, tookMs] = [0, 0, 0]
  for (const before of steps.slice(-3)) {
    eastM += before.eastM
    northM += before.northM
    tookMs += before.tookMs
  }
  const share = tookMs > 0 ? Math.min(step.tookMs, FORESEEN_MS) / tookMs : 0
  const missM = Math.hypot(step.eastM - eastM * share, step.northM - northM * share)
  const noiseM = DOUBTED_DEVIATIONS * Math.sqrt(noiseOfStepM2(noise, step.tookMs))
  const foreseenMs = Math.min(step.tookMs, FORESEEN_MS)
  return missM > DOUBTED_M + noiseM + metresIn(foreseenMs / 2 + 2 * (step.tookMs - foreseenMs), pace)
}

function agreesWithDoubted({ doubted, pace }: FreeTrackState, step: Step): boolean {
  if (!doubted) return false
  const between = stepTo(doubted, step)
  return lengthM(between) < DOUBTED_M + 2 * metresIn(between.tookMs, pace)
}

function learnedNoise(noise: NoiseLevel, steps: readonly Step[]): NoiseLevel {
  const [a, b, c] = steps.slice(-3)
  if (!(a && b && c) || a.tookMs === 0) return noise
  const [shortestMs, longestMs] = [Math.min(a.tookMs, b.tookMs, c.tookMs), Math.max(a.tookMs, b.tookMs, c.tookMs)]
  if (isGap(a) || longestMs > UNEVEN * shortestMs) return noise
  const third = (key: 'eastM' | 'northM') => c[key] - 2 * b[key] + a[key]
  return noiseAfter(noise, third('eastM'), third('northM'), (a.tookMs + b.tookMs + c.tookMs) / 3)
}

function countedUntil(state: FreeTrackState, untilMs: number): FreeTrackState {
  let count = 0
  while (count < state.steps.length - 2 && (state.steps[count + 1] as Step).takenAtMs < untilMs) count++
  return count > 0 ? countedThrough(state, count) : state
}

/** Counts the steps after the first, through the one at an index, which stays as the first. */
function countedThrough(state: FreeTrackState, last: number): FreeTrackState {
  const { steps, noise } = state
  let { distanceM, movingMs, pausedMs } = state
  for (let index = 1; index <= last; index++) {
    const step = steps[index] as Step
    if (!isGap(step)) continue
    const wayM = lengthOfGapM(state, step)
    // Who got on less than at their pace stood for the rest.
    const movedMs = Math.min(step.tookMs, (wayM / state.pace.speedMps) * 1_000)
    distanceM += wayM
    movingMs += movedMs
    pausedMs += step.tookMs - movedMs
  }
  const stretch = stretchWith(state.stretch, steps, last, noise)
  const counted = { ...state, steps: steps.slice(Math.max(0, last)), stretch, distanceM, movingMs, pausedMs }
  return stretch.steps >= STRETCH_STEPS ? closed(counted) : counted
}

/** Nobody has seen the way: at the usual pace, but not shorter than the straight line nor much longer. */
function lengthOfGapM({ noise, pace }: FreeTrackState, gap: Step): number {
  const straightM = trueChordM(lengthM(gap), noiseOfStepM2(noise, gap.tookMs))
  return Math.max(straightM, Math.min(DETOUR * straightM, metresIn(gap.tookMs, pace)))
}

function closed(state: FreeTrackState): FreeTrackState {
  const { stretch } = state
  const metres = lengthOfStretchM(stretch)
  return {
    ...state,
    stretch: emptyStretch,
    pace: paceAfter(state.pace, metres, stretch.tookMs),
    distanceM: state.distanceM + metres,
    movingMs: state.movingMs + stretch.tookMs,
  }
}
