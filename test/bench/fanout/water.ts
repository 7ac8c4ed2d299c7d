/**
 * `npm run bench -- water [--runs R --members P --seconds T] [--json FILE]`: how long from a tap for water until the cyclist of the run has
 * the fact, while everybody moves and sees everybody.
 */
import { parseArgs } from 'node:util'
import { build } from './built.ts'
import { figuresOf } from './figures.ts'
import { measure } from './measure.ts'
import { tellAll, textTable } from './report.ts'

const WARM_UP_MS = 15_000

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    members: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
})

const shape = { runs: Number(values.runs), members: Number(values.members) }
build()
const load = { shape, warmUpMs: WARM_UP_MS, windowMs: Number(values.seconds) * 1_000, seed: values.seed }
const measured = await measure('serik-water', load)
const { besides } = measured
const figures = figuresOf([measured], [], shape, true)
const ms = (name: string) => (besides[name] ?? Number.NaN).toFixed(1)
const text = textTable([
  ['', 'p50 ms', 'p99 ms'],
  ['tap to the cyclist', ms('heardP50Ms'), ms('heardP99Ms')],
  ['tap to the answer', ms('answeredP50Ms'), ms('answeredP99Ms')],
  ['age of positions', String(figures.ageP50Ms), String(figures.ageP99Ms)],
])
const [core, generator] = [figures.serverBusy.median, figures.generatorBusy.most].map((share) =>
  (100 * share).toFixed(0),
)
tellAll(
  `${shape.runs} runs of ${shape.members}, ${values.seconds} s`,
  `${text}\n${besides.requests} requests, ${besides.unheard} never heard; server ${core} % of a core, generator ${generator} %\n`,
  { shape, besides, figures, measured },
  values.json,
)
