/** How a simulated runner's body gets along, in good times and in trouble. The phone knows nothing of it but its errors. */
import { distanceM, movedPlace } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { nearestOnLine, placeAtM, type RouteLine } from '../../shared/geo/route.ts'
import type { Trouble } from './plants.ts'
import {
  isFinished,
  type RunnerMotion,
  type RunnerPlan,
  runnerAtStart,
  runnerHeld,
  runningPaceMps,
  stepRunner,
} from './runner-motion.ts'

const SIDEWAYS_MPS = 2
const STRAGGLING_SHARE = 0.5
const BEARINGS = 16
const FAR_OUT_M = 300

export type Body = {
  step(dtS: number): void
  /** Stands for at least so many seconds, as for a drink. */
  hold(forS: number): void
  place(): Place
  elapsedS(): number
  atM(): number
  speedMps(): number
  /** In the middle of the trouble. */
  isInTrouble(): boolean
  /** At the end of the line, or taken home. */
  isBack(): boolean
  /** Somebody takes them home. */
  bringHome(): void
}

/** A body on its way from `startM` along the line; what befalls it is drawn before. */
export function runnerBody(line: RouteLine, plan: RunnerPlan, startM: number, trouble: Trouble | undefined): Body {
  let motion: RunnerMotion = { ...runnerAtStart, atM: startM }
  let asideM = 0
  let isHome = false
  const tired = { ...plan, basePaceMps: plan.basePaceMps * STRAGGLING_SHARE }

  const isInTrouble = () =>
    trouble !== undefined &&
    motion.elapsedS >= trouble.fromS &&
    motion.elapsedS < trouble.fromS + trouble.lastsS &&
    !isHome &&
    !isFinished(plan, motion)

  function place(): Place {
    const onLine = placeAtM(line, motion.atM)
    return asideM > 0 ? farthestAside(line, onLine, asideM) : onLine
  }

  return {
    step(dtS) {
      if (isHome) return
      const kind = isInTrouble() ? trouble?.kind : undefined
      const elapsedS = motion.elapsedS + dtS
      if (kind === 'wrong-way') {
        const speedMps = runningPaceMps(plan, elapsedS)
        motion = { ...motion, elapsedS, atM: Math.max(0, motion.atM - speedMps * dtS), speedMps }
      } else if (kind === 'off-route') {
        const sinceS = elapsedS - (trouble?.fromS ?? 0)
        asideM = Math.max(0, SIDEWAYS_MPS * Math.min(sinceS, (trouble?.lastsS ?? 0) - sinceS))
        motion = { ...motion, elapsedS, speedMps: SIDEWAYS_MPS }
      } else if (kind === 'long-stop' || kind === 'hurt') motion = { ...motion, elapsedS, speedMps: 0 }
      else {
        asideM = 0
        motion = stepRunner(kind === 'straggler' ? tired : plan, motion, dtS)
      }
    },
    hold(forS) {
      motion = runnerHeld(motion, forS)
    },
    place,
    elapsedS: () => motion.elapsedS,
    atM: () => motion.atM,
    speedMps: () => motion.speedMps,
    isInTrouble,
    isBack: () => isHome || isFinished(plan, motion),
    bringHome() {
      isHome = true
    },
  }
}

/** Where a line is farthest, so many metres from a place: on a river that is not the other bank. */
function farthestAside(line: RouteLine, from: Place, asideM: number): Place {
  let best = from
  let bestM = -1
  for (let i = 0; i < BEARINGS; i++) {
    const wayRad = (2 * Math.PI * i) / BEARINGS
    // Judged far out, so that the direction stays the same all the way there and back.
    const farOut = movedPlace(from, FAR_OUT_M * Math.sin(wayRad), FAR_OUT_M * Math.cos(wayRad))
    const awayM = nearestOnLine(line, farOut).distanceM
    if (awayM <= bestM) continue
    bestM = awayM
    best = movedPlace(from, asideM * Math.sin(wayRad), asideM * Math.cos(wayRad))
  }
  return best
}

/** Whether two can see each other. */
export const isInSight = (a: Place, b: Place, withinM: number): boolean => distanceM(a, b) <= withinM
