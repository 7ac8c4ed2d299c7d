/**
 * The places along the route a fix may mean: of each pass near enough, its nearest point.
 *
 * Results lie in one buffer that the next search overwrites: a fix is searched several times, thousands of times a second.
 */
import { passesNear, type RouteMap, segmentOf } from './route-map.ts'

/** Nearest points of one bend are one candidate; those before and after a turn-round are two. */
const APART_M = 15
/** The line turns round where its direction changes by more than 120 degrees. */
export const TURN_ALIKE = -0.5
/** So far the line goes straight on past its ends and turns. */
const BEYOND_MOST_M = 60
const CANDIDATES_MAX = 24
/** Most segments looked at in one search; what is beyond is looked at again when a later fix comes. */
const SEGMENTS_MAX = 1_500

export type Candidates = {
  count: number
  /** Before the start and past the end it goes on below 0 and beyond the length, as if the line went straight on. */
  readonly atM: Float64Array
  /** Metres from the fix to the line, squared. */
  readonly awayM2: Float64Array
  /** The same to the line as it would go straight on. */
  readonly acrossM2: Float64Array
  /** Direction of the line there: east and north parts of a unit vector. */
  readonly east: Float64Array
  readonly north: Float64Array
}

export function newCandidates(): Candidates {
  const column = () => new Float64Array(CANDIDATES_MAX)
  return {
    count: 0,
    atM: column(),
    awayM2: column(),
    acrossM2: column(),

    east: column(),
    north: column(),
  }
}

/**
 * Searches the route from `fromM` to `toM` for places no other place beside which is nearer to the fix, in order along
 * the route. What is nearest only because the search ends there counts when there is nothing else (inside a bend all is
 * equally near), and then as if the line went straight on.
 */
export function searchAlong(
  map: RouteMap,
  eastM: number,
  northM: number,
  fromM: number,
  toM: number,
  found: Candidates,
): void {
  found.count = 0
  const from = segmentOf(map, fromM)
  const to = Math.min(segmentOf(map, toM), from + SEGMENTS_MAX)
  searchSegments(map, eastM, northM, from, to, found)
  if (found.count === 0) keepNearestPoint(map, eastM, northM, from, to, found)
}

/** Searches all passes of the fix's cell, those nearest along the route to `nearM` first, as long as the buffer has room. */
export function searchEverywhere(map: RouteMap, eastM: number, northM: number, nearM: number, found: Candidates): void {
  found.count = 0
  const passes = passesNear(map, eastM, northM)
  const near = segmentOf(map, nearM)
  let after = passes.findIndex(({ to }) => to >= near)
  if (after < 0) after = passes.length
  let before = after - 1
  let segmentsLeft = SEGMENTS_MAX
  while (segmentsLeft > 0 && found.count < CANDIDATES_MAX && (before >= 0 || after < passes.length)) {
    const [behind, ahead] = [passes[before], passes[after]]
    const isAhead = ahead && (!behind || ahead.from - near <= near - behind.to)
    const pass = (isAhead ? ahead : behind) as { from: number; to: number }
    if (isAhead) after++
    else before--
    // One segment more, since a pass may be cut at its nearest point.
    const from = Math.max(0, pass.from - 1)
    searchSegments(map, eastM, northM, from, Math.min(pass.to, from + segmentsLeft), found)
    segmentsLeft -= pass.to - from + 1
  }
}

/**
 * A nearest point lies within a segment, or at a point that one segment leads to and the next one leads away from. A turn-round is
 * such a point for both its legs, and each goes straight on beyond it: else nobody could be wrong outwards there.
 */
