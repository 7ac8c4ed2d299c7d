/**
 * A member's recent fixes, with states of the filter on the way through them: fixes that come late are taken in where they
 * belong, and the filter runs again from the last checkpoint before them, so many fixes at a time.
 *
 * Method: fixed-lag re-processing from checkpoints (an out-of-sequence measurement is put in its place and the filter is run
 * again; Bar-Shalom, Li and Kirubarajan 2001, 8.3). It knows nothing of the filter but that a fix leads from state to state.
 */
import type { Fix } from '../fix.ts'

/** Half an hour of a fix every 5 s. What was taken before them is settled. */
export const KEPT_FIXES = 360
/** A late fix costs at most so many more. */
const CHECKPOINT_EVERY = 40

/** The filter's state after one more fix. */
export type Step<State> = (state: State, fix: Fix) => State

/** A state, and when the newest fix in it was taken. */
export type Reached<State> = { readonly state: State; readonly throughMs: number }

export type Rerun<State> = {
  /** In the order of their times, no two of one moment. */
  readonly fixes: readonly Fix[]
  /** Oldest first. The first is what everything stands on, with none of the fixes in it. */
  readonly checkpoints: readonly { readonly count: number; readonly reached: Reached<State> }[]
  /** So many of the fixes are in `running`. */
  readonly ranCount: number
  readonly running: Reached<State>
  /** What to show: it does not go back in time while the filter runs again. */
  readonly newest: Reached<State>
}

/** No fixes yet, on top of a state: the filter's first, or one that was computed elsewhere. Earlier fixes are settled. */
export function rerunFrom<State>(reached: Reached<State>): Rerun<State> {
  return { fixes: [], checkpoints: [{ count: 0, reached }], ranCount: 0, running: reached, newest: reached }
}

/** The same fixes with nothing run, on top of another state. */
export const startedOver = <State>({ fixes }: Rerun<State>, reached: Reached<State>): Rerun<State> =>
  withFixes(rerunFrom(reached), fixes)

export const waitingCount = ({ fixes, ranCount }: Rerun<unknown>): number => fixes.length - ranCount

/** Takes in fixes, in whatever order; what is settled or already there changes nothing. Runs none of them: `runOn` does. */
export function withFixes<State>(rerun: Rerun<State>, added: readonly Fix[]): Rerun<State> {
  const settledMs = rerun.checkpoints[0]?.reached.throughMs ?? 0
  const fixes = [...rerun.fixes]
  let firstAt = fixes.length
  for (const fix of added) {
    if (fix.takenAtMs <= settledMs) continue
    let at = fixes.length
    while (at > 0 && (fixes[at - 1] as Fix).takenAtMs > fix.takenAtMs) at--
    if (fixes[at - 1]?.takenAtMs === fix.takenAtMs) continue
    fixes.splice(at, 0, fix)
    firstAt = Math.min(firstAt, at)
  }
  if (firstAt >= rerun.ranCount) return { ...rerun, fixes }
  const checkpoints = rerun.checkpoints.filter(({ count }) => count <= firstAt)
  const last = checkpoints.at(-1) as Rerun<State>['checkpoints'][number]
  return { ...rerun, fixes, checkpoints, ranCount: last.count, running: last.reached }
}

/** Runs the filter through at most so many of the fixes that wait, and lets go of what is settled by then. */
export function runOn<State>(rerun: Rerun<State>, step: Step<State>, fixesMax: number): Rerun<State> {
  const { fixes } = rerun
  const checkpoints = [...rerun.checkpoints]
  let { ranCount, running } = rerun
  for (const fix of fixes.slice(ranCount, ranCount + fixesMax)) {
    running = { state: step(running.state, fix), throughMs: fix.takenAtMs }
    ranCount++
    if (ranCount - (checkpoints.at(-1)?.count ?? 0) >= CHECKPOINT_EVERY)
      checkpoints.push({ count: ranCount, reached: running })
  }
  return settled({ fixes, checkpoints, ranCount, running, newest: newestOf(rerun.newest, running, fixes.at(-1), step) })
}

/** While the filter is behind, a fix that comes live is shown on top of what was shown before. */
function newestOf<State>(
  shown: Reached<State>,
  running: Reached<State>,
  last: Fix | undefined,
  step: Step<State>,
): Reached<State> {
  if (running.throughMs >= shown.throughMs) return running
  if (!last || last.takenAtMs <= shown.throughMs) return shown
  return { state: step(shown.state, last), throughMs: last.takenAtMs }
}

function settled<State>(rerun: Rerun<State>): Rerun<State> {
  const { fixes, checkpoints, ranCount } = rerun
  const from = checkpoints.findLast(({ count }) => ranCount - count >= KEPT_FIXES)?.count ?? 0
  if (from === 0) return rerun
  return {
    ...rerun,
    fixes: fixes.slice(from),
    checkpoints: checkpoints.flatMap(({ count, reached }) => (count < from ? [] : [{ count: count - from, reached }])),
    ranCount: ranCount - from,
  }
}
