/**
 * Runners without a route, as their phones would tell of them: the scenes that distance and pace are judged on.
 * Everything is drawn from the seed.
 */

import { beginning } from '../../client/simulate/courses/course.ts'
import { courses } from '../../client/simulate/courses.ts'
import { firstGpsError, nextGpsError, type Reception, reportedPlace } from '../../client/simulate/gps-noise.ts'
import { type Random, seededRandom } from '../../client/simulate/random.ts'
import { isFinished, runnerAtStart, runnerPlan, stepRunner } from '../../client/simulate/runner-motion.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Fix, Place } from '../../shared/geo/fix.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'
import { SECOND_MS } from '../../shared/units.ts'

export type FreeScene = {
  readonly course: FreeCourse
  readonly seed: number
  readonly sigmaM: number
  readonly correlationS: number
  readonly everyS: number
  readonly outlierChance: number
  /** Share of the time without fixes, in gaps of 30 to 120 s. */
  readonly gapShare: number
}

export type FreeCourse = { readonly name: string; readonly points: readonly Place[]; readonly paceMps: number }

/** A fix, without an accuracy, and how far the runner had really come. */
export type Told = { readonly fix: Fix; readonly trueAtM: number }

const LENGTH_M = 8_000
const START: Place = { latitudeDeg: 51.13, longitudeDeg: 71.43 }
const STARTED_AT_MS = Date.UTC(2025, 5, 1, 2)
const OUTLIER_M = 100

/** A way drawn by a turtle: metres straight on, or a bend by so many degrees (right positive) of a radius; 0 is a corner. */
type Stroke = { readonly straightM: number } | { readonly turnDeg: number; readonly radiusM: number }

function drawnWay(strokes: readonly Stroke[]): Place[] {
  let [eastM, northM, headingRad] = [0, 0, 0]
  const points = [START]
  const goOn = (metres: number) => {
    eastM += metres * Math.sin(headingRad)
    northM += metres * Math.cos(headingRad)
    points.push(movedPlace(START, eastM, northM))
  }
  for (const stroke of strokes) {
    if ('straightM' in stroke) goOn(stroke.straightM)
    else {
      const steps = Math.max(1, Math.round(Math.abs(stroke.turnDeg) / 4))
      const stepRad = (stroke.turnDeg * Math.PI) / 180 / steps
      for (let step = 0; step < steps; step++) {
        headingRad += stepRad / 2
        if (stroke.radiusM > 0) goOn(2 * stroke.radiusM * Math.sin(Math.abs(stepRad) / 2))
        headingRad += stepRad / 2
      }
    }
  }
  return points
}

const repeated = (times: number, strokes: readonly Stroke[]) => Array.from({ length: times }, () => strokes).flat()

/** 400 m with bends of 36.5 m. */
const stadium: readonly Stroke[] = [
  { straightM: 84.39 },
  { turnDeg: 180, radiusM: 36.5 },
  { straightM: 84.39 },
  { turnDeg: 180, radiusM: 36.5 },
]
/** About 1 km of park path, hardly straight anywhere. */
const parkPath: readonly Stroke[] = [
  { turnDeg: 120, radiusM: 45 },
  { straightM: 60 },
  { turnDeg: -80, radiusM: 30 },
  { straightM: 40 },
  { turnDeg: 150, radiusM: 60 },
  { turnDeg: -60, radiusM: 40 },
  { straightM: 90 },
  { turnDeg: 100, radiusM: 30 },
  { straightM: 50 },
  { turnDeg: -50, radiusM: 50 },
  { straightM: 70 },
  { turnDeg: 180, radiusM: 35 },
]

function cityBlocks(): Stroke[] {
  const random = seededRandom('blocks')
  return Array.from({ length: 120 }, (_, index) =>
    index % 2 === 0 ? { straightM: random.between(80, 250) } : { turnDeg: random.pick([90, -90]), radiusM: 0 },
  )
}

/** The courses of the scenarios, the long ones by their beginning, and three that are all bends and corners. */
export const freeCourses: readonly FreeCourse[] = [
  ...Object.values(courses).map(({ name, points, typicalPaceMps }) => ({ name, points, paceMps: typicalPaceMps })),
  { name: 'track', points: drawnWay(repeated(20, stadium)), paceMps: 3.3 },
  { name: 'park-bends', points: drawnWay(repeated(8, parkPath)), paceMps: 2.5 },
  { name: 'city-blocks', points: drawnWay(cityBlocks()), paceMps: 2.8 },
].map((course) => ({
  ...course,
  points: beginning(course.points, Math.min(LENGTH_M, routeLine(course.points).lengthM)),
}))

/** What the phone of the scene's runner tells, from the start until just before the end. */
export function toldIn(scene: FreeScene): Told[] {
  const { course, sigmaM, correlationS, outlierChance, everyS } = scene
  const random = seededRandom(`${course.name}/${scene.seed}`)
  const reception: Reception = { sigmaM, correlationS, outlierChance, outlierM: OUTLIER_M }
  const line = routeLine(course.points)
  const plan = runnerPlan(random.fork('plan'), { paceMps: course.paceMps, lengthM: line.lengthM })
  const isSilent = gaps(random.fork('gaps'), scene.gapShare)
  const noise = random.fork('noise')
  let motion = runnerAtStart
  let error = firstGpsError(reception, noise)
  const told: Told[] = []
  while (!isFinished(plan, motion)) {
    const { latitudeDeg, longitudeDeg } = reportedPlace(placeAtM(line, motion.atM), error, reception, noise)
    const fix = { latitudeDeg, longitudeDeg, takenAtMs: STARTED_AT_MS + motion.elapsedS * SECOND_MS }
    if (!isSilent(motion.elapsedS)) told.push({ fix, trueAtM: motion.atM })
    motion = stepRunner(plan, motion, everyS)
    error = nextGpsError(error, everyS, reception, noise)
  }
  return told
}

/** Whether the phone is out of reach at a second since the start; asked in order. */
function gaps(random: Random, share: number): (elapsedS: number) => boolean {
  if (share === 0) return () => false
  let [fromS, toS] = [0, 0]
  return (elapsedS) => {
    while (elapsedS >= toS) {
      const lastsS = random.between(30, 120)
      fromS = toS + 60 + lastsS * (1 / share - 1) * random.between(0.5, 1.5)
      toS = fromS + lastsS
    }
    return elapsedS >= fromS
  }
}
