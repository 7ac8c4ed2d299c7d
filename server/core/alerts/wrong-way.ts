import { SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'
import { groupsThat, type Watched } from './lookout.ts'

const isWrong = ({ progress }: Watched): boolean => progress?.isWrongWay === true

/**
 * AT21: back along the route for 20 s of newer fixes (after the 80 m of the filter); the right way for 10 s. Leaders and back markers
 * run back to look after others, and are not asked.
 */
export const wrongWay = lasting(
  { rule: 'wrong-way', raisedAfterMs: 20 * SECOND_MS, overAfterMs: 10 * SECOND_MS, leastCount: 3 },
  ({ runners, scene: { run } }) => {
    const lookAfter = new Set(
      [...run.groups.values()].flatMap(({ leaderId, backMarkerId }) => [leaderId, backMarkerId]),
    )
    const placed = runners.filter(
      ({ member, progress, isFresh }) =>
        progress !== null && isFresh && member.role !== 'leader' && !lookAfter.has(member.memberId),
    )
    const together = groupsThat(placed, isWrong)
    return placed
      .filter((one) => isWrong(one) || openAlert(run, 'wrong-way', one.member.memberId))
      .map((one) => ({
        memberId: one.member.memberId,
        holds: isWrong(one) && !together.has(one.member.groupId),
        atMs: one.fix.takenAtMs,
      }))
  },
)
