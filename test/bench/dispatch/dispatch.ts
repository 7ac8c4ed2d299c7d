/** `npm run bench -- dispatch [--seeds 20] [--first 1] [--json FILE]`: waits under matching and under simpler rules, all else equal. */
import { parseArgs } from 'node:util'
import { seededRandom } from '../../../client/simulate/random.ts'
import { tellAll, textTable } from '../fanout/report.ts'
import { firstCome, nearestFirst, together, withPlans } from './rules.ts'
import { courses, plannedRun } from './scenarios.ts'
import type { Outcome, Rule } from './scene.ts'
import { type SmallCase, smallCase } from './small.ts'
import { groundOf, outcomeOf } from './world.ts'

const RULES = {
  'first come': firstCome,
  'nearest first': nearestFirst,
  together,
  'with plans': withPlans,
} satisfies Record<string, Rule>
type RuleName = keyof typeof RULES
const ruleNames = Object.keys(RULES) as RuleName[]
const SMALL_CASES = 200
const RESAMPLES = 1_000

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
})
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.first) + index)

type Runs = Readonly<Record<RuleName, readonly Outcome[]>>

const grounds = courses().map(groundOf)
const perCourse = grounds.map((ground) => {
  const { course } = ground
  const runs = Object.fromEntries(
    ruleNames.map((name) => [name, seeds.map((seed) => outcomeOf(ground, plannedRun(course, seed), RULES[name]))]),
  ) as unknown as Runs
  return { name: course.name, runs }
})
const both = {
  name: 'both',
  runs: Object.fromEntries(
    ruleNames.map((name) => [name, seeds.map((_, index) => joined(perCourse.map(({ runs }) => runs[name][index])))]),
  ) as unknown as Runs,
}

const figures = [...perCourse, both].map(({ name, runs }) => ({
  name,
  rows: ruleNames.map((rule) => ({
    rule,
    ...figuresOf(runs[rule]),
    medianToFirst: ratioOf(runs, rule, 0.5),
    p95ToFirst: ratioOf(runs, rule, 0.95),
  })),
}))
const small = grounds.flatMap((ground) => Array.from({ length: SMALL_CASES }, (_, seed) => smallCase(ground, seed)))
const optimum = { wait: spread(small, 'waitRatio'), cost: spread(small, 'costRatio') }

const columns = [
  'median s',
  'p95 s',
  'worst s',
  'km a run',
  'needs',
  'unserved',
  'median to first come',
  'p95 to first come',
]
const waits = figures.flatMap(({ name, rows }) => [
  [name, ...columns],
  ...rows.map(({ rule, medianS, p95S, worstS, rodeKm, count, unserved, medianToFirst, p95ToFirst }) => [
    `  ${rule}`,
    ...[medianS, p95S, worstS, rodeKm, count, unserved].map((value) => value.toFixed(0)),
    ...[medianToFirst, p95ToFirst].map(
      ({ ratio, low, high }) => `${ratio.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`,
    ),
  ]),
])
const best = Object.entries(optimum).map(([what, { mean, worst, exactShare }]) => [
  `  ${what}`,
  ...[mean.toFixed(4), worst.toFixed(3), (100 * exactShare).toFixed(0)],
])
tellAll(
  `25 runners, 4 cyclists, seeds ${seeds[0]} to ${seeds.at(-1)}; waits from asking to the hand-over, ratios with 95 % of draws`,
  `${textTable(waits)}\n${textTable([[`${small.length} cases of 3 helpers and 5 needs, to the best there is`, 'mean', 'worst', 'the best itself %'], ...best])}`,
  { seeds, figures, optimum },
  values.json,
)

function joined(outcomes: readonly (Outcome | undefined)[]): Outcome {
  const known = outcomes.filter((outcome) => outcome !== undefined)
  return {
    waitsS: known.flatMap(({ waitsS }) => waitsS),
    unserved: known.reduce((sum, { unserved }) => sum + unserved, 0),
    rodeM: known.reduce((sum, { rodeM }) => sum + rodeM, 0),
  }
}

function figuresOf(outcomes: readonly Outcome[]) {
  const { waitsS, unserved, rodeM } = joined(outcomes)
  const sorted = Float64Array.from(waitsS).sort()
  return {
    count: sorted.length,
    medianS: quantile(sorted, 0.5),
    p95S: quantile(sorted, 0.95),
    worstS: sorted.at(-1) ?? Number.NaN,
    rodeKm: rodeM / outcomes.length / 1_000,
    unserved,
  }
}

/** Of a quantile of all waits. The interval: whole seeds drawn again, the same for both rules (Efron 1979), so that the pairs stay. */
function ratioOf(runs: Runs, ours: RuleName, share: number) {
  const random = seededRandom('bootstrap')
  const of = (drawn: readonly number[]) => {
    const at = (rule: RuleName) =>
      quantile(Float64Array.from(drawn.flatMap((index) => runs[rule][index]?.waitsS ?? [])).sort(), share)
    return at(ours) / at('first come')
  }
  const all = seeds.map((_, index) => index)
  const resampled = Float64Array.from({ length: RESAMPLES }, () => of(all.map(() => random.pick(all)))).sort()
  return { ratio: of(all), low: quantile(resampled, 0.025), high: quantile(resampled, 0.975) }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

function spread(cases: readonly SmallCase[], key: keyof SmallCase) {
  const ratios = cases.map((each) => each[key])
  return {
    mean: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
    worst: Math.max(...ratios),
    exactShare: ratios.filter((ratio) => ratio < 1 + 1e-9).length / ratios.length,
  }
}