function searchSegments(
  { eastM: xs, northM: ys, atM: along }: RouteMap,
  eastM: number,
  northM: number,
  from: number,
  to: number,
  found: Candidates,
): void {
  const last = Math.max(0, xs.length - 2)
  let isLedTo = from === 0
  let [beforeEast, beforeNorth, beyondM] = [0, 0, 0]
  for (let segment = from; segment <= to; segment++) {
    const fromE = (xs[segment] as number) - eastM
    const fromN = (ys[segment] as number) - northM
    const stepE = (xs[segment + 1] ?? (xs[segment] as number)) - eastM - fromE
    const stepN = (ys[segment + 1] ?? (ys[segment] as number)) - northM - fromN
    const step2 = stepE * stepE + stepN * stepN
    const stepM = Math.sqrt(step2) || 1
    const [east, north] = [stepE / stepM, stepN / stepM]
    const open = step2 > 0 ? -(fromE * stepE + fromN * stepN) / step2 : 0
    const isBeyond = open >= 1
    const share = open < 0 ? 0 : isBeyond ? 1 : open
    if (share > 0 ? !isBeyond || segment === last : isLedTo) {
      const awayE = fromE + stepE * share
      const awayN = fromN + stepN * share
      const startM = along[segment] as number
      const isTurn = share === 0 && beforeEast * east + beforeNorth * north < TURN_ALIKE
      if (isTurn) keep(found, startM + Math.min(beyondM, BEYOND_MOST_M), awayE, awayN, beforeEast, beforeNorth, true)
      const isEnd = isTurn || (open < 0 ? segment === 0 : isBeyond && segment === last)
      const atShareM = startM + ((along[segment + 1] ?? startM) - startM) * share
      const onwardsM = isEnd ? Math.max(-BEYOND_MOST_M, Math.min(BEYOND_MOST_M, (open - share) * stepM)) : 0
      const atM = atShareM + onwardsM
      keep(found, atM, awayE, awayN, east, north, isEnd)
    }
    isLedTo = isBeyond
    ;[beforeEast, beforeNorth, beyondM] = [east, north, (open - 1) * stepM]
  }
}

function keepNearestPoint(
  { eastM: xs, northM: ys, atM: along }: RouteMap,
  eastM: number,
  northM: number,
  from: number,
  to: number,
  found: Candidates,
): void {
  let [best, best2] = [from, Number.POSITIVE_INFINITY]
  for (let segment = from; segment <= to; segment++) {
    const away2 = ((xs[segment] as number) - eastM) ** 2 + ((ys[segment] as number) - northM) ** 2
    if (away2 < best2) [best, best2] = [segment, away2]
  }
  const awayE = (xs[best] as number) - eastM
  const awayN = (ys[best] as number) - northM
  const stepE = (xs[best + 1] ?? (xs[best] as number)) - (xs[best] as number)
  const stepN = (ys[best + 1] ?? (ys[best] as number)) - (ys[best] as number)
  const stepM = Math.hypot(stepE, stepN) || 1
  const aheadM = -(awayE * stepE + awayN * stepN) / stepM
  const onwardsM = Math.max(-BEYOND_MOST_M, Math.min(BEYOND_MOST_M, aheadM))
  keep(found, (along[best] as number) + onwardsM, awayE, awayN, stepE / stepM, stepN / stepM, true)
}

/** `awayE`, `awayN`: metres from the fix to the line. */
function keep(
  found: Candidates,
  atM: number,
  awayE: number,
  awayN: number,
  east: number,
  north: number,
  isEnd: boolean,
): void {
  const awayM2 = awayE * awayE + awayN * awayN
  // Past an end only what is across counts, but for what is farther than the line goes on.
  const tooFarM = isEnd ? Math.max(0, Math.abs(awayE * east + awayN * north) - BEYOND_MOST_M) : 0
  const acrossM2 = isEnd ? (awayE * north - awayN * east) ** 2 + tooFarM * tooFarM : awayM2
  let index = found.count - 1
  if (index < 0 || atM - (found.atM[index] as number) >= APART_M || !isAlike(found, index, east, north)) {
    if (found.count === CANDIDATES_MAX) return
    index = found.count++
  } else if (awayM2 >= (found.awayM2[index] as number)) return
  found.atM[index] = atM
  found.awayM2[index] = awayM2
  found.acrossM2[index] = acrossM2
  found.east[index] = east
  found.north[index] = north
}

const isAlike = (found: Candidates, index: number, east: number, north: number): boolean =>
  (found.east[index] as number) * east + (found.north[index] as number) * north > 0
