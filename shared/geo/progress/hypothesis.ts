/**
 * One idea of where a member is: a Kalman filter over metres along the route, speed along it, and how far the GPS error has
 * drifted along it. Errors of a phone are like themselves for many seconds, and a filter that takes them for fresh each time
 * becomes sure of what is wrong.
 *
 * Method: Kalman 1960 with a Gauss-Markov noise state (Gelb 1974, 4.5), gain shared with "this fix means nothing"
 * (probabilistic data association, Bar-Shalom and Tse 1975).
 */

/** `logWeight` is relative to the other hypotheses of the member. Variances and covariances of at, v(elocity), e(rror). */
export type Hypothesis = {
  readonly logWeight: number
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
}

/** A speed is e times less like itself after so long. */
const SPEED_MEMORY_S = 12
/** Deviation of speed from the usual one, as a share of it, while nothing special happens. */
const SPEED_SWING = 0.3
const SPEED_SWING_LEAST_MPS = 0.3
export const ERROR_MEMORY_S = 12
/** The line is drawn roughly, and nobody runs on its middle: variance gained each second. */
const PATH_VAR_PER_S = 0.3
/** Part of each error that is fresh, with the width of the line. */
const FRESH_SHARE = 0.35
const FRESH_LEAST_M = 2

/** What is expected so many seconds later; `usualMps` 0 for somebody who stays. */
export function predicted(h: Hypothesis, dtS: number, usualMps: number, noiseM: number): Hypothesis {
  const keptSpeed = Math.exp(-dtS / SPEED_MEMORY_S)
  const keptError = Math.exp(-dtS / ERROR_MEMORY_S)
  // at += reach * (speed - usual) + usual * dt: the integral of a speed that returns to its usual.
  const reachS = SPEED_MEMORY_S * (1 - keptSpeed)
  const swing = Math.max(SPEED_SWING_LEAST_MPS, SPEED_SWING * Math.abs(usualMps))
  const drive = swing * swing
  // Exact noise of an Ornstein-Uhlenbeck speed and its integral.
  const speedNoise = drive * (1 - keptSpeed * keptSpeed)
  const atSpeedNoise = drive * SPEED_MEMORY_S * (1 - keptSpeed) ** 2
  const atNoise = drive * SPEED_MEMORY_S * (2 * dtS - SPEED_MEMORY_S * (3 - keptSpeed) * (1 - keptSpeed))
  return {
    logWeight: h.logWeight,
    atM: h.atM + reachS * (h.speedMps - usualMps) + usualMps * dtS,
    speedMps: usualMps + keptSpeed * (h.speedMps - usualMps),
    errorM: h.errorM * keptError,
    atVar: h.atVar + 2 * reachS * h.atSpeedCov + reachS * reachS * h.speedVar + atNoise + PATH_VAR_PER_S * dtS,
    atSpeedCov: keptSpeed * (h.atSpeedCov + reachS * h.speedVar) + atSpeedNoise,
    speedVar: keptSpeed * keptSpeed * h.speedVar + speedNoise,
    atErrorCov: keptError * (h.atErrorCov + reachS * h.speedErrorCov),
    speedErrorCov: keptError * keptSpeed * h.speedErrorCov,
    errorVar: keptError * keptError * h.errorVar + noiseM * noiseM * (1 - keptError * keptError),
    east: h.east,
    north: h.north,
  }
}

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

/** Variance of what a fix should say under a hypothesis. */
export function innovationVar(h: Hypothesis, noiseM: number): number {
  return h.atVar + 2 * h.atErrorCov + h.errorVar + freshVar(noiseM)
}

const freshVar = (noiseM: number): number => {
  const freshM = Math.max(FRESH_LEAST_M, FRESH_SHARE * noiseM)
  return freshM * freshM
}

/** After a fix that lies `atM` along the route; `belief` (0 to 1) is the chance that it means this hypothesis at all. */
export function updated(
  h: Hypothesis,
  measuredM: number,
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
  }
}
