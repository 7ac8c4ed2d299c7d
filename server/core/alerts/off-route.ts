import { SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'
import { groupsThat, type Watched } from './lookout.ts'

const isOff = ({ progress }: Watched): boolean => progress?.isOffRoute === true

/** AT20: off the route for 30 s of newer fixes; on it again for 10 s. Off along with most of their group is another way taken together. */
export const offRoute = lasting(
  { rule: 'off-route', raisedAfterMs: 30 * SECOND_MS, overAfterMs: 10 * SECOND_MS, leastCount: 3 },
  ({ runners, scene: { run } }) => {
    const placed = runners.filter(({ progress, isFresh }) => progress !== null && isFresh)
    const together = groupsThat(placed, isOff)
    return placed
      .filter((one) => isOff(one) || openAlert(run, 'off-route', one.member.memberId))
      .map((one) => ({
        memberId: one.member.memberId,
        holds: isOff(one) && !together.has(one.member.groupId),
        atMs: one.fix.takenAtMs,
      }))
  },
)
