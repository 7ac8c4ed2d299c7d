/** What was seen that somebody should know, as facts where it is news. */
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Observation, World } from './decision.ts'

export function observedAlert(_run: RunState, _seen: Extract<Observation, { is: 'alert' }>, _world: World): RunEvent[] {
  return []
}

export function observedAlertOver(_run: RunState, _seen: Extract<Observation, { is: 'alert-over' }>): RunEvent[] {
  return []
}
