/**
 * Where a member is along the route: an online filter that keeps several ideas alive and never looks ahead.
 *
 * Each hypothesis is a Kalman filter over metres along the route (hypothesis.ts). A fix is looked up on the line around
 * each of them; every place it may mean makes a child, weighed by how well it fits pace, noise and distance from the line; a few
 * come from elsewhere on the route, since people take short cuts. What gains no weight dies.
 * So legs are told apart by the way somebody moves, and laps by how long it takes.
 *
 * Method: a bank of Kalman filters with Bayes weights over route positions, after Newson and Krumm 2009 and the online
 * variant of Goh et al. 2012, with arc length in the place of road segments.
 */
import { eastwardDeg } from '../distance.ts'
import type { Fix } from '../fix.ts'
import { bear, LOST_AWAY_M, likeliestOf, type Sighting, weighed } from './bank.ts'
import { firstHypotheses, lookAround } from './births.ts'
import { type Doubts, doubtsAfter, noDoubts } from './doubts.ts'
import {
  beginGait,
  forecastSpread,
  type Gait,
  gaitAfter,
  gaitAfterSilence,
  noiseOfFix,
  staysChance,
  swingOf,
} from './gait.ts'
import type { Hypothesis } from './hypothesis.ts'
import {
  ERROR_MEMORY_S,
  going,
  PART_OF_WAY,
  type Pace,
  pausing,
  standing,
  startChance,
  starting,
  staying,
  stopping,
} from './motion.ts'
import { type Progress, RIGHT_WITHIN_M, type Rival } from './progress.ts'
import type { RouteMap } from './route-map.ts'

/** Plain data, so that it can move with a member to another node. Never changed in place. */
export type ProgressState = {
  readonly takenAtMs: number
  /** The one that is told first. Empty until a fix has come near the route. */
  readonly hypotheses: readonly Hypothesis[]
  readonly gait: Gait
  readonly doubts: Doubts
  /** When places elsewhere on the route were last considered. */
  readonly lookedAroundAtMs: number
}

export const noProgress: ProgressState = {
  takenAtMs: 0,
  hypotheses: [],
  gait: beginGait,
  doubts: noDoubts,
  lookedAroundAtMs: 0,
}

const LOOK_AROUND_MS = 15_000
const LOOK_BACK_S = 15
/** A line drawn or recorded a little aside is so for as long as it takes to run past it. */
const LINE_MEMORY_S = 60
/** A hypothesis that counts has at least a tenth of the weight. */
const LOG_REAL = Math.log(0.1)
/** Off the route people gain ground along it, or come back to where they left: this share of their pace, give or take as much. */
const STRAYING_SHARE = 0.4
const RIVAL_SHARE = 0.05
/** Whoever is no slower than this share of the usual pace has not stopped. */
const SLOWED_SHARE = 0.8
/** In so long anybody may have stopped, and gone on. */
const LONG_S = 20
/** The filter must take every stop and every kind of noise in its stride, so its variances are wide; errors are this share of them. */
const DEVIATION_SHARE = 0.55
/** Of how far the speed is from the usual one, what lasts for minutes. */
const WANDER_SHARE = 0.5
const WANDER_LEAST_SHARE = 0.05

/**
 * The state after one more believed fix of the member, in its own order; one that is not newer changes nothing. Some 4 microseconds,
 * whatever the length of the route.
 */
