/**
 * `npm run bench -- late [--runs R --members P --seconds T --rounds N] [--json FILE]`: how old a position is when it arrives, for phones that
 * take it at any moment, and for those that take it just before the tick of their run, as the SDK does.
 */
import { parseArgs } from 'node:util'
import { build } from './built.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Measured } from './load.ts'
import { measure } from './measure.ts'
import { say, tellAll, textTable } from './report.ts'

const SYSTEMS = { 'at any moment': 'serik-all', 'before the tick': 'serik-late' }
/** Phones know the tick of their run after the first. */
const WARM_UP_MS = 15_000

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    members: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
})

const shape = { runs: Number(values.runs), members: Number(values.members) }
const rounds = Number(values.rounds)

build()
const measured: Record<string, Measured[]> = Object.fromEntries(Object.keys(SYSTEMS).map((name) => [name, []]))
for (let round = 1; round <= rounds; round++)
  for (const [name, system] of Object.entries(SYSTEMS)) {
    const load = { warmUpMs: WARM_UP_MS, windowMs: Number(values.seconds) * 1_000, seed: `${values.seed}/${round}` }
    measured[name]?.push(await measure(system, { shape, ...load }))
    say(`round ${round} of ${rounds}, ${name}: measured`)
  }

const figures: Record<string, Figures> = {}
for (const [name, each] of Object.entries(measured)) figures[name] = figuresOf(each, [], shape, true)
const rows = Object.entries(figures).map(([name, one]) => [
  name,
  ...[one.ageP50Ms, one.ageP99Ms, one.skipped, one.lost].map(String),
  one.cpuSPerMillionViews.median.toFixed(2),
  ...[one.serverBusy.median, one.generatorBusy.most, one.generatorWaited.most].map((share) => (100 * share).toFixed(0)),
])
const titles = [
  'fixes taken',
  'age p50 ms',
  'p99 ms',
  'skipped',
  'lost',
  'CPU-s/M views',
  'core %',
  'generator %',
  'waited %',
]
tellAll(
  `${shape.runs} runs of ${shape.members}, ${values.seconds} s, ${rounds} rounds`,
  textTable([titles, ...rows]),
  { shape, figures, measured },
  values.json,
)
