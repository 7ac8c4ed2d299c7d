import type { RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'

/** The run as it will be once these are facts: for what depends on them. */
export function foreseen(
  run: RunState,
  events: readonly RunEvent[],
  atMs: number,
  byId: MemberId | null = null,
): RunState {
  let next = run
  for (const event of events) next = evolve(next, { version: next.version + 1, atMs, byId, event })
  return next
}