export function progressAfter(map: RouteMap, state: ProgressState, fix: Fix): ProgressState {
  const { hypotheses, gait, doubts } = state
  const { takenAtMs, accuracyM } = fix
  const dtS = (takenAtMs - state.takenAtMs) / 1_000
  if (hypotheses.length > 0 && !(dtS > 0)) return state
  const noiseM = noiseOfFix(gait, accuracyM)
  const sighting: Sighting = {
    map,
    eastM: eastwardDeg(map.origin.longitudeDeg, fix.longitudeDeg) * map.metresPerDegEast,
    northM: (fix.latitudeDeg - map.origin.latitudeDeg) * map.metresPerDegNorth,
    noiseM,
    news: 1 - Math.exp((-2 * dtS) / LINE_MEMORY_S),
    usualMps: gait.recentMps,
    isOffRoute: doubts.isOffRoute,
  }
  if (hypotheses.length === 0) {
    const first = firstHypotheses(sighting)
    return { ...state, takenAtMs, hypotheses: first, lookedAroundAtMs: takenAtMs }
  }

  const children: Hypothesis[] = []
  let told: Hypothesis | undefined
  for (const hypothesis of hypotheses) {
    for (const expected of ahead(state, hypothesis, dtS, noiseM)) bear(expected, sighting, children)
    told ??= likeliestOf(children)
  }
  let { lookedAroundAtMs } = state
  const isLost = children.every((child) => child.awayM > LOST_AWAY_M)
  if (isLost || (!told?.isStanding && takenAtMs - lookedAroundAtMs >= LOOK_AROUND_MS)) {
    const sinceS = Math.min(LOOK_BACK_S, (takenAtMs - lookedAroundAtMs) / 1_000)
    lookAround(sighting, sinceS, children)
    lookedAroundAtMs = takenAtMs
  }
  const next = weighed(children, told)
  const { speedMps, atM } = next[0] as Hypothesis
  const gainedM = atM - (hypotheses[0] as Hypothesis).atM
  const awayM = awayOf(next)
  const heard = dtS >= LONG_S ? gaitAfterSilence(gait, gainedM) : gait
  const news = 1 - Math.exp((-2 * dtS) / ERROR_MEMORY_S)
  const seen = { takenAtMs, dtS, awayM, noiseM, accuracyM, news, speedMps, gainedM }
  return {
    takenAtMs,
    hypotheses: next,
    gait: doubts.isOffRoute ? gait : gaitAfter(heard, dtS, speedMps, awayM, accuracyM),
    doubts: doubtsAfter(doubts, seen),
    lookedAroundAtMs,
  }
}

/** Metres from the fix to where the member may really be: another pass that happens to be near is no way back to the route. */
function awayOf(hypotheses: readonly Hypothesis[]): number {
  let nearestM = Number.POSITIVE_INFINITY
  for (const { logWeight, awayM } of hypotheses) if (logWeight > LOG_REAL && awayM < nearestM) nearestM = awayM
  return nearestM
}

/** Where the member is at a moment, dead-reckoned since the newest fix; `undefined` before a fix has come near the route. */
export function progressAt(map: RouteMap, state: ProgressState, atMs: number): Progress | undefined {
  const { hypotheses, gait, doubts, takenAtMs } = state
  const [first] = hypotheses
  if (!first) return undefined
  const dtS = Math.max(0, (atMs - takenAtMs) / 1_000)
  const noiseM = noiseOfFix(gait, undefined)
  const now = dtS > 0 ? hypotheses.map((each) => reckoned(state, each, dtS, noiseM)) : hypotheses
  const told = now[0] as Hypothesis
  const atM = Math.max(0, Math.min(map.lengthM, told.atM))
  return {
    atM,
    atMs,
    takenAtMs,
    spreadM: deviationOf(told.atVar),
    speedMps: told.speedMps,
    forecastMps: gait.usualMps,
    forecastSpreadMps: forecastSpread(gait),
    confidence: now.reduce((sum, each) => sum + Math.exp(each.logWeight) * chanceWithin(each, atM, map.lengthM), 0),
    rival: rivalOf(now, atM),
    isOffRoute: doubts.isOffRoute,
    isWrongWay: doubts.isWrongWay,
    isStopped: doubts.isStopped,
  }
}

