/** What a cyclist's fixes say of how they ride: how fast when they ride, and where they are heading. */

import { SECOND_MS } from '../../units.ts'
import { bearingDeg, distanceM } from '../distance.ts'
import type { Fix } from '../fix.ts'
import type { Rider } from './rides.ts'

/** Plain data, so that it can move with a member to another node. Never changed in place. */
export type RiderState = {
  readonly newest: Fix
  /** Where the stretch began over which the speed is measured now. */
  readonly stretchFrom: Fix
  readonly rideMps: number
  /** How many stretches that rests on. */
  readonly stretches: number
  readonly headingDeg: number | null
}

const FIRST_GUESS_MPS = 5
/** Slower is company for a runner, faster no bottle survives. */
const RIDE_MPS = { least: 3, most: 7 }
const STRETCH_S = 15
/** After a longer gap nobody knows what was ridden. */
const GAP_MS = 60_000
/** A stretch this near to the usual speed was ridden in earnest; a slower one has a stop in it or says little; the rest was in company. */
const EARNEST_SHARE = 0.85
const COMPANY_SHARE = 0.7
const IN_DOUBT_COUNTS = 0.15
/** The first guess counts like so many stretches; what was ridden long ago fades, some ten minutes of riding later. */
const GUESS_STRETCHES = 4
const REMEMBERED_STRETCHES = 50
/** A thumb, a look round, a bottle to find. */
const SETS_OFF_SPREAD_S = 6
/** Between two fixes; less is noise or standing. */
const HEADS_FROM_M = 12

/** After one more believed fix of the cyclist, in its own order; one that is not newer changes nothing. */
export function riderAfter(state: RiderState | undefined, fix: Fix): RiderState {
  if (!state) return { newest: fix, stretchFrom: fix, rideMps: FIRST_GUESS_MPS, stretches: 0, headingDeg: null }
  const { newest, stretchFrom } = state
  const sinceMs = fix.takenAtMs - newest.takenAtMs
  if (!(sinceMs > 0)) return state
  if (sinceMs > GAP_MS) return { ...state, newest: fix, stretchFrom: fix, headingDeg: null }
  const headingDeg = distanceM(newest, fix) >= HEADS_FROM_M ? bearingDeg(newest, fix) : null
  const stretchS = (fix.takenAtMs - stretchFrom.takenAtMs) / SECOND_MS
  if (stretchS < STRETCH_S) return { ...state, newest: fix, headingDeg }
  return { newest: fix, stretchFrom: fix, ...learned(state, distanceM(stretchFrom, fix) / stretchS), headingDeg }
}

/** The cyclist as a rider to plan with. One under way has gone on since the newest fix, so it counts from there; one who stands sets off now. */
export function riderAt({ newest, rideMps, headingDeg }: RiderState, nowMs: number): Rider {
  const { latitudeDeg, longitudeDeg, takenAtMs } = newest
  const isUnderWay = headingDeg !== null && nowMs - takenAtMs < GAP_MS
  const place = { latitudeDeg, longitudeDeg }
  const [atMs, heading] = isUnderWay ? [takenAtMs, headingDeg] : [nowMs, null]
  return { place, atMs, spreadS: SETS_OFF_SPREAD_S, rideMps, headingDeg: heading }
}

/** A fading mean of the stretches ridden. */
function learned({ rideMps, stretches }: RiderState, rodeMps: number): Pick<RiderState, 'rideMps' | 'stretches'> {
  if (rodeMps < Math.max(RIDE_MPS.least, COMPANY_SHARE * rideMps) || rodeMps > RIDE_MPS.most)
    return { rideMps, stretches }
  const counts = rodeMps >= EARNEST_SHARE * rideMps ? 1 : IN_DOUBT_COUNTS
  const gain = counts / (GUESS_STRETCHES + Math.min(stretches, REMEMBERED_STRETCHES))
  return { rideMps: rideMps + gain * (rodeMps - rideMps), stretches: stretches + counts }
}
