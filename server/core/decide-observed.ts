/**
 * What nodes have seen of the world. Each node that has the run open sees it, and proposes the same: what is a fact already,
 * or is not true of the run any more, changes nothing.
 */
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'
import { unreachable } from '../../shared/unreachable.ts'
import { accept, type Decision, type DoorCommand, type Observation, type World } from './decision.ts'
import { foreseen } from './foreseen.ts'
import { observedAlert, observedAlertOver } from './observed-alerts.ts'
import { observedClaim } from './observed-claims.ts'
import { observedLeadersGone } from './observed-leaders.ts'

type Observe = Extract<DoorCommand, { type: 'observe' }>

/** ND13: each seeing what the ones before it have brought about. */
export function decideObserved(run: RunState, { observations }: Observe, world: World): Decision {
  if (run.head.phase !== 'live') return accept()
  const events: RunEvent[] = []
  let next = run
  for (const observation of observations) {
    const more = eventsOf(next, observation, world)
    events.push(...more)
    next = foreseen(next, more, world.nowMs)
  }
  return accept(...events)
}

function eventsOf(run: RunState, observation: Observation, world: World): RunEvent[] {
  switch (observation.is) {
    case 'claim-doubted':
    case 'claim-good':
    case 'swap':
    case 'met':
    case 'near':
      return observedClaim(run, observation)
    case 'alert':
      return observedAlert(run, observation, world)
    case 'alert-over':
      return observedAlertOver(run, observation)
    case 'leaders-gone':
      return observedLeadersGone(run, observation)
    default:
      return unreachable(observation)
  }
}
