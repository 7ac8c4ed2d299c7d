/** The hypotheses of one member: what each becomes with a fix, who is born, and who dies. */
import { type Candidates, newCandidates, searchAlong, searchEverywhere, TURN_ALIKE } from './candidates.ts'
import { type Hypothesis, innovationVar, turned, updated } from './hypothesis.ts'
import type { RouteMap } from './route-map.ts'

/** A fix on the flat map, and what is known about its worth. */
export type Sighting = {
  readonly map: RouteMap
  readonly eastM: number
  readonly northM: number
  /** Deviation of its error along one axis. */
  readonly noiseM: number
  /** Share of it that is news (0 to 1): errors of fixes soon after each other are alike. */
  readonly news: number
  readonly usualMps: number
  readonly isOffRoute: boolean
}

const HYPOTHESES_MAX = 8
/** Beyond so many natural logs below the best one, a hypothesis is forgotten. */
const FORGOTTEN_LOG = 12
/** Of those farther from the best one, laps and legs, only so many live: they are much alike, and must not crowd out what is near. */
const FAR_M = 150
const FAR_MAX = 3
const SAME_PLACE_M = 12
const SAME_SPEED_MPS = 1
/** Chance each second that somebody is suddenly elsewhere on the route: a short cut, a lift, a turn before the turn-round. */
const ELSEWHERE_PER_S = 1e-6
/** And on the other side of a turn-round near by, because it was missed, or made early. */
const NEARBY_PER_S = 5e-4
const NEARBY_M = 80
/** Or a few hundred metres off, on the same lap. */
const SAME_LAP_PER_S = 5e-6
const SAME_LAP_M = 300
/** And then anywhere within so much of a pass. */
const ELSEWHERE_WITHIN_M = 300
/** Share of fixes that mean nothing, and the square metres they may be on. */
const STRAY_CHANCE = 0.02
const LOG_STRAY = Math.log(STRAY_CHANCE / 300 ** 2)
/** The error of a phone may jump, between houses, and stay so for a while. */
const LOG_BURST = Math.log(0.003)
const BURST_M = 40
/** Whoever is on the route runs so far beside its line, or the line is drawn so far aside. */
const WIDTH_M = 12
/** A distance from the line beyond so many deviations weighs in proportion, no longer squared. */
const TAIL_FROM = 3
const WINDOW_DEVIATIONS = 3.5
const WINDOW_LEAST_M = 15
const WINDOW_MOST_M = 600
/** When nothing in the window is near the fix, a wider one is searched. */
const WIDER = 3
const FAR_DEVIATIONS = 2
/** So far from where it is thought to be, a fix is looked for everywhere. */
export const LOST_AWAY_M = 25
const FIRST_NEAR_M = 80
/** Most people are tracked from the start of the run. */
const START_LOG = 10
const START_WITHIN_M = 500
/** Another hypothesis is told only when it is so much more likely, or the dot would jump to and fro. */
const WORTH_CHANGING_LOG = Math.log(1.5)
const LOG_2PI = Math.log(2 * Math.PI)

const found: Candidates = newCandidates()

/**
 * Adds to `children` what a predicted hypothesis becomes with a sighting: a child for each place about it that the sighting
 * may mean.
 */
export function bear(ahead: Hypothesis, sighting: Sighting, children: Hypothesis[]): void {
  const { map, eastM, northM } = sighting
  const widest = Math.sqrt(innovationVar(ahead, sighting.noiseM))
  const window = Math.min(WINDOW_MOST_M, WINDOW_DEVIATIONS * widest + Math.abs(ahead.errorM) + WINDOW_LEAST_M)
  searchAlong(map, eastM, northM, ahead.atM - window, ahead.atM + window, found)
  if (nearestFound2() > (FAR_DEVIATIONS * sighting.noiseM) ** 2 + LOST_AWAY_M ** 2) {
    const wider = Math.min(WINDOW_MOST_M, WIDER * window)
    searchAlong(map, eastM, northM, ahead.atM - wider, ahead.atM + wider, found)
  }
  for (let index = 0; index < found.count; index++) {
    const measuredM = found.atM[index] as number
    const awayM = Math.sqrt(found.awayM2[index] as number)
    const isAside = sighting.isOffRoute && ahead.awayM > LOST_AWAY_M
    const noiseM = isAside ? Math.max(sighting.noiseM, awayM / 2) : sighting.noiseM
    const here = turned(ahead, found.east[index] as number, found.north[index] as number, noiseM)
    const burst = { ...here, errorVar: here.errorVar + BURST_M * BURST_M }
    const logCalm = logAlong(here, measuredM, noiseM)
    const logBurst = LOG_BURST + logAlong(burst, measuredM, noiseM)
    const meant = Math.max(logCalm, logBurst) + logAway(found.acrossM2[index] as number, noiseM, sighting.news)
    const nothing = LOG_STRAY - Math.log(found.count)
    const either = logSum(meant, nothing)
    const belief = Math.exp(meant - either)
    const logWeight = ahead.logWeight + either
    const child = updated(logBurst > logCalm ? burst : here, measuredM, awayM, noiseM, belief, logWeight)
    children.push({ ...child, logWeight: child.logWeight + logOwnSide(child, index) })
  }
}

