import { distanceM } from '../../../shared/geo/distance.ts'
import type { Fix, Place } from '../../../shared/geo/fix.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { noStreaks, type RuleWatch, type Streaks, weighed } from './lasting.ts'
import type { Lookout, Watched } from './lookout.ts'

const STOOD_MS = 4 * MINUTE_MS
/** Well beyond how far the places of a phone that lies still wander. */
const SPOT_M = 50
/** Where people wait for each other. */
const WAITING_M = 100
/** So many standing by are a halt, and would call for help. */
const HALT_COUNT = 3

/** Where somebody came to stand. `awayAtMs`: of a newer fix that was elsewhere, if the newest is. */
type Spot = { readonly fix: Fix; readonly awayAtMs: number | null; readonly hasMoved: boolean }
type Memory = { readonly spots: ReadonlyMap<MemberId, Spot>; readonly streaks: Streaks }

/**
 * AT22: within 50 m of one spot for 4 min, by fixes, with a route or without. Not at the start, at the end or where a regroup is called,
 * nor beside three others who stand. Over when they have moved on, which a fix alone does not say.
 */
export const stopped: RuleWatch<Memory> = {
  nothing: { spots: new Map(), streaks: noStreaks },
  look(memory, lookout) {
    const { run, nowMs } = lookout.scene
    const spots = new Map<MemberId, Spot>()
    const standing = new Set<Watched>()
    const about: Watched[] = []
    for (const one of lookout.runners) {
      const { memberId } = one.member
      const spot = spotAfter(memory.spots.get(memberId), one.fix)
      spots.set(memberId, spot)
      const isStanding = one.isFresh && spot.awayAtMs === null && one.fix.takenAtMs - spot.fix.takenAtMs >= STOOD_MS
      if (isStanding) standing.add(one)
      // A node that has only begun to look cannot say that somebody has moved on.
      if (isStanding || (spot.hasMoved && openAlert(run, 'stopped', memberId))) about.push(one)
    }
    const verdicts = about.map((one) => {
      const holds = standing.has(one) && !isWaitingPlace(one, lookout) && !isHalt(one, standing)
      return {
        memberId: one.member.memberId,
        holds,
        atMs: nowMs,
        sinceMs: spots.get(one.member.memberId)?.fix.takenAtMs ?? nowMs,
      }
    })
    const limits = { rule: 'stopped', raisedAfterMs: 0, overAfterMs: 15 * SECOND_MS, leastCount: 1 } as const
    const { memory: streaks, observations } = weighed(limits, memory.streaks, lookout, verdicts)
    return { memory: { spots, streaks }, observations }
  },
}

function spotAfter(before: Spot | undefined, fix: Fix): Spot {
  if (!before) return { fix, awayAtMs: null, hasMoved: false }
  const { awayAtMs } = before
  if (distanceM(before.fix, fix) <= SPOT_M + (fix.accuracyM ?? 0))
    return awayAtMs === null ? before : { ...before, awayAtMs: null }
  if (awayAtMs === null) return { ...before, awayAtMs: fix.takenAtMs } // one fix may be wrong
  return fix.takenAtMs > awayAtMs ? { fix, awayAtMs: null, hasMoved: true } : before
}

/** Of thousands who wait for the start together each need not be measured against all. */
function isHalt({ fix }: Watched, standing: Iterable<Watched>): boolean {
  let count = 0
  for (const other of standing) if (distanceM(other.fix, fix) <= WAITING_M && ++count > HALT_COUNT) return true
  return false
}

function isWaitingPlace({ fix, wasAtM, hasArrived }: Watched, { scene: { run } }: Lookout): boolean {
  if (hasArrived || (wasAtM !== null && wasAtM <= WAITING_M)) return true
  const isNear = (place: Place) => distanceM(place, fix) <= WAITING_M
  return [...run.regroups.values()].some(({ isOver, place }) => !isOver && isNear(place))
}
