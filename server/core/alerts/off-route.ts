import { SECOND_MS } from '../../../shared/units.ts'
import { lasting } from './lasting.ts'
import { groupsThat } from './lookout.ts'

/** AT20: off the route for 30 s of newer fixes; on it again for 10 s. Off along with most of their group is another way taken together. */
export const offRoute = lasting(
  { rule: 'off-route', raisedAfterMs: 30 * SECOND_MS, overAfterMs: 10 * SECOND_MS, leastCount: 3 },
  ({ runners }) => {
    const placed = runners.filter(({ progress, isFresh }) => progress !== null && isFresh)
    const together = groupsThat(placed, ({ progress }) => progress?.isOffRoute === true)
    return placed.map(({ member: { memberId, groupId }, fix, progress }) => ({
      memberId,
      holds: progress?.isOffRoute === true && !together.has(groupId),
      atMs: fix.takenAtMs,
    }))
  },
)