function nearestFound2(): number {
  let nearest2 = Number.POSITIVE_INFINITY
  for (let index = 0; index < found.count; index++) nearest2 = Math.min(nearest2, found.awayM2[index] as number)
  return nearest2
}

/**
 * Adds hypotheses for places of the route that none stands at, since people take short cuts. Whoever goes there goes on moving as
 * before: on the other leg of an out-and-back that is backwards.
 */
export function lookAround(sighting: Sighting, sinceS: number, children: Hypothesis[]): void {
  const { map, eastM, northM, noiseM, news, usualMps } = sighting
  const likely = children.reduce((best, child) => (child.logWeight > best.logWeight ? child : best))
  searchEverywhere(map, eastM, northM, likely.atM, found)
  const own = indexNear(likely.atM, 3 * SAME_PLACE_M)
  for (let index = 0; index < found.count; index++) {
    const awayM2 = found.awayM2[index] as number
    const atM = found.atM[index] as number
    if (awayM2 > (TAIL_FROM * noiseM + WIDTH_M) ** 2) continue
    const apartM = Math.abs(atM - likely.atM)
    const nearby = NEARBY_PER_S * Math.exp(-apartM / NEARBY_M) + SAME_LAP_PER_S * Math.exp(-apartM / SAME_LAP_M)
    const born = Math.log(((nearby + ELSEWHERE_PER_S / found.count) * sinceS) / ELSEWHERE_WITHIN_M)
    const logWeight = born + logAway(found.acrossM2[index] as number, noiseM, news)
    const isTaken = (child: Hypothesis) => Math.abs(child.atM - atM) < 3 * SAME_PLACE_M && child.logWeight > logWeight
    if (children.some(isTaken)) continue
    if (own < 0) children.push(newborn(index, usualMps, usualMps / 2, noiseM, logWeight))
    else children.push({ ...moved(likely, found.atM[own] as number, index, noiseM), logWeight })
  }
}

/**
 * About a turn-round a fix means two places, one on each leg. A child speaks for its own leg only: the log of how much of it lies there,
 * or whoever waits at the turn would become more likely with each fix.
 */
function logOwnSide({ atM, atVar }: Hypothesis, index: number): number {
  let share = 1
  for (const other of [index - 1, index + 1]) {
    if (other < 0 || other >= found.count) continue
    const turnM = ((found.atM[index] as number) + (found.atM[other] as number)) / 2
    const alike =
      (found.east[index] as number) * (found.east[other] as number) +
      (found.north[index] as number) * (found.north[other] as number)
    if (alike > TURN_ALIKE) continue
    const insideM = other < index ? atM - turnM : turnM - atM
    share *= 1 / (1 + Math.exp((-1.7 * insideM) / Math.sqrt(Math.max(1, atVar))))
  }
  return Math.log(Math.max(1e-12, share))
}

function indexNear(atM: number, withinM: number): number {
  let best = -1
  for (let index = 0; index < found.count; index++) {
    const beyondM = Math.abs((found.atM[index] as number) - atM)
    if (beyondM < withinM && !(best >= 0 && beyondM >= Math.abs((found.atM[best] as number) - atM))) best = index
  }
  return best
}

/** The same motion on another pass: `alike` is 1 for the same direction, -1 for the opposite one. */
function moved(h: Hypothesis, fromM: number, index: number, noiseM: number): Hypothesis {
  const [east, north] = [found.east[index] as number, found.north[index] as number]
  const alike = h.east * east + h.north * north
  return {
    ...turned(h, east, north, noiseM),
    atM: (found.atM[index] as number) + alike * (h.atM - fromM),
    speedMps: alike * h.speedMps,
    atSpeedCov: alike * alike * h.atSpeedCov,
    atErrorCov: alike * alike * h.atErrorCov,
    speedErrorCov: alike * alike * h.speedErrorCov,
    awayM: Math.sqrt(found.awayM2[index] as number),
  }
}

