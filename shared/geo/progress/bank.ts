/** The hypotheses of one member: what each becomes with a fix, who is born, and who dies. */
import { type Candidates, newCandidates, searchAlong, searchEverywhere } from './candidates.ts'
import { type Hypothesis, innovationVar, jolted, updated } from './hypothesis.ts'
import type { RouteMap } from './route-map.ts'

/** A fix on the flat map, and what is known about its worth. */
export type Sighting = {
  readonly map: RouteMap
  readonly eastM: number
  readonly northM: number
  /** Seconds since the fix before. */
  readonly dtS: number
  /** Deviation of its error along one axis. */
  readonly noiseM: number
  /** Share of it that is news (0 to 1): errors of fixes soon after each other are alike. */
  readonly news: number
  readonly usualMps: number
  readonly isOffRoute: boolean
}

const HYPOTHESES_MAX = 6
/** Beyond so many natural logs below the best one, a hypothesis is forgotten. */
const FORGOTTEN_LOG = 12
const SAME_PLACE_M = 12
/** Chance each second that somebody is suddenly elsewhere on the route: a short cut, a lift, a turn before the turn-round. */
const ELSEWHERE_PER_S = 3e-5
/** Chance each second that somebody stops, or goes on. */
const JOLT_PER_S = 1 / 120
const JOLT_SHARE = 0.6
/** Share of fixes that mean nothing, and the square metres they may be on. */
const STRAY_CHANCE = 0.02
const LOG_STRAY = Math.log(STRAY_CHANCE / 300 ** 2)
const WIDTH_M = 5
/** A distance from the line beyond so many deviations weighs in proportion, no longer squared. */
const TAIL_FROM = 3
const WINDOW_DEVIATIONS = 3.5
const WINDOW_LEAST_M = 15
const WINDOW_MOST_M = 600
const FIRST_NEAR_M = 80
/** Most people are tracked from the start of the run. */
const START_LOG = 4
const START_WITHIN_M = 150
/** Another hypothesis is told only when it is so much more likely, or the dot would jump to and fro. */
const WORTH_CHANGING_LOG = Math.log(1.5)
const LOG_2PI = Math.log(2 * Math.PI)

const found: Candidates = newCandidates()

/**
 * Adds to `children` what a predicted hypothesis becomes with a sighting: a child for each place about it that the sighting may
 * mean, or itself, unmoved. Returns the squared metres to the nearest of them.
 */
export function bear(ahead: Hypothesis, sighting: Sighting, children: Hypothesis[]): number {
  const { map, eastM, northM, dtS, usualMps } = sighting
  const joltChance = 1 - Math.exp(-dtS * JOLT_PER_S)
  const shaken = jolted(ahead, dtS, JOLT_SHARE * usualMps)
  const widest = Math.sqrt(innovationVar(shaken, sighting.noiseM))
  const window = Math.min(WINDOW_MOST_M, WINDOW_DEVIATIONS * widest + WINDOW_LEAST_M)
  searchAlong(map, eastM, northM, ahead.atM - window, ahead.atM + window, found)
  let nearest2 = Number.POSITIVE_INFINITY
  const born = children.length
  for (let index = 0; index < found.count; index++) {
    const measuredM = found.atM[index] as number
    const awayM2 = found.awayM2[index] as number
    nearest2 = Math.min(nearest2, awayM2)
    const noiseM = sighting.isOffRoute ? Math.max(sighting.noiseM, Math.sqrt(awayM2) / 2) : sighting.noiseM
    const calm = Math.log(1 - joltChance) + logAlong(ahead, measuredM, noiseM)
    const shook = Math.log(joltChance) + logAlong(shaken, measuredM, noiseM)
    const meant = Math.max(calm, shook) + logAway(awayM2, noiseM, sighting.news)
    const nothing = LOG_STRAY - Math.log(found.count)
    const either = logSum(meant, nothing)
    const belief = Math.exp(meant - either)
    children.push(updated(shook > calm ? shaken : ahead, measuredM, noiseM, belief, ahead.logWeight + either))
  }
  if (children.length === born) children.push({ ...ahead, logWeight: ahead.logWeight + LOG_STRAY })
  return nearest2
}

