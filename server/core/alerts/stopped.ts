import { distanceM } from '../../../shared/geo/distance.ts'
import type { Fix, Place } from '../../../shared/geo/fix.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { noStreaks, type RuleWatch, type Streaks, weighed } from './lasting.ts'
import type { Lookout, Watched } from './lookout.ts'

const STOOD_MS = 4 * MINUTE_MS
/** Well beyond how far the places of a phone that lies still wander. */
const SPOT_M = 50
/** Where people wait for each other. */
const WAITING_M = 100
/** So many standing by are a halt, and would call for help. */
const HALT_COUNT = 3

/** Where somebody came to stand. `awayCount`: newer fixes in a row that were elsewhere. */
type Spot = {
  readonly fix: Fix
  readonly newestMs: number
  readonly count: number
  readonly awayCount: number
  readonly hasMoved: boolean
}
type Memory = { readonly spots: ReadonlyMap<MemberId, Spot>; readonly streaks: Streaks }

/**
 * AT22: within 50 m of one spot for 4 min, by fixes, with a route or without. Not at the start, at the end or where a regroup is called,
 * nor beside three others who stand. Over when they have moved on, which a fix alone does not say.
 */
export const stopped: RuleWatch<Memory> = {
  nothing: { spots: new Map(), streaks: noStreaks },
  look(memory, lookout) {
    const spots = new Map<MemberId, Spot>()
    for (const { member, fix } of lookout.runners)
      spots.set(member.memberId, spotAfter(memory.spots.get(member.memberId), fix))
    const standing = lookout.runners.filter((one) => stoodMs(spots, one) >= STOOD_MS)
    const isHalt = ({ fix }: Watched) =>
      standing.filter((other) => distanceM(other.fix, fix) <= WAITING_M).length > HALT_COUNT
    const verdicts = lookout.runners.flatMap((one) => {
      const { memberId } = one.member
      const spot = spots.get(memberId) as Spot
      const isStanding = stoodMs(spots, one) >= STOOD_MS
      if (!isStanding && !spot.hasMoved) return [] // this node has not seen them for long enough to say
      const holds = isStanding && !isWaitingPlace(one, lookout) && !isHalt(one)
      return [{ memberId, holds, atMs: lookout.scene.nowMs, sinceMs: spot.fix.takenAtMs }]
    })
    const limits = { rule: 'stopped', raisedAfterMs: 0, overAfterMs: 15 * SECOND_MS, leastCount: 1 } as const
    const { memory: streaks, observations } = weighed(limits, memory.streaks, lookout, verdicts)
    return { memory: { spots, streaks }, observations }
  },
}

function spotAfter(before: Spot | undefined, fix: Fix): Spot {
  if (!before) return { fix, newestMs: fix.takenAtMs, count: 1, awayCount: 0, hasMoved: false }
  if (fix.takenAtMs <= before.newestMs) return before
  const seen = { ...before, newestMs: fix.takenAtMs, count: before.count + 1 }
  if (distanceM(before.fix, fix) <= SPOT_M + (fix.accuracyM ?? 0)) return { ...seen, awayCount: 0 }
  if (before.awayCount === 0) return { ...seen, awayCount: 1 } // one fix may be wrong
  return { fix, newestMs: fix.takenAtMs, count: 1, awayCount: 0, hasMoved: true }
}

function stoodMs(spots: ReadonlyMap<MemberId, Spot>, { member, isFresh }: Watched): number {
  const spot = spots.get(member.memberId)
  return spot && isFresh && spot.count >= 3 ? spot.newestMs - spot.fix.takenAtMs : 0
}

function isWaitingPlace({ fix, wasAtM, hasArrived }: Watched, { scene: { run } }: Lookout): boolean {
  if (hasArrived || (wasAtM !== null && wasAtM <= WAITING_M)) return true
  const isNear = (place: Place) => distanceM(place, fix) <= WAITING_M
  return [...run.regroups.values()].some(({ isOver, place }) => !isOver && isNear(place))
}
