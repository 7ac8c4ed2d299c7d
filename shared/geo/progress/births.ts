/** New hypotheses: of whoever is seen for the first time, and of whoever may suddenly be elsewhere on the route. */
import { likeliestOf, SAME_PLACE_M, type Sighting, weighed } from './bank.ts'
import { type Candidates, newCandidates, searchEverywhere } from './candidates.ts'
import { type Hypothesis, turned } from './hypothesis.ts'
import { logAway, TAIL_FROM, WIDTH_M } from './likelihood.ts'

/** Chance each second that somebody is suddenly elsewhere on the route: a short cut, a lift, a turn before the turn-round. */
const ELSEWHERE_PER_S = 1e-6
/** And on the other side of a turn-round near by, because it was missed, or made early. */
const NEARBY_PER_S = 5e-4
const NEARBY_M = 80
/** Or a few hundred metres off, on the same lap. */
const SAME_LAP_PER_S = 5e-6
const SAME_LAP_M = 300
/** Or turned back where the route passes only once: against it, so far at most between two looks. */
const BACK_PER_S = 1e-5
const BACK_M = 140
/** And then anywhere within so much of a pass. */
const ELSEWHERE_WITHIN_M = 300
const FIRST_NEAR_M = 80
/** Most people are tracked from the start of the run. */
const START_LOG = 10
const START_WITHIN_M = 500

const found: Candidates = newCandidates()

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

/**
 * Adds hypotheses for places of the route that none stands at, since people take short cuts. Whoever goes there goes on moving as
 * before: on the other leg of an out-and-back that is backwards.
 */
export function lookAround(sighting: Sighting, sinceS: number, children: Hypothesis[]): void {
  const { map, eastM, northM, noiseM, news, usualMps } = sighting
  const likely = likeliestOf(children)
  searchEverywhere(map, eastM, northM, likely.atM, found)
  const own = indexNear(likely.atM, 3 * SAME_PLACE_M)
  const mayTurnBack = !isOnAnother(likely, (TAIL_FROM * noiseM + WIDTH_M) ** 2)
  for (let index = 0; index < found.count; index++) {
    const awayM2 = found.awayM2[index] as number
    const atM = found.atM[index] as number
    if (awayM2 > (TAIL_FROM * noiseM + WIDTH_M) ** 2) continue
    const apartM = Math.abs(atM - likely.atM)
    const isOtherLeg = alikeAt(likely, index) < 0
    const acrossTurn = isOtherLeg ? NEARBY_PER_S * Math.exp(-apartM / NEARBY_M) : 0
    const sameLap = SAME_LAP_PER_S * Math.exp(-apartM / SAME_LAP_M)
    const born = Math.log(((acrossTurn + sameLap + ELSEWHERE_PER_S / found.count) * sinceS) / ELSEWHERE_WITHIN_M)
    const logWeight = born + logAway(found.acrossM2[index] as number, noiseM, news)
    if (mayTurnBack && apartM > 3 * SAME_PLACE_M && apartM < BACK_M && atM < likely.atM) {
      const turnedBack = Math.log((BACK_PER_S * sinceS) / ELSEWHERE_WITHIN_M)
      const weight = turnedBack + logAway(found.acrossM2[index] as number, noiseM, news)
      children.push({ ...newborn(index, -usualMps, usualMps / 2, noiseM, weight), isBack: true })
    }
    const isTaken = (child: Hypothesis) => Math.abs(child.atM - atM) < 3 * SAME_PLACE_M && child.logWeight > logWeight
    if (children.some(isTaken)) continue
    if (own < 0) children.push(newborn(index, usualMps, usualMps / 2, noiseM, logWeight))
    else children.push({ ...moved(likely, found.atM[own] as number, index, noiseM), logWeight })
  }
}

/** Whether the fix may be on another lap or leg: whoever comes back there is thought to be on that. */
function isOnAnother(h: Hypothesis, within2: number): boolean {
  for (let index = 0; index < found.count; index++) {
    if ((found.awayM2[index] as number) > within2) continue
    if (alikeAt(h, index) < 0 || Math.abs((found.atM[index] as number) - h.atM) > BACK_M) return true
  }
  return false
}

function indexNear(atM: number, withinM: number): number {
  let best = -1
  for (let index = 0; index < found.count; index++) {
    const beyondM = Math.abs((found.atM[index] as number) - atM)
    if (beyondM < withinM && !(best >= 0 && beyondM >= Math.abs((found.atM[best] as number) - atM))) best = index
  }
  return best
}

/** How alike the line's direction is at a place found: 1 for the same, -1 for the opposite one. */
const alikeAt = ({ east, north }: Hypothesis, index: number): number =>
  east * (found.east[index] as number) + north * (found.north[index] as number)

/** The same motion on another pass. */
function moved(h: Hypothesis, fromM: number, index: number, noiseM: number): Hypothesis {
  const [east, north] = [found.east[index] as number, found.north[index] as number]
  const alike = alikeAt(h, index)
  return {
    ...turned(h, east, north, noiseM),
    atM: (found.atM[index] as number) + alike * (h.atM - fromM),
    isBack: h.isBack && alike > 0,
    speedMps: alike * h.speedMps,
    atSpeedCov: alike * alike * h.atSpeedCov,
    atErrorCov: alike * alike * h.atErrorCov,
    speedErrorCov: alike * alike * h.speedErrorCov,
    awayM: Math.sqrt(found.awayM2[index] as number),
  }
}

function newborn(index: number, speedMps: number, swingMps: number, noiseM: number, logWeight: number): Hypothesis {
  // The place came from this fix alone: it is as wrong as the fix is.
  const errorVar = noiseM * noiseM
  return {
    logWeight,
    isStanding: false,
    isBack: false,
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
