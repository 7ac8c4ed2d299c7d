/** The figures of the matchers, as data: each over all courses, with the worst course beside the mean. */
import { type BenchCourse, benchCourses } from './bench-courses.ts'
import { type Answer, globalNearest, type Matcher, serik, slidingWindow } from './matchers.ts'
import { noOffScore, scoreOffRoute } from './off-route-score.ts'
import { spreadErrors } from './pack-score.ts'
import { noPlaceScore, type PlaceScore, scorePlaces } from './place-score.ts'
import { type Conditions, type Recording, recordingOf } from './recording.ts'
import { smoothedOf } from './smoother.ts'

export const usual: Conditions = {
  sigmaM: 10,
  correlationS: 10,
  fixEveryS: 5,
  gapS: 0,
  hasDetours: false,
  outlierChance: 0.001,
}

const asked = (matcher: (line: BenchCourse['line']) => Matcher) => (recording: Recording) => {
  const answer = matcher(recording.course.line)
  return recording.moments.map(({ truth, fix }): Answer => answer(fix, 1_000 * (truth.tS + 1)))
}
const smoothed = ({ course, moments }: Recording): Answer[] =>
  smoothedOf(course.line, moments).map((atM) => ({ atM, isOff: false, confidence: 1, forecastMps: 2.8 }))

/** Everybody who is asked, the last one with a view of the future. */
export const answerers = {
  Serik: asked(serik),
  'sliding window': asked(slidingWindow),
  'global nearest': asked(globalNearest),
  'offline ceiling': smoothed,
} as const
export type Answerer = keyof typeof answerers

/** The score of each course under some conditions. */
export function placeScores(who: Answerer, conditions: Conditions, seeds: number): Map<string, PlaceScore> {
  return new Map(
    benchCourses().map((course) => {
      const score = noPlaceScore()
      for (let seed = 1; seed <= seeds; seed++) {
        const recording = recordingOf(course, seed, conditions)
        scorePlaces(score, recording, answerers[who](recording))
      }
      return [course.name, score]
    }),
  )
}

export type Share = { readonly mean: number; readonly worst: number; readonly worstCourse: string }

/** A share over courses; `worst` is the one farthest to the wrong side. */
export function shareOf(
  scores: ReadonlyMap<string, PlaceScore>,
  share: (score: PlaceScore) => number,
  isHigherBetter: boolean,
): Share {
  const shares = [...scores].map(([course, score]) => ({ course, value: share(score) }))
  const mean = shares.reduce((sum, { value }) => sum + value, 0) / shares.length
  const worst = shares.reduce((a, b) => (isHigherBetter === b.value < a.value ? b : a))
  return { mean, worst: worst.value, worstCourse: worst.course }
}

/** Off-route figures of a naive or our matcher: runs with detours for the delays, runs without for false alarms. */
export function offRouteFigures(
  matcher: (line: BenchCourse['line']) => Matcher,
  conditions: Conditions,
  seeds: number,
) {
  const [detours, plain] = [noOffScore(), noOffScore()]
  for (const course of benchCourses())
    for (let seed = 1; seed <= seeds; seed++) {
      scoreOffRoute(detours, recordingOf(course, seed, { ...conditions, hasDetours: true }), matcher(course.line))
      for (const more of [100, 200, 300, 400])
        scoreOffRoute(plain, recordingOf(course, more + seed, conditions), matcher(course.line))
    }
  const { delaysS, missed } = detours
  return {
    found: delaysS.length / Math.max(1, delaysS.length + missed),
    medianS: quantile(delaysS, 0.5),
    worstS: quantile(delaysS, 1),
    falsePerHour: plain.falseAlarms / plain.onRouteHours,
    hours: plain.onRouteHours,
  }
}

/** Spread of packs of eight: the median and the 95 % error, ours and that of sliding windows. */
export function spreadFigures(conditions: Conditions, seeds: number) {
  const all = benchCourses().flatMap((course) =>
    Array.from({ length: seeds }, (_, seed) => spreadErrors(course, seed + 1, conditions)),
  )
  const [ours, naive] = [all.flatMap((each) => each.ours), all.flatMap((each) => each.naive)]
  return {
    ours: [quantile(ours, 0.5), quantile(ours, 0.95)] as const,
    naive: [quantile(naive, 0.5), quantile(naive, 0.95)] as const,
  }
}

/** NaN when there is nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