/** What a hypothesis may have become so many seconds on. */
function ahead(state: ProgressState, h: Hypothesis, dtS: number, noiseM: number): readonly Hypothesis[] {
  const { gait, doubts } = state
  const pace = paceOf(gait)
  if (doubts.isOffRoute) return [strayed(state, h, dtS)]
  if (h.isStanding) {
    return [standing(h, dtS, doubts.stillS, noiseM), starting(h, dtS, doubts.stillS, pace, noiseM)]
  }
  const goes = going(h, dtS, pace, noiseM)
  if (dtS >= LONG_S) {
    const chance = staysChance(gait)
    const goesOn = { ...goes, logWeight: goes.logWeight + Math.log(1 - chance) }
    const stays = staying(h, dtS, chance, pace, noiseM)
    return [goesOn, ...stays, stopping(h, dtS, noiseM), pausing(h, dtS, pace, noiseM)]
  }
  return h.speedMps < SLOWED_SHARE * pace.usualMps ? [goes, stopping(h, dtS, noiseM)] : [goes]
}

const paceOf = (gait: Gait): Pace => ({ usualMps: gait.recentMps, swingMps: swingOf(gait) })

/** Who has left the route may come back to it anywhere about. */
function strayed({ gait, doubts, takenAtMs }: ProgressState, h: Hypothesis, dtS: number): Hypothesis {
  const straying = STRAYING_SHARE * gait.recentMps
  const offS = Math.max(0, (takenAtMs - doubts.offSinceMs) / 1_000)
  return {
    ...h,
    isStanding: false,
    isBack: false,
    atM: h.atM + straying * dtS,
    atVar: h.atVar + straying ** 2 * (2 * offS + dtS) * dtS,
    speedMps: gait.recentMps,
    speedVar: gait.recentMps ** 2 / 4,
    atSpeedCov: 0,
    speedErrorCov: 0,
  }
}

/** A hypothesis at a later moment, as one: who stands goes on some time. */
function reckoned(state: ProgressState, h: Hypothesis, dtS: number, noiseM: number): Hypothesis {
  const { gait, doubts } = state
  if (doubts.isOffRoute) return strayed(state, h, dtS)
  if (!h.isStanding) {
    const goes = going(h, dtS, paceOf(gait), noiseM)
    // What the pace of this member does over minutes, which the filter need not know while fixes come.
    const wander = Math.hypot(WANDER_SHARE * Math.sqrt(gait.swingM2ps2), WANDER_LEAST_SHARE * gait.usualMps)
    const wanderM = (wander * dtS) / DEVIATION_SHARE
    return { ...goes, atVar: goes.atVar + wanderM * wanderM }
  }
  const chance = startChance(dtS, doubts.stillS)
  const wayM = gait.recentMps * dtS
  const stays = standing(h, dtS, doubts.stillS, noiseM)
  return {
    ...stays,
    atM: h.atM + chance * PART_OF_WAY.mean * wayM,
    atVar: stays.atVar + chance * (PART_OF_WAY.deviation * wayM) ** 2,
    speedMps: chance * gait.recentMps,
  }
}

/** The chance that a hypothesis, if true, puts the member within 50 m of a place. */
function chanceWithin({ atM, atVar }: Hypothesis, placeM: number, lengthM: number): number {
  const deviation = deviationOf(atVar)
  const beyond = Math.max(0, Math.min(lengthM, atM)) - placeM
  return normalBelow((RIGHT_WITHIN_M - beyond) / deviation) - normalBelow((-RIGHT_WITHIN_M - beyond) / deviation)
}

const deviationOf = (variance: number): number => DEVIATION_SHARE * Math.sqrt(Math.max(1, variance))

/** Of a Gaussian; error under 0.0002. Method: logistic with a cubic, Page 1977. */
function normalBelow(deviations: number): number {
  return 1 / (1 + Math.exp(-1.5958 * deviations * (1 + 0.044715 * deviations * deviations)))
}

function rivalOf(hypotheses: readonly Hypothesis[], toldM: number): Rival | null {
  const rival = hypotheses.find(({ atM }) => Math.abs(atM - toldM) > 2 * RIGHT_WITHIN_M)
  const share = rival ? Math.exp(rival.logWeight) : 0
  return rival && share >= RIVAL_SHARE ? { atM: rival.atM, share } : null
}
