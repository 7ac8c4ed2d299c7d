/**
 * What becomes of a hypothesis until the next fix: going and standing are modes that switch (Blom and Bar-Shalom 1988), and whoever
 * goes has a speed that wanders about the usual one (Ornstein and Uhlenbeck 1930).
 */
import type { Hypothesis } from './hypothesis.ts'

/** A speed is e times less like itself after so long. */
const SPEED_MEMORY_S = 15
export const ERROR_MEMORY_S = 12
/** The line is drawn roughly, and nobody runs on its middle: variance gained each second. */
const PATH_VAR_PER_S = 0.3
const STANDING_VAR_PER_S = 0.05
/** Somebody who goes stops once in so many seconds. */
const GOES_S = 150
/** Who has just stopped goes on after so many, typically; who has stood long stands longer. */
const STANDS_S = 25
const STANDS_MORE_S = 100
/** How much of the time people stand, and how soon the one mode forgets the other. */
const STANDING_SHARE = STANDS_S / (STANDS_S + GOES_S)
const MODE_MEMORY_S = STANDS_S * (1 - STANDING_SHARE)
const STAYS_WITHIN_M = 8
/** Of the way of an interval, what is gone by who stopped or started within it: in the middle, at any moment. */
export const PART_OF_WAY = { mean: 0.5, deviation: 0.3 }

/** A member's speeds: the usual one, and the deviation from it. */
export type Pace = { readonly usualMps: number; readonly swingMps: number }

/** What is expected so many seconds later of somebody who goes on going. */
export function going(h: Hypothesis, dtS: number, { usualMps, swingMps }: Pace, noiseM: number): Hypothesis {
  const kept = Math.exp(-dtS / SPEED_MEMORY_S)
  // at += reach * (speed - usual) + usual * dt: the integral of a speed that returns to its usual.
  const reachS = SPEED_MEMORY_S * (1 - kept)
  const meantMps = h.isBack ? -usualMps : usualMps
  const drive = swingMps * swingMps
  // Exact noise of an Ornstein-Uhlenbeck speed and its integral.
  const speedNoise = drive * (1 - kept * kept)
  const atSpeedNoise = drive * SPEED_MEMORY_S * (1 - kept) ** 2
  const atNoise = drive * SPEED_MEMORY_S * (2 * dtS - SPEED_MEMORY_S * (3 - kept) * (1 - kept))
  const keptError = Math.exp(-dtS / ERROR_MEMORY_S)
  return {
    logWeight: h.logWeight,
    isStanding: false,
    isBack: h.isBack,
    atM: h.atM + reachS * (h.speedMps - meantMps) + meantMps * dtS,
    speedMps: meantMps + kept * (h.speedMps - meantMps),
    errorM: h.errorM * keptError,
    atVar: h.atVar + 2 * reachS * h.atSpeedCov + reachS * reachS * h.speedVar + atNoise + PATH_VAR_PER_S * dtS,
    atSpeedCov: kept * (h.atSpeedCov + reachS * h.speedVar) + atSpeedNoise,
    speedVar: kept * kept * h.speedVar + speedNoise,
    atErrorCov: keptError * (h.atErrorCov + reachS * h.speedErrorCov),
    speedErrorCov: keptError * kept * h.speedErrorCov,
    errorVar: keptError * keptError * h.errorVar + noiseM * noiseM * (1 - keptError * keptError),
    east: h.east,
    north: h.north,
    awayM: h.awayM,
  }
}

/** Of somebody who has stood for `stillS` seconds so far, and goes on standing. */
export function standing(h: Hypothesis, dtS: number, stillS: number, noiseM: number): Hypothesis {
  const logChance = Math.log(1 - startChance(dtS, stillS))
  return changed(h, dtS, noiseM, { isStanding: true, logChance, wayM: 0, strayM: 0, speedMps: 0, speedVar: 0 })
}

/** Of somebody who went, and stopped at some moment since. */
export function stopping(h: Hypothesis, dtS: number, noiseM: number): Hypothesis {
  const wayM = h.speedMps * dtS
  return changed(h, dtS, noiseM, {
    isStanding: true,
    logChance: Math.log(STANDING_SHARE * (1 - Math.exp(-dtS / MODE_MEMORY_S))),
    wayM: PART_OF_WAY.mean * wayM,
    strayM: PART_OF_WAY.deviation * wayM,
    speedMps: 0,
    speedVar: 0,
  })
}

/** Of somebody who stopped as the interval began, and stands, or goes on as it ends. */
export function staying(h: Hypothesis, dtS: number, chance: number, pace: Pace, noiseM: number): Hypothesis[] {
  const stay = { logChance: Math.log(chance / 2), wayM: 0, strayM: STAYS_WITHIN_M }
  const goes = { isStanding: false, speedMps: pace.usualMps, speedVar: pace.swingMps * pace.swingMps }
  return [
    changed(h, dtS, noiseM, { ...stay, isStanding: true, speedMps: 0, speedVar: 0 }),
    changed(h, dtS, noiseM, { ...stay, ...goes }),
  ]
}

/** Of somebody who went, stood for a part of a long interval, and goes again. */
export function pausing(h: Hypothesis, dtS: number, pace: Pace, noiseM: number): Hypothesis {
  const wayM = pace.usualMps * dtS
  return changed(h, dtS, noiseM, {
    isStanding: false,
    logChance: Math.log(STANDING_SHARE * (1 - Math.exp(-dtS / GOES_S))),
    wayM: PART_OF_WAY.mean * wayM,
    strayM: PART_OF_WAY.deviation * wayM,
    speedMps: pace.usualMps,
    speedVar: pace.swingMps * pace.swingMps,
  })
}

/** Of somebody who had stood for so long, and went on at some moment since. */
export function starting(h: Hypothesis, dtS: number, stillS: number, pace: Pace, noiseM: number): Hypothesis {
  const wayM = pace.usualMps * dtS
  return changed(h, dtS, noiseM, {
    isStanding: false,
    logChance: Math.log(startChance(dtS, stillS)),
    wayM: PART_OF_WAY.mean * wayM,
    strayM: PART_OF_WAY.deviation * wayM,
    speedMps: pace.usualMps,
    speedVar: pace.swingMps * pace.swingMps,
  })
}

type Change = {
  readonly isStanding: boolean
  readonly logChance: number
  /** Metres gone meanwhile, and one deviation of them. */
  readonly wayM: number
  readonly strayM: number
  readonly speedMps: number
  readonly speedVar: number
}

/** The speed is known anew, and so owes nothing to what was known of place and error. */
function changed(h: Hypothesis, dtS: number, noiseM: number, change: Change): Hypothesis {
  const kept = Math.exp(-dtS / ERROR_MEMORY_S)
  return {
    logWeight: h.logWeight + change.logChance,
    isStanding: change.isStanding,
    isBack: false,
    atM: h.atM + change.wayM,
    speedMps: change.speedMps,
    errorM: kept * h.errorM,
    atVar: h.atVar + change.strayM * change.strayM + STANDING_VAR_PER_S * dtS,
    atSpeedCov: 0,
    speedVar: change.speedVar,
    atErrorCov: kept * h.atErrorCov,
    speedErrorCov: 0,
    errorVar: kept * kept * h.errorVar + noiseM * noiseM * (1 - kept * kept),
    east: h.east,
    north: h.north,
    awayM: h.awayM,
  }
}

/** The chance that somebody who has stood so long goes on within the next `dtS`. */
export const startChance = (dtS: number, stillS: number): number =>
  1 - Math.exp(-dtS / (STANDS_S + Math.min(STANDS_MORE_S, stillS / 2)))
