/**
 * One idea of where a member is, and whether they are going or standing: a Kalman filter over metres along the route, speed along it,
 * and how far the GPS error has drifted along it. Errors of a phone are like themselves for many seconds, and a filter that takes
 * them for fresh each time becomes sure of what is wrong.
 *
 * Method: Kalman 1960 with a Gauss-Markov noise state (Gelb 1974, 4.5), gain shared with "this fix means nothing"
 * (probabilistic data association, Bar-Shalom and Tse 1975). What is expected between fixes: motion.ts.
 */

/** `logWeight` is relative to the other hypotheses of the member. Variances and covariances of at, speed and error. */
export type Hypothesis = {
  readonly logWeight: number
  /** Whoever stands has no speed, and stays where they are. */
  readonly isStanding: boolean
  /** Whoever has turned back on the line goes on that way, against the route. */
  readonly isBack: boolean
  readonly atM: number
  readonly speedMps: number
  readonly errorM: number
  readonly atVar: number
  readonly atSpeedCov: number
  readonly speedVar: number
  readonly atErrorCov: number
  readonly speedErrorCov: number
  readonly errorVar: number
  /** Direction of the line there, a unit vector. */
  readonly east: number
  readonly north: number
  /** Metres from there to the newest fix, across the line. */
  readonly awayM: number
}

/** Part of each error that is fresh, with the width of the line. */
const FRESH_SHARE = 0.35
const FRESH_LEAST_M = 2

/**
 * The same hypothesis where the line goes another way: the error of a phone keeps its direction on the map, so past a turn-round what
 * was ahead is behind, and round a corner it is aside, and what it is ahead is unknown.
 */
export function turned(h: Hypothesis, east: number, north: number, noiseM: number): Hypothesis {
  const alike = h.east * east + h.north * north
  if (alike > 0.999) return h
  return {
    ...h,
    errorM: alike * h.errorM,
    atErrorCov: alike * h.atErrorCov,
    speedErrorCov: alike * h.speedErrorCov,
    errorVar: alike * alike * h.errorVar + (1 - alike * alike) * noiseM * noiseM,
    east,
    north,
  }
}

/** The same hypothesis with another weight. Written out: it is the most frequent copy, and with a spread the whole filter is a third slower. */
export function withWeight(h: Hypothesis, logWeight: number): Hypothesis {
  return {
    logWeight,
    isStanding: h.isStanding,
    isBack: h.isBack,
    atM: h.atM,
    speedMps: h.speedMps,
    errorM: h.errorM,
    atVar: h.atVar,
    atSpeedCov: h.atSpeedCov,
    speedVar: h.speedVar,
    atErrorCov: h.atErrorCov,
    speedErrorCov: h.speedErrorCov,
    errorVar: h.errorVar,
    east: h.east,
    north: h.north,
    awayM: h.awayM,
  }
}

/** Variance of what a fix should say under a hypothesis, or under one whose error has jumped by so much variance. */
export function innovationVar(h: Hypothesis, noiseM: number, jumpVar = 0): number {
  return h.atVar + 2 * h.atErrorCov + (h.errorVar + jumpVar) + freshVar(noiseM)
}

const freshVar = (noiseM: number): number => {
  const freshM = Math.max(FRESH_LEAST_M, FRESH_SHARE * noiseM)
  return freshM * freshM
}

/** After a fix that lies `measuredM` along the route; `belief` (0 to 1) is the chance that it means this hypothesis at all. */
export function updated(
  h: Hypothesis,
  measuredM: number,
  awayM: number,
  noiseM: number,
  belief: number,
  logWeight: number,
): Hypothesis {
  const variance = innovationVar(h, noiseM)
  const surpriseM = measuredM - h.atM - h.errorM
  const gainAt = (h.atVar + h.atErrorCov) / variance
  const gainSpeed = (h.atSpeedCov + h.speedErrorCov) / variance
  const gainError = (h.atErrorCov + h.errorVar) / variance
  // PDA: the certain update for the share believed, and the spread between both cases.
  const shrink = belief * variance - belief * (1 - belief) * surpriseM * surpriseM
  const step = belief * surpriseM
  return {
    logWeight,
    isStanding: h.isStanding,
    isBack: h.isBack,
    atM: h.atM + gainAt * step,
    speedMps: h.speedMps + gainSpeed * step,
    errorM: h.errorM + gainError * step,
    atVar: h.atVar - gainAt * gainAt * shrink,
    atSpeedCov: h.atSpeedCov - gainAt * gainSpeed * shrink,
    speedVar: h.speedVar - gainSpeed * gainSpeed * shrink,
    atErrorCov: h.atErrorCov - gainAt * gainError * shrink,
    speedErrorCov: h.speedErrorCov - gainSpeed * gainError * shrink,
    errorVar: h.errorVar - gainError * gainError * shrink,
    east: h.east,
    north: h.north,
    awayM,
  }
}
