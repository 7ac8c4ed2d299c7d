/**
 * A member's recent fixes, with states of the filter on the way through them: fixes that come late are taken in where they
 * belong, and the filter runs again from the last state before them, so many fixes at a time.
 *
 * Method: fixed-lag re-processing from checkpoints (an out-of-sequence measurement is put in its place and the filter is run
 * again; Bar-Shalom, Li and Kirubarajan 2001, 8.3). It knows nothing of the filter but that a fix leads from state to state.
 */
import type { Fix } from '../fix.ts'

/** Half an hour of a fix every 5 s. What was taken before them is settled. */
export const KEPT_FIXES = 360
/** A late fix costs at most so many more. */
const PART_FIXES = 40

/** The filter's state after one more fix. */
export type Step<State> = (state: State, fix: Fix) => State

/** A state, and when the newest fix in it was taken. */
export type Reached<State> = { readonly state: State; readonly throughMs: number }

/**
 * Consecutive fixes, and the state they were run from. The fixes are a row of numbers, four each, as hundreds are kept of each
 * of thousands: latitude, longitude, time and accuracy, NaN for unknown.
 */
type Part<State> = { readonly from: Reached<State>; readonly fixes: number[] }
const PER_FIX = 4

export type Rerun<State> = {
  /** What was run: oldest first, never none. */
  readonly parts: readonly Part<State>[]
  /** The state after the last part. */
  readonly running: Reached<State>
  /** To be run, in the order of their times. */
  readonly waiting: readonly Fix[]
  /** What to show: it does not go back in time while the filter runs again. */
  readonly newest: Reached<State>
}

/** No fixes yet, on top of a state: the filter's first, or one that was computed elsewhere. Earlier fixes are settled. */
export const rerunFrom = <State>(reached: Reached<State>): Rerun<State> => ({
  parts: [{ from: reached, fixes: [] }],
  running: reached,
  waiting: [],
  newest: reached,
})

/** The same fixes with nothing run, on top of another state. */
export const startedOver = <State>({ parts, waiting }: Rerun<State>, reached: Reached<State>): Rerun<State> =>
  withFixes(rerunFrom(reached), [...fixesOf(parts), ...waiting])

/**
 * Takes in fixes, in whatever order; what is settled or already there changes nothing. Runs none of them: `runOn` does.
 * @param apartMs nearer than this to one that is there, a fix is as good as there.
 */
export function withFixes<State>(rerun: Rerun<State>, added: readonly Fix[], apartMs = 0): Rerun<State> {
  const { parts, running, waiting, newest } = rerun
  const settledMs = parts[0]?.from.throughMs ?? 0
  const late = added.filter(({ takenAtMs }) => takenAtMs > settledMs && takenAtMs <= running.throughMs)
  const missed = late.length > 0 ? withoutKnown(late, fixesOf(parts), apartMs) : late
  const news = apart(added, Math.max(running.throughMs, waiting.at(-1)?.takenAtMs ?? 0), running.throughMs, apartMs)
  if (missed.length === 0) return news.length === 0 ? rerun : { ...rerun, waiting: inOrder([...waiting, ...news]) }
  const firstMs = missed.reduce((least, { takenAtMs }) => Math.min(least, takenAtMs), Number.POSITIVE_INFINITY)
  const cut = parts.findLastIndex(({ from }) => from.throughMs < firstMs)
  const { from } = parts[cut] as Part<State>
  return {
    parts: [...parts.slice(0, cut), { from, fixes: [] }],
    running: from,
    waiting: inOrder([...fixesOf(parts.slice(cut)), ...waiting, ...missed, ...news]),
    newest,
  }
}

/**
 * Runs the filter through at most so many of the fixes that wait, and lets go of what is settled by then. What it is given is used
 * up: only what it returns goes on.
 */
export function runOn<State>(rerun: Rerun<State>, step: Step<State>, fixesMax: number): Rerun<State> {
  const parts = [...rerun.parts]
  let { from, fixes } = parts.pop() as Part<State>
  if (fixes.length === 0) fixes = [] // many may begin with the same nothing
  let { running } = rerun
  for (const fix of rerun.waiting.slice(0, fixesMax)) {
    if (fixes.length >= PART_FIXES * PER_FIX) {
      parts.push({ from, fixes })
      from = running
      fixes = []
    }
    running = { state: step(running.state, fix), throughMs: fix.takenAtMs }
    fixes.push(fix.latitudeDeg, fix.longitudeDeg, fix.takenAtMs, fix.accuracyM ?? Number.NaN)
  }
  parts.push({ from, fixes })
  const newest = newestOf(rerun.newest, running, rerun.waiting.at(-1), step)
  return { parts: unsettled(parts), running, waiting: rerun.waiting.slice(fixesMax), newest }
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

function unsettled<State>(parts: readonly Part<State>[]): readonly Part<State>[] {
  let count = 0
  const first = parts.findLastIndex(({ fixes }) => {
    count += fixes.length
    return count >= KEPT_FIXES * PER_FIX
  })
  return first > 0 ? parts.slice(first) : parts
}

/** The fixes that were run and are kept, oldest first. */
export const fixesOf = (parts: Rerun<unknown>['parts']): Fix[] =>
  parts.flatMap(({ fixes }) =>
    Array.from({ length: fixes.length / PER_FIX }, (_, no): Fix => {
      const [latitudeDeg, longitudeDeg, takenAtMs, accuracyM] = fixes.slice(no * PER_FIX) as [
        number,
        number,
        number,
        number,
      ]
      const fix = { latitudeDeg, longitudeDeg, takenAtMs }
      return Number.isNaN(accuracyM) ? fix : { ...fix, accuracyM }
    }),
  )

/** Those after `throughMs`, and of those after `lastMs` only some that are far enough from each other. */
function apart(fixes: readonly Fix[], lastMs: number, throughMs: number, apartMs: number): Fix[] {
  let keptMs = lastMs
  return fixes.filter(({ takenAtMs }) => {
    if (takenAtMs <= throughMs || (takenAtMs > keptMs && takenAtMs < keptMs + apartMs)) return false
    keptMs = Math.max(keptMs, takenAtMs)
    return true
  })
}

/** `known` in the order of their times. */
function withoutKnown(fixes: readonly Fix[], known: readonly Fix[], apartMs: number): Fix[] {
  return fixes.filter(({ takenAtMs }) => {
    const next = known.find((each) => each.takenAtMs >= takenAtMs)
    const before = known.findLast((each) => each.takenAtMs < takenAtMs)
    const isNextNear = next && (next.takenAtMs === takenAtMs || next.takenAtMs - takenAtMs < apartMs)
    return !isNextNear && !(before && takenAtMs - before.takenAtMs < apartMs)
  })
}

/** Of two fixes of one moment the first counts. */
const inOrder = (fixes: Fix[]): Fix[] =>
  fixes
    .sort((a, b) => a.takenAtMs - b.takenAtMs)
    .filter(({ takenAtMs }, at, all) => takenAtMs !== all[at - 1]?.takenAtMs)
