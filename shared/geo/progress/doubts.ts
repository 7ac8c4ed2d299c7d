/**
 * Off the route, the wrong way, stopped: conditions with hysteresis, never raised by one bad fix.
 *
 * Off the route adds up how much better "elsewhere" explains the distances than "on the line with this noise" does (a
 * sequential test after Wald 1945, floored like Page's CUSUM 1954), beside the plain rule of three fixes beyond
 * max(40 m, 2.5 x accuracy).
 */

export type Doubts = {
  readonly isOffRoute: boolean
  /** When the fix was taken that raised it, 0 when it is not raised. */
  readonly offSinceMs: number
  /** Sum of log likelihood ratios for being elsewhere. */
  readonly offEvidence: number
  /** Fixes in a row that were beyond the limit (or, once off the route, back within). */
  readonly agreeing: number
  /** When the first of those was taken. */
  readonly agreeingSinceMs: number
  readonly isWrongWay: boolean
  /** Metres gone back since the last way forward. */
  readonly backM: number
  readonly isStopped: boolean
  /** Seconds without moving. */
  readonly stillS: number
}

export const noDoubts: Doubts = {
  isOffRoute: false,
  offSinceMs: 0,
  offEvidence: 0,
  agreeing: 0,
  agreeingSinceMs: 0,
  isWrongWay: false,
  backM: 0,
  isStopped: false,
  stillS: 0,
}

export type Seen = {
  readonly takenAtMs: number
  readonly dtS: number
  /** Metres to the nearest pass of the route; Infinity when it is far. */
  readonly awayM: number
  readonly noiseM: number
  readonly accuracyM: number | undefined
  /** Share of this fix that is news: errors of fixes soon after each other are alike. */
  readonly news: number
  readonly speedMps: number
  /** Metres gained along the route since the fix before. */
  readonly gainedM: number
}

const OFF_M = 40
const OFF_PER_ACCURACY = 2.5
const OFF_PER_NOISE = 3.3
const OFF_FIXES = 3
/** Three fixes of one second share one error. */
const OFF_AT_LEAST_MS = 8_000
const OFF_EVIDENCE = 5
const EVIDENCE_STEP = 3.5
const BACK_SHARE = 0.6
const BACK_FIXES = 2
/** How far off people typically are when they are off. */
const ELSEWHERE_M = 60
const WIDTH_M = 6
/** Chance of a fix that is anywhere. */
const STRAY_CHANCE = 0.01

const WRONG_WAY_M = 80
const RIGHT_WAY_M = 60
/** Who has gone back far is on the right way again after the same few steps forward. */
const BACK_MOST_M = 100
const JUMP_M = 20
const JUMP_MPS = 6
const STILL_S = 30
const STILL_MPS = 0.5
const GOING_MPS = 1

/** The conditions after one more believed fix. */
export function doubtsAfter(doubts: Doubts, seen: Seen): Doubts {
  const { takenAtMs, dtS, awayM, noiseM, accuracyM, news, speedMps, gainedM } = seen
  const limitM = Math.max(OFF_M, OFF_PER_ACCURACY * (accuracyM ?? 0), OFF_PER_NOISE * noiseM)
  const isAgreeing = doubts.isOffRoute ? awayM < BACK_SHARE * limitM : awayM > limitM
  const agreeing = isAgreeing ? doubts.agreeing + 1 : 0
  const agreeingSinceMs = agreeing === 1 ? takenAtMs : doubts.agreeingSinceMs
  const evidence = Math.max(0, Math.min(2 * OFF_EVIDENCE, doubts.offEvidence + evidenceOf(awayM, noiseM, news)))
  const isThree = agreeing >= OFF_FIXES && takenAtMs - agreeingSinceMs >= OFF_AT_LEAST_MS
  const isClear = agreeing >= 1 && evidence >= OFF_EVIDENCE
  const isOffRoute = doubts.isOffRoute ? agreeing < BACK_FIXES : isThree || isClear
  const isNew = isOffRoute !== doubts.isOffRoute
  const backM = backAfter(doubts, dtS, gainedM)
  const stillS = stillAfter(doubts, dtS, speedMps)
  return {
    isOffRoute,
    offSinceMs: !isOffRoute ? 0 : isNew ? takenAtMs : doubts.offSinceMs,
    offEvidence: isNew && !isOffRoute ? 0 : evidence,
    agreeing: isNew ? 0 : agreeing,
    agreeingSinceMs,
    isWrongWay: doubts.isWrongWay ? backM > 0 && !(speedMps > 0 && backM < RIGHT_WAY_M) : backM >= WRONG_WAY_M,
    backM,
    isStopped: stillS >= STILL_S,
    stillS,
  }
}

/** Metres gone back; way forward counts against it. Another lap or leg is no way. */
function backAfter({ backM }: Doubts, dtS: number, gainedM: number): number {
  return Math.abs(gainedM) > JUMP_M + JUMP_MPS * dtS ? 0 : Math.max(0, Math.min(BACK_MOST_M, backM - gainedM))
}

function stillAfter({ stillS }: Doubts, dtS: number, speedMps: number): number {
  const pace = Math.abs(speedMps)
  return pace < STILL_MPS ? stillS + dtS : pace > GOING_MPS ? 0 : stillS
}

/** Log of how much better "elsewhere" explains a distance than "on the line", of which one fix shows only so much. */
function evidenceOf(awayM: number, noiseM: number, news: number): number {
  const deviation = Math.hypot(noiseM, WIDTH_M)
  const onLine = (2 / (deviation * Math.sqrt(2 * Math.PI))) * Math.exp(-0.5 * (awayM / deviation) ** 2)
  const elsewhere = Math.exp(-awayM / ELSEWHERE_M) / ELSEWHERE_M
  const stray = Math.exp(-awayM / 150) / 150
  const ratio = Math.log(elsewhere / ((1 - STRAY_CHANCE) * onLine + STRAY_CHANCE * stray))
  return news * Math.max(-EVIDENCE_STEP, Math.min(EVIDENCE_STEP, Number.isFinite(ratio) ? ratio : EVIDENCE_STEP))
}
