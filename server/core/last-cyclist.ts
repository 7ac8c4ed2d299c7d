import type { RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import { cannotCome } from '../../shared/run/helping.ts'
import { endsLater } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import type { World } from './decision.ts'
import { nearestHands } from './nearness.ts'
import { seesMember } from './visibility.ts'

/** After these there may be no cyclist left. */
const mayLeaveNone: ReadonlySet<RunEvent['type']> = new Set([
  'member-changed',
  'member-stopped',
  'member-removed',
  'member-erased',
  'leadership-passed',
  'leadership-taken-up',
  'helping-set',
  'request-released',
] as const)

/**
 * RQ19: once the last cyclist has gone, who is near is told of what waits, as they would be had it been asked for then. Who refills, pauses or has
 * none left comes back, and nobody else is disturbed.
 */
export function handsTold(
  before: RunState,
  events: readonly RunEvent[],
  byId: MemberId | null,
  { nowMs, placeOf }: World,
): RunEvent[] {
  if (!events.some(({ type }) => mayLeaveNone.has(type))) return []
  let after = before
  for (const event of events) after = evolve(after, { version: after.version + 1, atMs: nowMs, byId, event })
  const waiting = endsLater(after).filter(
    ({ kind, status, toldIds }) =>
      status === 'open' && toldIds.length === 0 && !isAlarm(kind) && policyOf(kind).tells === 'helpers',
  )
  if (waiting.length === 0) return [] // before everybody is looked at, who may be thousands
  const cyclists = [...after.members.values()].filter(isThere)
  return waiting.flatMap(({ requestId, runnerId }): RunEvent[] => {
    const author = after.members.get(runnerId)
    if (!author || cyclists.some((cyclist) => cyclist !== author && seesMember(cyclist, author))) return []
    const toldIds = nearestHands(after, placeOf, author)
    return toldIds.length > 0 ? [{ type: 'request-repeated', requestId, toldIds }] : []
  })
}

const isThere = ({ role, status, helping }: Member): boolean =>
  role === 'cyclist' && status !== 'stopped' && status !== 'removed' && !cannotCome(helping.state)
