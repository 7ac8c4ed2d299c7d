/** `npm run bench:meeting -- --seeds 10`: how often a meeting is kept that was promised when a request was claimed. */
import { parseArgs } from 'node:util'
import type { EstimatorFactory } from './estimator.ts'
import { type Figures, figuresOf, interval95, row } from './figures.ts'
import { naive } from './naive.ts'
import { rule } from './rule.ts'
import { COURSES, RECEPTIONS, type ReceptionName, scenarioOf } from './scenarios.ts'
import { type Delivery, worldOf } from './world.ts'

const ESTIMATORS: Readonly<Record<string, EstimatorFactory>> = { naive, rule }

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    course: { type: 'string' },
    first: { type: 'string', default: '1' },
  },
})
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.first) + index)
const courses = COURSES.filter((name) => !values.course || name === values.course)
process.stdout.write(`seeds ${seeds[0]} to ${seeds.at(-1)}, each on ${courses.length} courses under both receptions\n`)
process.stdout.write('kept: handed over within 60 s of the moment promised at the claim; undelivered is not kept\n\n')

for (const [name, factory] of Object.entries(ESTIMATORS)) {
  const all: { course: string; seed: number; reception: ReceptionName; deliveries: Delivery[] }[] = []
  const startedMs = performance.now()
  for (const course of courses) {
    const scenario = scenarioOf(course)
    for (const reception of Object.keys(RECEPTIONS) as ReceptionName[])
      for (const seed of seeds)
        all.push({ course, seed, reception, deliveries: worldOf(scenario, reception, seed, factory) })
  }
  const of = (is: (world: (typeof all)[number]) => boolean): Figures =>
    figuresOf(all.filter(is).flatMap(({ deliveries }) => deliveries))
  process.stdout.write(`${name}\n`)
  for (const course of courses)
    process.stdout.write(
      row(
        course,
        of((world) => world.course === course),
      ),
    )
  for (const reception of Object.keys(RECEPTIONS))
    process.stdout.write(
      row(
        reception,
        of((world) => world.reception === reception),
      ),
    )
  process.stdout.write(
    row(
      'all',
      of(() => true),
    ),
  )
  const shares = seeds.map((seed) => of((world) => world.seed === seed).keptShare)
  const { mean, halfWidth } = interval95(shares)
  const took = ((performance.now() - startedMs) / 1_000).toFixed(0)
  const percent = (share: number) => (100 * share).toFixed(1)
  process.stdout.write(`  over seeds ${percent(mean)} +- ${percent(halfWidth)} % (95 %, Student's t), ${took} s\n\n`)
}