/** The first hypotheses: every pass the first sighting near the route may mean, the start before all others. */
export function firstHypotheses(sighting: Sighting): Hypothesis[] {
  const { map, eastM, northM, noiseM, usualMps } = sighting
  searchEverywhere(map, eastM, northM, 0, found)
  const born: Hypothesis[] = []
  for (let index = 0; index < found.count; index++) {
    const awayM2 = found.awayM2[index] as number
    const atM = found.atM[index] as number
    if (awayM2 > (TAIL_FROM * noiseM + FIRST_NEAR_M) ** 2) continue
    const start = START_LOG * Math.exp(-Math.max(0, atM) / START_WITHIN_M)
    const logWeight = start + logAway(found.acrossM2[index] as number, noiseM, 1)
    const goes = newborn(index, usualMps, usualMps / 3, noiseM, logWeight)
    born.push(goes, { ...goes, isStanding: true, speedMps: 0, speedVar: 0 })
  }
  return weighed(born, undefined)
}

/** The heaviest hypotheses, weights adding up to 1, one for each place; the one told before stays first unless another is clearly likelier. */
export function weighed(children: readonly Hypothesis[], told: Hypothesis | undefined): Hypothesis[] {
  const sorted = children.toSorted((a, b) => b.logWeight - a.logWeight)
  const kept: Hypothesis[] = []
  const [best] = sorted
  let far = 0
  for (const child of sorted) {
    if (!best || child.logWeight < best.logWeight - FORGOTTEN_LOG || kept.length >= HYPOTHESES_MAX) break
    const same = kept.findIndex((other) => isSame(other, child))
    const there = kept[same]
    if (there) kept[same] = { ...there, logWeight: logSum(there.logWeight, child.logWeight) }
    else if (Math.abs(child.atM - best.atM) < FAR_M || far++ < FAR_MAX) kept.push(child)
  }
  const total = kept.reduce((sum, { logWeight }) => logSum(sum, logWeight), Number.NEGATIVE_INFINITY)
  const normal = kept.map((each) => ({ ...each, logWeight: each.logWeight - total }))
  const before = told ? normal.findIndex((each) => isSame(each, told)) : 0
  const first = normal[before]
  if (before <= 0 || !first || first.logWeight < (normal[0] as Hypothesis).logWeight - WORTH_CHANGING_LOG) return normal
  return [first, ...normal.filter((each) => each !== first)]
}

const isSame = (a: Hypothesis, b: Hypothesis): boolean =>
  a.isStanding === b.isStanding &&
  Math.abs(a.atM - b.atM) < SAME_PLACE_M &&
  Math.abs(a.speedMps - b.speedMps) < SAME_SPEED_MPS

function newborn(index: number, speedMps: number, swingMps: number, noiseM: number, logWeight: number): Hypothesis {
  // The place came from this fix alone: it is as wrong as the fix is.
  const errorVar = noiseM * noiseM
  return {
    logWeight,
    isStanding: false,
    atM: found.atM[index] as number,
    speedMps,
    errorM: 0,
    atVar: errorVar + WIDTH_M ** 2,
    atSpeedCov: 0,
    speedVar: swingMps * swingMps,
    atErrorCov: -errorVar,
    speedErrorCov: 0,
    errorVar,
    east: found.east[index] as number,
    north: found.north[index] as number,
    awayM: Math.sqrt(found.awayM2[index] as number),
  }
}

function logAlong(h: Hypothesis, measuredM: number, noiseM: number): number {
  const variance = innovationVar(h, noiseM)
  const surpriseM = measuredM - h.atM - h.errorM
  return -0.5 * ((surpriseM * surpriseM) / variance + Math.log(variance) + LOG_2PI)
}

/** Of the distance from the line; news alike to what was seen before weighs less. */
function logAway(awayM2: number, noiseM: number, news: number): number {
  const variance = noiseM * noiseM + WIDTH_M * WIDTH_M
  const deviations2 = awayM2 / variance
  const cost =
    deviations2 <= TAIL_FROM * TAIL_FROM
      ? deviations2 / 2
      : TAIL_FROM * Math.sqrt(deviations2) - (TAIL_FROM * TAIL_FROM) / 2
  return -news * cost - 0.5 * (Math.log(variance) + LOG_2PI)
}

function logSum(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a]
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high))
}
