/** How often a matcher knows where a runner is: at fixes and inside gaps, on which pass, how sure it was, and how soon they get on. */
import { RIGHT_WITHIN_M } from '../../../shared/geo/progress/progress.ts'
import type { Answer } from './matchers.ts'
import type { Recording } from './recording.ts'

/** Farther than this along the route it is another lap or leg. */
const WRONG_PASS_M = 100
const ETA_AHEAD_M = 1_000
const ETA_EVERY_S = 60
/** Nobody asks for an ETA before somebody has run a while. */
const ETA_FROM_S = 300

export type PlaceScore = {
  fixes: number
  right: number
  wrongPass: number
  gapMoments: number
  gapRight: number
  /** By tenths of confidence: how many answers, the sum of their confidence, and how many were right. */
  readonly reliability: { count: number; said: number; right: number }[]
  /** Errors of the time to 1 km ahead, as shares of it. */
  readonly etaErrors: number[]
}

export const noPlaceScore = (): PlaceScore => ({
  fixes: 0,
  right: 0,
  wrongPass: 0,
  gapMoments: 0,
  gapRight: 0,
  reliability: Array.from({ length: 10 }, () => ({ count: 0, said: 0, right: 0 })),
  etaErrors: [],
})

/** Adds the answers to a recording, one for each of its moments, to a score. Moments off the route have no true place. */
export function scorePlaces(score: PlaceScore, { moments, truths }: Recording, answers: readonly Answer[]): void {
  let askedEtaS = 0
  for (const [index, { truth, fix }] of moments.entries()) {
    if (truth.atM === null) continue
    const { atM, confidence, forecastMps } = answers[index] as Answer
    const errorM = atM === null ? Number.POSITIVE_INFINITY : Math.abs(atM - truth.atM)
    const isRight = errorM <= RIGHT_WITHIN_M
    if (fix) {
      score.fixes++
      if (isRight) score.right++
      if (errorM > WRONG_PASS_M) score.wrongPass++
    } else {
      score.gapMoments++
      if (isRight) score.gapRight++
    }
    const bin = score.reliability[Math.min(9, Math.floor(confidence * 10))]
    if (bin) {
      bin.count++
      bin.said += confidence
      if (isRight) bin.right++
    }
    if (!fix || atM === null || truth.tS < ETA_FROM_S || truth.tS - askedEtaS < ETA_EVERY_S) continue
    askedEtaS = truth.tS
    const goalM = truth.atM + ETA_AHEAD_M
    const arrival = truths.find(({ tS, atM: laterM }) => tS > truth.tS && laterM !== null && laterM >= goalM)
    if (!arrival) continue
    const trueS = arrival.tS - truth.tS
    const saidS = (goalM - atM) / forecastMps
    score.etaErrors.push(Math.abs(saidS - trueS) / trueS)
  }
}
