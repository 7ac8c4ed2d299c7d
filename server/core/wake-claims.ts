/** What comes due by itself in the life of a claim. */
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'

/** When the next of them is due; infinite for never. */
export function claimsDueAtMs(_run: RunState): number {
  return Number.POSITIVE_INFINITY
}

export function claimsWoken(_run: RunState, _nowMs: number): RunEvent[] {
  return []
}
