import type { RunEvent } from '../../shared/run/events.ts'
import { endsLater, missingGuestCount, missingMembers } from '../../shared/run/questions.ts'
import type { Head, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { uncleared } from './alerts/episodes.ts'

/** RN7: what is still open ends with the run, and who is missing is named. */
export function endOfRun(
  run: RunState,
  reason: NonNullable<Head['endReason']>,
  endedById: MemberId | null,
): RunEvent[] {
  const missing = missingMembers(run).map((member) => member.memberId)
  return [
    ...endsLater(run).map(({ requestId }) => ({ type: 'request-cancelled', requestId, reason: 'run-ended' }) as const),
    ...uncleared(run).map(({ alertId }) => ({ type: 'alert-cleared', alertId, over: 'run-ended' }) as const), // AT12
    {
      type: 'run-ended',
      reason,
      missing: missing.filter((memberId) => memberId !== endedById),
      missingGuestCount: missingGuestCount(run),
    },
  ]
}
