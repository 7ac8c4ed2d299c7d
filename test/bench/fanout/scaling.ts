/**
 * `npm run bench -- scaling [--runs R,R,...] [--members P,P,...] [--seconds T] [--svg FILE] [--json FILE]`: what all duties cost against the
 * number of runs of 25, and against the members of one run, who all see each other.
 * The plot holds what was shown at the full rate.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { build } from './built.ts'
import { type Figures, figuresOf } from './figures.ts'
import { measure } from './measure.ts'
import { say, tellAll, textTable } from './report.ts'
import { type Series, scalingPlot } from './scaling-plot.ts'

const SYSTEM = 'serik-all'
const MEMBERS = 25
/** A server that had to leave things out while thousands joined has time to find back. */
const WARM_UP_MS = 25_000

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1,10,50,100,200,300,400' },
    members: { type: 'string', default: '2,10,25,100,200,400,1000' },
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    svg: { type: 'string' },
    json: { type: 'string' },
  },
})

/** With fewer shown the server left frames out for load: cheaper, and not the same work. */
const FULL_RATE_LEAST = 0.95

type Point = { readonly runs: number; readonly members: number; readonly figures: Figures }

async function point(runs: number, members: number): Promise<Point> {
  const shape = { runs, members }
  const load = { shape, warmUpMs: WARM_UP_MS, windowMs: Number(values.seconds) * 1_000, seed: values.seed }
  const figures = figuresOf([await measure(SYSTEM, load)], [], shape, true)
  say(`${runs} runs of ${members}: measured`)
  return { runs, members, figures }
}

const numbers = (list: string): number[] => list.split(',').map(Number)
const people = ({ runs, members }: Point): number => runs * members
const busyPercent = ({ figures }: Point): number => 100 * figures.serverBusy.median

build()
const byRuns: Point[] = []
for (const runs of numbers(values.runs)) byRuns.push(await point(runs, MEMBERS))
const byMembers: Point[] = []
for (const members of numbers(values.members)) byMembers.push(await point(1, members))

const rows = [...byRuns, ...byMembers].map((one) => [
  `${one.runs} x ${one.members}`,
  String(people(one)),
  busyPercent(one).toFixed(1),
  ((1e4 * busyPercent(one)) / people(one)).toFixed(0),
  one.figures.cpuSPerMillionViews.median.toFixed(2),
  `${one.figures.ageP50Ms}/${one.figures.ageP99Ms}`,
  String(one.figures.lost),
  (100 * one.figures.deliveredShare).toFixed(1),
  one.figures.isValid ? '' : 'NOT VALID',
])
const titles = [
  'runs x members',
  'members',
  'core %',
  'us a member-s',
  'CPU-s/M views',
  'age p50/p99 ms',
  'lost',
  'shown %',
  '',
]
const series = (name: string, points: readonly Point[]): Series => ({
  name,
  points: points
    .filter(({ figures }) => figures.deliveredShare >= FULL_RATE_LEAST)
    .map((one) => ({ x: people(one), y: busyPercent(one) })),
})
if (values.svg !== undefined) {
  const plotted = [series(`runs of ${MEMBERS}`, byRuns), series('one run', byMembers)]
  writeFileSync(values.svg, scalingPlot(plotted, { x: 'members', y: '% of one core' }))
}
tellAll(`All duties, ${values.seconds} s`, textTable([titles, ...rows]), { byRuns, byMembers }, values.json)
