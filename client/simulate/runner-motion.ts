/** How a runner gets along a line: an own pace that drifts, tires and stops now and then. Metres of arc length, not places. */
import type { Random } from './random.ts'

const HOUR_S = 3_600
const SLOWEST_SHARE = 0.7

/** All chance of one runner, drawn before the start, so that the motion itself is a plain function of time. */
export type RunnerPlan = {
  readonly lengthM: number
  readonly basePaceMps: number
  /** Slow swings of the pace, as shares of it. */
  readonly swings: readonly { readonly share: number; readonly periodS: number; readonly phaseRad: number }[]
  /** Share of the pace lost in an hour. */
  readonly fatiguePerHour: number
  /** In order along the line: shoelaces, traffic lights, a photograph. */
  readonly stops: readonly { readonly atM: number; readonly lastsS: number }[]
}

export type RunnerMotion = {
  readonly elapsedS: number
  readonly atM: number
  readonly speedMps: number
  readonly stopsMade: number
  /** Seconds still to stand. */
  readonly standsS: number
}

export const runnerAtStart: RunnerMotion = { elapsedS: 0, atM: 0, speedMps: 0, stopsMade: 0, standsS: 0 }

/** Draws a runner of a group: pace within a quarter of the group's, a short stop every few kilometres. */
export function runnerPlan(random: Random, group: { readonly paceMps: number; readonly lengthM: number }): RunnerPlan {
  const share = Math.max(0.75, Math.min(1.25, Math.exp(0.07 * random.normal())))
  const swings = [180, 600, 1_500].map((periodS) => ({
    share: random.between(0.005, 0.025),
    periodS: periodS * random.between(0.7, 1.4),
    phaseRad: random.between(0, 2 * Math.PI),
  }))
  const stops: { atM: number; lastsS: number }[] = []
  for (let atM = nextStopM(0); atM < group.lengthM; atM = nextStopM(atM))
    stops.push({ atM, lastsS: random.between(5, 45) })
  const fatiguePerHour = random.between(0.005, 0.04)
  return { lengthM: group.lengthM, basePaceMps: group.paceMps * share, swings, fatiguePerHour, stops }

  function nextStopM(fromM: number): number {
    return fromM + 500 - 4_000 * Math.log(1 - random.next())
  }
}

/** The pace a runner would run at, not standing: metres a second, never under 0.7 of the own pace. */
export function runningPaceMps(plan: RunnerPlan, elapsedS: number): number {
  const swing = plan.swings.reduce(
    (sum, { share, periodS, phaseRad }) => sum + share * Math.sin((2 * Math.PI * elapsedS) / periodS + phaseRad),
    0,
  )
  return plan.basePaceMps * Math.max(SLOWEST_SHARE, 1 + swing - (plan.fatiguePerHour * elapsedS) / HOUR_S)
}

/** The runner so many seconds later. Pure; stands at the end of the line. `speedMps` is that of the last moment. */
export function stepRunner(plan: RunnerPlan, motion: RunnerMotion, dtS: number): RunnerMotion {
  let { atM, speedMps, stopsMade, standsS } = motion
  let leftS = dtS
  while (leftS > 0) {
    if (standsS > 0) {
      const stoodS = Math.min(standsS, leftS)
      standsS -= stoodS
      leftS -= stoodS
      speedMps = 0
      continue
    }
    if (atM >= plan.lengthM)
      return { elapsedS: motion.elapsedS + dtS, atM: plan.lengthM, speedMps: 0, stopsMade, standsS }
    const stop = plan.stops[stopsMade]
    const untilM = Math.min(stop?.atM ?? plan.lengthM, plan.lengthM)
    speedMps = runningPaceMps(plan, motion.elapsedS + dtS - leftS)
    const neededS = (untilM - atM) / speedMps
    if (neededS > leftS) {
      atM += speedMps * leftS
      leftS = 0
    } else {
      atM = untilM
      leftS -= neededS
      if (stop && stop.atM <= untilM) {
        stopsMade++
        standsS = stop.lastsS
      }
    }
  }
  return { elapsedS: motion.elapsedS + dtS, atM, speedMps, stopsMade, standsS }
}

/** The runner told to stand for at least so many seconds, as for a drink. */
export function runnerHeld(motion: RunnerMotion, forS: number): RunnerMotion {
  return { ...motion, speedMps: 0, standsS: Math.max(motion.standsS, forS) }
}

/** Whether the end of the line is reached. */
export const isFinished = (plan: RunnerPlan, motion: RunnerMotion): boolean => motion.atM >= plan.lengthM
