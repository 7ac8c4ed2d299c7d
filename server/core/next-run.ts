/** Where a club's link leads. */
import type { Head } from '../../shared/run/state.ts'

/**
 * CB2: the live one that began last, else the one whose start comes next, also a little after that start; `undefined` when there is none.
 * A run that was never started is passed over once its expected end is.
 */
export function nextRun<Run extends { readonly head: Head }>(runs: readonly Run[], nowMs: number): Run | undefined {
  const live = runs.filter(({ head }) => head.phase === 'live')
  if (live.length > 0) return live.reduce((one, other) => (beganAtMs(other) > beganAtMs(one) ? other : one))
  return runs
    .filter(({ head }) => head.phase === 'planned' && head.expectedEndMs > nowMs)
    .sort((a, b) => a.head.plannedStartMs - b.head.plannedStartMs)[0]
}

const beganAtMs = ({ head }: { readonly head: Head }): number => head.startedAtMs ?? 0
