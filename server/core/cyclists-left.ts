/** What becomes of what waits as cyclists come and go, and nobody wishes: where one is left it is theirs, where none is left others are told. */
import type { RunEvent } from '../../shared/run/events.ts'
import { cannotCome } from '../../shared/run/helping.ts'
import { cyclistsOf, endsLater } from '../../shared/run/questions.ts'
import { policyOf } from '../../shared/run/requests.ts'
import type { Member, Request, RunState } from '../../shared/run/state.ts'
import { canServe } from '../../shared/run/stock.ts'
import type { MemberId } from '../../shared/units.ts'
import type { World } from './decision.ts'
import { foreseen } from './foreseen.ts'
import { distanceBetween, nearestHands } from './nearness.ts'
import { seesMember, seesRequest } from './visibility.ts'

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

/** After these it may be that one cyclist is left, or that a request waits for somebody. */
const mayLeaveOne: ReadonlySet<RunEvent['type']> = new Set([
  ...mayLeaveNone,
  'member-joined',
  'member-paused',
  'member-returned',
  'sharing-started',
  'request-raised',
] as const)

/** What follows from these events, beside them. */
export function followingFrom(
  before: RunState,
  events: readonly RunEvent[],
  byId: MemberId | null,
  world: World,
): RunEvent[] {
  if (!events.some(({ type }) => mayLeaveOne.has(type))) return []
  const after = foreseen(before, events, world.nowMs, byId)
  const waiting = endsLater(after).filter(({ kind, status }) => status === 'open' && policyOf(kind).tells === 'helpers')
  if (waiting.length === 0) return [] // before everybody is looked at, who may be thousands
  const claims = claimsOfOnlyCyclist(before, events, after, waiting, world)
  return events.some(({ type }) => mayLeaveNone.has(type)) ? [...claims, ...handsTold(after, waiting, world)] : claims
}

/** RQ5, AL7: with one cyclist there is no claim tap. What waits is theirs, unless they gave it back or have said that they have none. */
function claimsOfOnlyCyclist(
  before: RunState,
  events: readonly RunEvent[],
  after: RunState,
  waiting: readonly Request[],
  { placeOf }: World,
): RunEvent[] {
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

/**
 * RQ19: once the last cyclist has gone, who is near is told of what waits, as they would be had it been asked for then. Who refills, pauses or has
 * none left comes back, and nobody else is disturbed.
 */
function handsTold(run: RunState, waiting: readonly Request[], { placeOf }: World): RunEvent[] {
  const cyclists = [...run.members.values()].filter(isThere)
  return waiting.flatMap(({ requestId, runnerId, toldIds: toldBefore }): RunEvent[] => {
    const author = run.members.get(runnerId)
    if (toldBefore.length > 0 || !author) return []
    if (cyclists.some((cyclist) => cyclist !== author && seesMember(cyclist, author))) return []
    const toldIds = nearestHands(run, placeOf, author)
    return toldIds.length > 0 ? [{ type: 'request-repeated', requestId, toldIds }] : []
  })
}

const isThere = ({ role, status, helping }: Member): boolean =>
  role === 'cyclist' && status !== 'stopped' && status !== 'removed' && !cannotCome(helping.state)
