import type { RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import { cyclistsOf, endsLater } from '../../shared/run/questions.ts'
import { policyOf } from '../../shared/run/requests.ts'
import type { Request, RunState } from '../../shared/run/state.ts'
import { canServe } from '../../shared/run/stock.ts'
import type { MemberId } from '../../shared/units.ts'
import type { World } from './decision.ts'
import { distanceBetween } from './nearness.ts'
import { seesRequest } from './visibility.ts'

/** After these it may be that one cyclist is left, or that a request waits for somebody. */
const mayLeaveOne: ReadonlySet<RunEvent['type']> = new Set([
  'member-joined',
  'member-changed',
  'member-paused',
  'member-stopped',
  'member-returned',
  'member-removed',
  'member-erased',
  'leadership-passed',
  'leadership-taken-up',
  'sharing-started',
  'helping-set',
  'request-raised',
  'request-released',
] as const)

/** RQ5, AL7: with one cyclist there is no claim tap. What waits is theirs, unless they gave it back or have said that they have none. */
export function claimsOfOnlyCyclist(
  before: RunState,
  events: readonly RunEvent[],
  byId: MemberId | null,
  { nowMs, placeOf }: World,
): RunEvent[] {
  if (!events.some(({ type }) => mayLeaveOne.has(type))) return []
  let after = before
  for (const event of events) after = evolve(after, { version: after.version + 1, atMs: nowMs, byId, event })
  const waiting = endsLater(after).filter(({ kind, status }) => status === 'open' && policyOf(kind).tells === 'helpers')
  if (waiting.length === 0) return [] // before everybody is looked at, who may be thousands
  const cyclist = onlyCyclistOf(after)
  if (!cyclist) return []
  const isNew = onlyCyclistOf(before)?.memberId !== cyclist.memberId
  const begun = new Set(events.map(requestBegunBy))
  const isTheirs = (request: Request): boolean =>
    request.runnerId !== cyclist.memberId &&
    (isNew || begun.has(request.requestId)) &&
    canServe(cyclist.stock, request) &&
    seesRequest(after, cyclist, request)
  return waiting.filter(isTheirs).map(({ requestId, runnerId }) => ({
    type: 'request-claimed',
    requestId,
    cyclistId: cyclist.memberId,
    distanceM: distanceBetween(placeOf, cyclist.memberId, runnerId),
    isAutomatic: true,
  }))
}

function onlyCyclistOf(run: RunState) {
  const [cyclist, ...others] = cyclistsOf(run)
  return others.length === 0 ? cyclist : undefined
}

function requestBegunBy(event: RunEvent) {
  if (event.type === 'request-raised') return event.requestId
  // Who was asked and did not answer is never the only one: else nothing is taken away (LE5).
  return event.type === 'request-released' && event.reason !== 'by-cyclist' ? event.requestId : undefined
}
