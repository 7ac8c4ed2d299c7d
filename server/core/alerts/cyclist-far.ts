import { distanceM } from '../../../shared/geo/distance.ts'
import { isAlertOn } from '../../../shared/run/alerts.ts'
import { KM_M, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'

const FAR_M = 3 * KM_M
const KEPT_M = 2.5 * KM_M

/** AT28: a cyclist who is available, and farther than 3 km from every runner for 5 min; within 2.5 km for 30 s. Off at first. */
export const cyclistFar = lasting(
  { rule: 'cyclist-far', raisedAfterMs: 5 * MINUTE_MS, overAfterMs: 30 * SECOND_MS, leastCount: 3 },
  ({ watched, runners, scene: { run, nowMs } }) => {
    if (!isAlertOn(run.head, 'cyclist-far')) return []
    const heard = runners.filter(({ isFresh }) => isFresh)
    if (heard.length === 0) return []
    return watched.flatMap(({ member, fix, isFresh }) => {
      if (member.role !== 'cyclist' || !isFresh) return []
      const { memberId, helping } = member
      const limitM = openAlert(run, 'cyclist-far', memberId) ? KEPT_M : FAR_M
      const isOfWork = helping.state === 'available' && helping.kind !== 'table'
      const holds = isOfWork && heard.every((runner) => distanceM(runner.fix, fix) > limitM)
      return [{ memberId, holds, atMs: nowMs }]
    })
  },
)
