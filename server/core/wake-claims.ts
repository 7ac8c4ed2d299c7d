/** What comes due by itself in the life of a claim. */
import { DOUBT_ANSWER_MS, hasLease, isMetAsked, MET_ANSWER_MS } from '../../shared/run/claims.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { endsLater } from '../../shared/run/questions.ts'
import type { Request, RunState } from '../../shared/run/state.ts'
import { foreseen } from './foreseen.ts'
import { othersFor } from './observed-claims.ts'
import { stockGiven } from './stock-given.ts'

/** When the next of them is due; infinite for never. */
export function claimsDueAtMs(run: RunState): number {
  let dueMs = Number.POSITIVE_INFINITY
  for (const request of run.requests.values()) dueMs = Math.min(dueMs, leaseOverAtMs(request), assumedAtMs(request))
  return dueMs
}

export function claimsWoken(run: RunState, nowMs: number): RunEvent[] {
  const events: RunEvent[] = []
  let next = run
  const add = (...more: RunEvent[]) => {
    events.push(...more)
    next = foreseen(next, more, nowMs)
  }
  for (const request of endsLater(run)) {
    const { requestId } = request
    if (nowMs >= leaseOverAtMs(request)) {
      // LE4, LE5: whoever else could bring it may have gone meanwhile.
      const isOffered = othersFor(run, request).length > 0
      add(
        isOffered ? { type: 'request-released', requestId, reason: 'lease-over' } : { type: 'request-kept', requestId },
      )
    }
    // LE8, LE11: of one who brought two things each counts.
    if (nowMs >= assumedAtMs(request)) add({ type: 'request-assumed', requestId }, ...stockGiven(next, request))
  }
  return events
}

const leaseOverAtMs = (request: Request): number =>
  hasLease(request) && request.doubt !== null && !isMetAsked(request)
    ? request.doubt.atMs + DOUBT_ANSWER_MS
    : Number.POSITIVE_INFINITY

const assumedAtMs = (request: Request): number =>
  isMetAsked(request) ? (request.metAtMs ?? 0) + MET_ANSWER_MS : Number.POSITIVE_INFINITY
