/**
 * What comes due by itself. Nobody is elected to do it: whoever sees that a run is due proposes these
 * facts, and the expected version lets exactly one proposal through.
 */
import type { RunEvent } from '../../shared/run/events.ts'
import { endsLater, isOut, missingGuestCount, missingMembers } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import type { Request, RunState } from '../../shared/run/state.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { accept, type Decision, type World } from './decision.ts'
import { endOfRun } from './end-of-run.ts'
import { withinReach } from './nearness.ts'
import { alertsDueAtMs, alertsWoken } from './wake-alerts.ts'
import { claimsDueAtMs, claimsWoken } from './wake-claims.ts'

const UNSERVED_AFTER_MS = 15 * MINUTE_MS
const ALARM_REPEAT_MS = MINUTE_MS
const ASK_AGAIN_MS = HOUR_MS
/** Somebody may come back, and a leader may still count guests. */
const ENDS_BY_ITSELF_AFTER_MS = 5 * MINUTE_MS

export function decideWake(run: RunState, { nowMs, placeOf }: World): Decision {
  const { phase, latestEndMs } = run.head
  if (phase !== 'live' && phase !== 'planned') return accept()
  if (nowMs >= latestEndMs) return accept(...endOfRun(run, 'longest-time-reached', null)) // RN5
  if (nowMs >= endsByItselfAtMs(run)) return accept(...endOfRun(run, 'all-accounted-for', null)) // RN4

  const events: RunEvent[] = []
  for (const request of endsLater(run)) {
    const { requestId, runnerId } = request
    if (nowMs >= escalatesAtMs(request)) events.push({ type: 'request-escalated', requestId }) // RQ12
    if (nowMs >= repeatsAtMs(request)) {
      const toldIds = withinReach(run, placeOf, runnerId, request.toldIds)
      events.push({ type: 'request-repeated', requestId, toldIds }) // AL3
    }
  }
  events.push(...claimsWoken(run, nowMs), ...alertsWoken(run, nowMs))
  if (nowMs >= asksAtMs(run)) {
    const missing = missingMembers(run).map((member) => member.memberId)
    events.push({ type: 'end-asked', missing, missingGuestCount: missingGuestCount(run) }) // RN8
  }
  return accept(...events)
}

/** WK1: when somebody must next look at the run, if nothing happens before; `null` never. */
export function dueAtMs(run: RunState): number | null {
  const { phase, latestEndMs, endedAtMs, retentionMs } = run.head
  if (phase === 'unplanned') return null
  if (phase === 'ended') return (endedAtMs ?? 0) + retentionMs // WK2: the run is forgotten
  const moments = [latestEndMs, endsByItselfAtMs(run), asksAtMs(run), claimsDueAtMs(run), alertsDueAtMs(run)]
  for (const request of endsLater(run)) moments.push(escalatesAtMs(request), repeatsAtMs(request))
  return Math.min(...moments)
}

const escalatesAtMs = ({ escalatedAtMs, raisedAtMs }: Request): number =>
  escalatedAtMs === null ? raisedAtMs + UNSERVED_AFTER_MS : Number.POSITIVE_INFINITY

const repeatsAtMs = ({ kind, cyclistId, repeatedAtMs, raisedAtMs }: Request): number =>
  isAlarm(kind) && cyclistId === null ? (repeatedAtMs ?? raisedAtMs) + ALARM_REPEAT_MS : Number.POSITIVE_INFINITY

function asksAtMs({ head: { phase, expectedEndMs, endAskedAtMs } }: RunState): number {
  if (phase !== 'live') return Number.POSITIVE_INFINITY
  return endAskedAtMs === null ? expectedEndMs : endAskedAtMs + ASK_AGAIN_MS
}

/** RN4: everyone who set out is accounted for, the last one a while ago, and nothing is open. */
function endsByItselfAtMs(run: RunState): number {
  if (run.head.phase !== 'live' || missingGuestCount(run) > 0) return Number.POSITIVE_INFINITY
  let lastAtMs = Number.NEGATIVE_INFINITY
  for (const member of run.members.values()) {
    if (isOut(member)) return Number.POSITIVE_INFINITY
    if (member.status === 'stopped') lastAtMs = Math.max(lastAtMs, member.statusAtMs)
  }
  if (lastAtMs === Number.NEGATIVE_INFINITY || endsLater(run).length > 0) return Number.POSITIVE_INFINITY
  return Math.max(lastAtMs, run.head.startedAtMs ?? 0) + ENDS_BY_ITSELF_AFTER_MS
}
