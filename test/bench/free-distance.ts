/** How far off the distance of a runner without a route is. `npx tsx test/bench/free-distance.ts [SEEDS]` prints the table. */
import { pathToFileURL } from 'node:url'
import { distanceM } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { freeTrackAt } from '../../shared/geo/pace/free-estimate.ts'
import { freeTrackAfter, noFreeTrack } from '../../shared/geo/pace/free-track.ts'
import { type FreeScene, freeCourses, toldIn } from './free-scenes.ts'

export type DistanceFigure = {
  readonly condition: string
  /** Per cent too long, the mean over courses; negative is too short. */
  readonly meanPct: number
  /** Half the width of the 95 % interval of the mean over seeds. */
  readonly marginPct: number
  /** The course with the largest mean error. */
  readonly worst: { readonly course: string; readonly meanPct: number }
  /** Plain summing of the same fixes. */
  readonly plainPct: number
}

const usual = { everyS: 5, correlationS: 10, outlierChance: 0, gapShare: 0 } as const

const conditions: Readonly<Record<string, Omit<FreeScene, 'course' | 'seed'>>> = {
  'sigma 5': { ...usual, sigmaM: 5 },
  'sigma 10': { ...usual, sigmaM: 10 },
  'sigma 5, correlated 40 s': { ...usual, sigmaM: 5, correlationS: 40 },
  'sigma 10, correlated 40 s': { ...usual, sigmaM: 10, correlationS: 40 },
  'no noise': { ...usual, sigmaM: 0 },
  'sigma 5, every 1 s': { ...usual, sigmaM: 5, everyS: 1 },
  'sigma 10, every 1 s': { ...usual, sigmaM: 10, everyS: 1 },
  'sigma 5, every 15 s': { ...usual, sigmaM: 5, everyS: 15 },
  'sigma 10, every 15 s': { ...usual, sigmaM: 10, everyS: 15 },
  'sigma 5, gaps': { ...usual, sigmaM: 5, gapShare: 0.2 },
  'sigma 10, gaps': { ...usual, sigmaM: 10, gapShare: 0.2 },
  'sigma 5, 1 % outliers': { ...usual, sigmaM: 5, outlierChance: 0.01 },
  'sigma 10, 1 % outliers': { ...usual, sigmaM: 10, outlierChance: 0.01 },
}

/** The table as data: a row a condition, each over all courses and the seeds 1 to `seeds`. */
export function freeDistanceFigures(seeds: number): DistanceFigure[] {
  return Object.entries(conditions).map(([condition, settings]) => {
    const byCourse = freeCourses.map((course) => {
      const runs = Array.from({ length: seeds }, (_, index) => errorsPct({ ...settings, course, seed: index + 1 }))
      return { course: course.name, runs }
    })
    const meanOf = (key: 'ours' | 'plain') => mean(byCourse.flatMap(({ runs }) => runs.map((run) => run[key])))
    const bySeed = Array.from({ length: seeds }, (_, seed) => mean(byCourse.map(({ runs }) => runs[seed]?.ours ?? 0)))
    const worst = byCourse
      .map(({ course, runs }) => ({ course, meanPct: mean(runs.map(({ ours }) => ours)) }))
      .reduce((a, b) => (Math.abs(b.meanPct) > Math.abs(a.meanPct) ? b : a))
    return { condition, meanPct: meanOf('ours'), marginPct: margin(bySeed), worst, plainPct: meanOf('plain') }
  })
}

function errorsPct(scene: FreeScene): { readonly ours: number; readonly plain: number } {
  const told = toldIn(scene)
  const trueM = (told.at(-1)?.trueAtM ?? 0) - (told[0]?.trueAtM ?? 0)
  const fixes = told.map(({ fix }) => fix)
  const offPct = (metres: number) => (100 * (metres - trueM)) / trueM
  return {
    ours: offPct(freeTrackAt(fixes.reduce(freeTrackAfter, noFreeTrack), 0)?.distanceM ?? 0),
    plain: offPct(plainSumM(fixes)),
  }
}

function plainSumM(fixes: readonly Fix[]): number {
  return fixes.reduce((sum, fix, index) => sum + distanceM(fixes[index - 1] ?? fix, fix), 0)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function margin(values: readonly number[]): number {
  const middle = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
  return 1.96 * Math.sqrt(variance / values.length)
}

const signed = (value: number) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log('distance without a route, % too long    mean   +-95%   worst course             plain sum')
  for (const { condition, meanPct, marginPct, worst, plainPct } of freeDistanceFigures(Number(process.argv[2] ?? 5)))
    console.log(
      condition.padEnd(38),
      signed(meanPct).padStart(6),
      marginPct.toFixed(2).padStart(6),
      '  ',
      `${signed(worst.meanPct)} ${worst.course}`.padEnd(24),
      signed(plainPct).padStart(7),
    )
}
