/** What was seen of claims, as facts where it is news. */
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Observation, World } from './decision.ts'

type OfClaim = Extract<Observation, { is: 'claim-doubted' | 'claim-good' | 'swap' | 'met' }>

export function observedClaim(_run: RunState, _observation: OfClaim, _world: World): RunEvent[] {
  return []
}