/**
 * Adds hypotheses for places of the route that none stands at, since people take short cuts. Returns the squared metres to the
 * nearest pass of the route.
 */
export function lookAround(sighting: Sighting, sinceS: number, children: Hypothesis[]): number {
  const { map, eastM, northM, noiseM, news, usualMps } = sighting
  const bestLog = children.reduce((best, { logWeight }) => Math.max(best, logWeight), Number.NEGATIVE_INFINITY)
  const likely = children.find(({ logWeight }) => logWeight === bestLog)
  searchEverywhere(map, eastM, northM, likely?.atM ?? 0, found)
  // As likely as the best one was before this fix, times the chance of having come here since the last look.
  const born = (likely ? bestLog : 0) + Math.log((ELSEWHERE_PER_S * sinceS) / Math.max(1, found.count))
  let nearest2 = Number.POSITIVE_INFINITY
  for (let index = 0; index < found.count; index++) {
    const awayM2 = found.awayM2[index] as number
    const atM = found.atM[index] as number
    nearest2 = Math.min(nearest2, awayM2)
    if (awayM2 > (TAIL_FROM * noiseM + WIDTH_M) ** 2) continue
    if (children.some((child) => Math.abs(child.atM - atM) < 3 * SAME_PLACE_M)) continue
    const logWeight = born + logAway(awayM2, noiseM, news) + 0.5 * LOG_2PI + Math.log(noiseM)
    children.push(newborn(atM, usualMps, usualMps / 2, noiseM, logWeight))
  }
  return nearest2
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
    const start = atM < START_WITHIN_M ? START_LOG : 0
    born.push(newborn(atM, usualMps / 2, usualMps / 2, noiseM, start + logAway(awayM2, noiseM, 1)))
  }
  return weighed(born, undefined)
}

/** The heaviest hypotheses, weights adding up to 1, one for each place; the one told before stays first unless another is clearly likelier. */
export function weighed(children: readonly Hypothesis[], told: Hypothesis | undefined): Hypothesis[] {
  const sorted = children.toSorted((a, b) => b.logWeight - a.logWeight)
  const kept: Hypothesis[] = []
  const best = sorted[0]?.logWeight ?? 0
  for (const child of sorted) {
    if (child.logWeight < best - FORGOTTEN_LOG || kept.length >= HYPOTHESES_MAX) break
    const same = kept.findIndex(({ atM }) => Math.abs(atM - child.atM) < SAME_PLACE_M)
    const there = kept[same]
    if (there) kept[same] = { ...there, logWeight: logSum(there.logWeight, child.logWeight) }
    else kept.push(child)
  }
  const total = kept.reduce((sum, { logWeight }) => logSum(sum, logWeight), Number.NEGATIVE_INFINITY)
  const normal = kept.map((each) => ({ ...each, logWeight: each.logWeight - total }))
  const before = told ? normal.findIndex(({ atM }) => Math.abs(atM - told.atM) < SAME_PLACE_M) : 0
  const first = normal[before]
  if (before <= 0 || !first || first.logWeight < (normal[0] as Hypothesis).logWeight - WORTH_CHANGING_LOG) return normal
  return [first, ...normal.filter((each) => each !== first)]
}

function newborn(atM: number, speedMps: number, swingMps: number, noiseM: number, logWeight: number): Hypothesis {
  // The place came from this fix alone: it is as wrong as the fix is.
  const errorVar = noiseM * noiseM
  return {
    logWeight,
    atM,
    speedMps,
    errorM: 0,
    atVar: errorVar + WIDTH_M ** 2,
    atSpeedCov: 0,
    speedVar: swingMps * swingMps,
    atErrorCov: -errorVar,
    speedErrorCov: 0,
    errorVar,
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
