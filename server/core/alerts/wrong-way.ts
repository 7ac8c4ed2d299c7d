import { SECOND_MS } from '../../../shared/units.ts'
import { lasting } from './lasting.ts'
import { groupsThat } from './lookout.ts'

/**
 * AT21: back along the route for 20 s of newer fixes (after the 80 m of the filter); the right way for 10 s. Leaders and back markers
 * ride and run back to look after others, and are not asked.
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
    const together = groupsThat(placed, ({ progress }) => progress?.isWrongWay === true)
    return placed.map(({ member: { memberId, groupId }, fix, progress }) => ({
      memberId,
      holds: progress?.isWrongWay === true && !together.has(groupId),
      atMs: fix.takenAtMs,
    }))
  },
)
