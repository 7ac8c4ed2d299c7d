import { isAlertOn } from '../../../shared/run/alerts.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'

const LOW = 0.15
/** In frost a phone dies at 30 % shown. */
const LOW_IN_FROST = 0.35
const CHARGED = 0.05

/**
 * AT27: under 15 %, in frost 35 %, as the phone says itself, twice; over from 5 % more on. Off at first. Known to the node that takes the fix,
 * since other nodes are not told the battery.
 */
export const lowBattery = lasting(
  { rule: 'low-battery', raisedAfterMs: 0, overAfterMs: 0, leastCount: 2 },
  ({ watched, scene: { run } }) => {
    if (!isAlertOn(run.head, 'low-battery')) return []
    const low = run.head.heat === 'frost' ? LOW_IN_FROST : LOW
    return watched.flatMap(({ member: { memberId }, fix, isFresh }) => {
      const { battery, takenAtMs } = fix
      if (battery === undefined || !isFresh) return []
      const limit = openAlert(run, 'low-battery', memberId) ? low + CHARGED : low
      return [{ memberId, holds: battery < limit, atMs: takenAtMs, value: Math.round(battery * 100) }]
    })
  },
)
