/**
 * When a runner passed the places along the route: the ground on which gaps in time, and "when was she here?", stand.
 *
 * A gap in time is read off the front runner's own passing, as timing mats do it, so it is right uphill, through stops and
 * at any pace; a distance divided by a speed is none of these.
 */
import { type Progress, RIGHT_WITHIN_M } from '../geo/progress/progress.ts'
import { SECOND_MS } from '../units.ts'

/** Samples of (place, moment), both rising; the last is the newest. Plain data. A place that occurs twice was stood at. */
export type Passages = {
  /** Samples are so far apart, but for stops and the newest; doubles when there are too many. */
  readonly stepM: number
  readonly atM: readonly number[]
  readonly atMs: readonly number[]
}

export const noPassages: Passages = { stepM: 50, atM: [], atMs: [] }

const SAMPLES_MAX = 1_000
/** More likely right than wrong: what is less sure is not written down. */
export const SURE_CONFIDENCE = 0.5
const STOOD_MS = 20 * SECOND_MS
/** Faster than anybody on a bicycle: between such samples the belief changed, not the place. */
const JUMP_MPS = 25

/**
 * The passages with one more progress, taken at a fix; times must be on a clock that all members share.
 * Dead-reckoned, doubtful and off-route progress is left out, and so is what is older than the newest. Small steps back are
 * jitter; beyond 50 m they take back what was passed since, be it a lap that was believed too early or a runner who
 * turned back: what counts is the last time a place was passed. At most 1,000 samples; O(samples), 1 microsecond on a marathon.
 */
export function passagesAfter(passages: Passages, progress: Progress): Passages {
  const { atM, atMs, takenAtMs, isOffRoute, confidence } = progress
  if (atMs > takenAtMs || isOffRoute || confidence < SURE_CONFIDENCE) return passages
  const count = passages.atM.length
  const [newestM, newestMs] = [passages.atM[count - 1], passages.atMs[count - 1]]
  if (newestM === undefined || newestMs === undefined) return { ...passages, atM: [atM], atMs: [atMs] }
  if (atMs <= newestMs) return passages
  const stands = passages.atM[count - 2] === newestM
  if (atM > newestM) {
    const isNear = count > 1 && !stands && newestM - (passages.atM[count - 2] as number) < passages.stepM
    return extended(passages, isNear ? count - 1 : count, atM, atMs)
  }
  if (atM > newestM - RIGHT_WITHIN_M) {
    if (stands) return extended(passages, count - 1, newestM, atMs)
    return atMs - newestMs < STOOD_MS ? passages : extended(passages, count, newestM, atMs)
  }
  return extended(passages, firstAbove(passages.atM, atM), atM, atMs)
}

/**
 * When a place was last passed, between samples by even pace. `undefined` before the first sample, beyond the newest, and where
 * the belief jumped over the place.
 */
export function passedAtMs(passages: Passages, placeM: number): number | undefined {
  return between(passages.atM, passages.atMs, placeM, passages)
}

/** Where the runner was at a moment, by the same samples. `undefined` before the first, after the newest and within a jump. */
export function wasAtM(passages: Passages, momentMs: number): number | undefined {
  return between(passages.atMs, passages.atM, momentMs, passages)
}

function between(
  from: readonly number[],
  to: readonly number[],
  value: number,
  { atM, atMs }: Passages,
): number | undefined {
  const after = firstAbove(from, value)
  const [low, high] = [from[after - 1], from[after]]
  if (low === value) return to[after - 1]
  if (low === undefined || high === undefined) return undefined
  const stepM = (atM[after] as number) - (atM[after - 1] as number)
  const stepMs = (atMs[after] as number) - (atMs[after - 1] as number)
  if (stepM > 2 * RIGHT_WITHIN_M && stepM * SECOND_MS > JUMP_MPS * stepMs) return undefined
  const start = to[after - 1] as number
  return start + (((to[after] as number) - start) * (value - low)) / (high - low)
}

/** The first `kept` samples and a new one; every second one of too many. */
function extended({ stepM, atM, atMs }: Passages, kept: number, newM: number, newMs: number): Passages {
  const longer = { stepM, atM: followedBy(atM, kept, newM), atMs: followedBy(atMs, kept, newMs) }
  if (kept < SAMPLES_MAX) return longer
  const isKept = (_: number, index: number) => (kept - index) % 2 === 0
  return { stepM: 2 * stepM, atM: longer.atM.filter(isKept), atMs: longer.atMs.filter(isKept) }
}

/** `with` copies four times as fast as what makes an array longer, and most fixes only move the newest. */
function followedBy(values: readonly number[], kept: number, value: number): readonly number[] {
  return kept === values.length - 1 ? values.with(kept, value) : values.slice(0, kept).concat(value)
}

/** The index of the first of rising values that is above one; their number when none is. */
function firstAbove(rising: readonly number[], value: number): number {
  let [low, high] = [0, rising.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}
