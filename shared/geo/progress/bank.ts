/** The hypotheses of one member: what each becomes with a fix, and which live on. */
import { type Candidates, newCandidates, searchAlong, TURN_ALIKE } from './candidates.ts'
import { type Hypothesis, innovationVar, turned, updated, withWeight } from './hypothesis.ts'
import { logAlong, logAway, logSum } from './likelihood.ts'
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
export const SAME_PLACE_M = 12
const SAME_SPEED_MPS = 1
/** Share of fixes that mean nothing, and the square metres they may be on. */
const STRAY_CHANCE = 0.02
const LOG_STRAY = Math.log(STRAY_CHANCE / 300 ** 2)
/** The error of a phone may jump, between houses, and stay so for a while. */
const LOG_BURST = Math.log(0.003)
const BURST_M = 40
const WINDOW_DEVIATIONS = 3.5
const WINDOW_LEAST_M = 15
const WINDOW_MOST_M = 600
/** When nothing in the window is near the fix, a wider one is searched. */
const WIDER = 3
const FAR_DEVIATIONS = 2
/** So far from where it is thought to be, a fix is looked for everywhere. */
export const LOST_AWAY_M = 25
/** Another hypothesis is told only when it is so much more likely, or the dot would jump to and fro. */
const WORTH_CHANGING_LOG = Math.log(1.5)

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
    const surpriseM = measuredM - here.atM - here.errorM
    const logCalm = logAlong(surpriseM, innovationVar(here, noiseM))
    const logBurst = LOG_BURST + logAlong(surpriseM, innovationVar(here, noiseM, BURST_M * BURST_M))
    const isBurst = logBurst > logCalm
    const meant = Math.max(logCalm, logBurst) + logAway(found.acrossM2[index] as number, noiseM, sighting.news)
    const nothing = LOG_STRAY - Math.log(found.count)
    const either = logSum(meant, nothing)
    const belief = Math.exp(meant - either)
    const logWeight = ahead.logWeight + either
    const heard = isBurst ? { ...here, errorVar: here.errorVar + BURST_M * BURST_M } : here
    const child = updated(heard, measuredM, awayM, noiseM, belief, logWeight)
    children.push(found.count > 1 ? withWeight(child, logWeight + logOwnSide(child, index)) : child)
  }
}

function nearestFound2(): number {
  let nearest2 = Number.POSITIVE_INFINITY
  for (let index = 0; index < found.count; index++) nearest2 = Math.min(nearest2, found.awayM2[index] as number)
  return nearest2
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

/** The first of the heaviest; there must be one. */
export function likeliestOf(hypotheses: readonly Hypothesis[]): Hypothesis {
  let likeliest = hypotheses[0] as Hypothesis
  for (const each of hypotheses) if (each.logWeight > likeliest.logWeight) likeliest = each
  return likeliest
}

/** The heaviest hypotheses, weights adding up to 1, one for each place; the one told before stays first unless another is clearly likelier. */
export function weighed(children: readonly Hypothesis[], told: Hypothesis | undefined): Hypothesis[] {
  const sorted = children.length > 1 ? children.toSorted((a, b) => b.logWeight - a.logWeight) : children
  const kept: Hypothesis[] = []
  const [best] = sorted
  let far = 0
  for (const child of sorted) {
    if (!best || child.logWeight < best.logWeight - FORGOTTEN_LOG || kept.length >= HYPOTHESES_MAX) break
    const same = kept.findIndex((other) => isSame(other, child))
    const there = kept[same]
    if (there) kept[same] = withWeight(there, logSum(there.logWeight, child.logWeight))
    else if (Math.abs(child.atM - best.atM) < FAR_M || far++ < FAR_MAX) kept.push(child)
  }
  let total = Number.NEGATIVE_INFINITY
  for (const { logWeight } of kept) total = logSum(total, logWeight)
  for (const [index, each] of kept.entries()) kept[index] = withWeight(each, each.logWeight - total)
  const before = told ? kept.findIndex((each) => isSame(each, told)) : 0
  const first = kept[before]
  if (before <= 0 || !first || first.logWeight < (kept[0] as Hypothesis).logWeight - WORTH_CHANGING_LOG) return kept
  return [first, ...kept.filter((each) => each !== first)]
}

const isSame = (a: Hypothesis, b: Hypothesis): boolean =>
  a.isStanding === b.isStanding &&
  Math.abs(a.atM - b.atM) < SAME_PLACE_M &&
  Math.abs(a.speedMps - b.speedMps) < SAME_SPEED_MPS
