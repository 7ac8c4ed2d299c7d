/** Nobody leads who can be reached. */
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Observation } from './decision.ts'

export function observedLeadersGone(_run: RunState, _seen: Extract<Observation, { is: 'leaders-gone' }>): RunEvent[] {
  return []
}
