/** One simulated runner on a course: the truth each second, and the noisy fixes a matcher is given. */
import { nextGpsError, RADIUS_68_PER_SIGMA, type Reception } from '../../../client/simulate/gps-noise.ts'
import { type Random, seededRandom } from '../../../client/simulate/random.ts'
import { isFinished, runnerAtStart, runnerPlan, stepRunner } from '../../../client/simulate/runner-motion.ts'
import { movedPlace } from '../../../shared/geo/distance.ts'
import type { Fix, Place } from '../../../shared/geo/fix.ts'
import { placeAtM } from '../../../shared/geo/route.ts'
import type { BenchCourse } from './bench-courses.ts'
import { type Detour, detoursOf } from './detours.ts'

/** What is true at a second. `atM` is null off the route. */
export type Truth = {
  readonly tS: number
  readonly place: Place
  readonly atM: number | null
  /** Metres from the route: more than 0 only on a detour. */
  readonly awayM: number
}

/** A moment the matcher is asked about: with a fix, or inside a gap. */
export type Moment = { readonly truth: Truth; readonly fix: Fix | null }

export type Recording = {
  readonly course: BenchCourse
  readonly moments: readonly Moment[]
  readonly truths: readonly Truth[]
}

export type Conditions = {
  readonly sigmaM: number
  /** Seconds after which an error is e times less like itself. */
  readonly correlationS: number
  readonly fixEveryS: number
  /** Length of gaps without fixes, one every six of them or so; 0 for none. */
  readonly gapS: number
  readonly hasDetours: boolean
  /** Single fixes that are somewhere else altogether. */
  readonly outlierChance: number
}

/** What phones call accuracy: the 68 % radius, the deviation itself, or nothing. By seed, so that no matcher can rely on one. */
const CLAIMS = [RADIUS_68_PER_SIGMA, 1, null] as const
const TICK_S = 5

export function truthsOf(course: BenchCourse, random: Random, hasDetours: boolean): Truth[] {
  const plan = runnerPlan(random.fork('plan'), { paceMps: course.paceMps, lengthM: course.line.lengthM })
  const detours: Detour[] = hasDetours ? detoursOf(course.line, random.fork('detours')) : []
  const truths: Truth[] = []
  let motion = runnerAtStart
  let [nextDetour, onDetourM] = [0, -1]
  for (let tS = 0; !isFinished(plan, motion); tS++) {
    const detour = detours[nextDetour]
    if (detour && (onDetourM >= 0 || motion.atM >= detour.leavesM)) {
      onDetourM = Math.max(0, onDetourM) + course.paceMps
      if (onDetourM >= detour.line.lengthM) {
        motion = { ...motion, atM: detour.rejoinsM }
        nextDetour++
        onDetourM = -1
      } else {
        const place = placeAtM(detour.line, onDetourM)
        const awayM = detour.awayM(place)
        truths.push({ tS, place, atM: null, awayM })
        continue
      }
    }
    truths.push({ tS, place: placeAtM(course.line, motion.atM), atM: motion.atM, awayM: 0 })
    motion = stepRunner(plan, motion, 1)
  }
  return truths
}

/** The same seed gives the same runner whatever the conditions, and the same noise for the same conditions. */
export function recordingOf(course: BenchCourse, seed: number, conditions: Conditions): Recording {
  const random = seededRandom(`${course.name}/${seed}`)
  const truths = truthsOf(course, random, conditions.hasDetours)
  const { sigmaM, correlationS, fixEveryS, gapS, outlierChance } = conditions
  const noise = random.fork(`noise ${sigmaM} ${correlationS}`)
  const reception: Reception = { sigmaM, correlationS, outlierChance: 0, outlierM: 0 }
  const claim = CLAIMS[seed % CLAIMS.length] as number | null
  let error = { eastM: sigmaM * noise.normal(), northM: sigmaM * noise.normal() }
  let gapFromS = gapS > 0 ? noise.between(gapS, 4 * gapS) + 60 : Number.POSITIVE_INFINITY
  const moments: Moment[] = []
  for (const truth of truths) {
    error = nextGpsError(error, 1, reception, noise)
    if (truth.tS >= gapFromS + gapS) gapFromS = truth.tS + noise.between(2 * gapS, 6 * gapS)
    const isGap = truth.tS >= gapFromS
    if (truth.tS % (isGap ? TICK_S : fixEveryS) !== 0) continue
    const isOutlier = noise.next() < outlierChance
    const [way, farM] = [noise.between(0, 2 * Math.PI), isOutlier ? noise.between(80, 200) : 0]
    const place = movedPlace(truth.place, error.eastM + farM * Math.cos(way), error.northM + farM * Math.sin(way))
    const accuracyM = claim === null ? undefined : Math.max(1, sigmaM * claim * Math.exp(0.2 * noise.normal()))
    const fix = { ...place, takenAtMs: 1_000 * (truth.tS + 1), ...(accuracyM !== undefined && { accuracyM }) }
    moments.push({ truth, fix: isGap ? null : fix })
  }
  return { course, moments, truths }
}
