/**
 * `npm run bench:progress -- [--seeds N]`: scores the matcher along the route beside what people write first, and beside a smoother
 * that sees the future. Prints the tables of docs/PROGRESS.md.
 */
import { parseArgs } from 'node:util'
import { freeDistanceFigures } from '../free-distance.ts'
import { benchCourses } from './bench-courses.ts'
import { costOn, longCourse } from './cost.ts'
import {
  type Answerer,
  answerers,
  offRouteFigures,
  placeScores,
  quantile,
  shareOf,
  spreadFigures,
  usual,
} from './figures.ts'
import { serik, slidingWindow } from './matchers.ts'
import type { PlaceScore } from './place-score.ts'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '5' } } })
const seeds = Number(values.seeds)
if (!Number.isInteger(seeds) || seeds < 1) throw new RangeError('--seeds needs a number from 1')

const whos = Object.keys(answerers) as Answerer[]
const pct = (share: number, digits = 2) => `${(100 * share).toFixed(digits)} %`
const row = (...cells: string[]) => console.log(`| ${cells.join(' | ')} |`)
function table(title: string, head: string[]): void {
  console.log(`\n${title}\n`)
  row(...head)
  row(...head.map(() => '---'))
}
const right = ({ right: count, fixes }: PlaceScore) => count / fixes
const wrong = ({ wrongPass, fixes }: PlaceScore) => wrongPass / fixes
const inGap = ({ gapRight, gapMoments }: PlaceScore) => gapRight / Math.max(1, gapMoments)

console.log(
  `seeds 1 to ${seeds}; courses ${benchCourses()
    .map(({ name, line }) => `${name} ${(line.lengthM / 1_000).toFixed(1)} km`)
    .join(', ')}`,
)

const ofSerik: PlaceScore[] = []
table('Fixes within 50 m along the route, and on the wrong lap or leg: mean over courses (worst course)', [
  'conditions',
  ...whos,
])
for (const [sigmaM, fixEveryS, correlationS] of [
  [5, 5, 10],
  [10, 5, 10],
  [20, 5, 10],
  [5, 1, 10],
  [10, 1, 10],
  [20, 1, 10],
  [5, 15, 10],
  [10, 15, 10],
  [20, 15, 10],
  [5, 5, 40],
  [10, 5, 40],
  [20, 5, 40],
] as const) {
  const cells = whos.map((who) => {
    const scores = placeScores(who, { ...usual, sigmaM, fixEveryS, correlationS }, seeds)
    if (who === 'Serik') ofSerik.push(...scores.values())
    const [good, bad] = [shareOf(scores, right, true), shareOf(scores, wrong, false)]
    return `${pct(good.mean)} (${pct(good.worst)} ${good.worstCourse}); wrong ${pct(bad.mean)} (${pct(bad.worst)})`
  })
  row(`sigma ${sigmaM} m, each ${fixEveryS} s, correlated ${correlationS} s`, ...cells)
}

table('With gaps at sigma 10: within 50 m at fixes / inside the gap', ['conditions', ...whos])
for (const [gapS, fixEveryS] of [
  [30, 5],
  [120, 5],
  [120, 15],
] as const) {
  const cells = whos.map((who) => {
    const scores = placeScores(who, { ...usual, gapS, fixEveryS }, seeds)
    if (who === 'Serik') ofSerik.push(...scores.values())
    const [fixes, gaps] = [shareOf(scores, right, true), shareOf(scores, inGap, true)]
    return `${pct(fixes.mean)} / ${pct(gaps.mean)} (${pct(gaps.worst)} ${gaps.worstCourse})`
  })
  row(`gaps of ${gapS} s, each ${fixEveryS} s`, ...cells)
}

table('Confidence: where it says so much, so many are right', ['said', 'answers', 'mean said', 'right'])
for (let bin = 0; bin < 10; bin++) {
  const all = ofSerik.map(({ reliability }) => reliability[bin] ?? { count: 0, said: 0, right: 0 })
  const count = all.reduce((sum, each) => sum + each.count, 0)
  if (count === 0) continue
  const said = all.reduce((sum, each) => sum + each.said, 0) / count
  const share = all.reduce((sum, each) => sum + each.right, 0) / count
  row(`${bin / 10} to ${(bin + 1) / 10}`, String(count), pct(said, 1), pct(share, 1))
}

table('Off the route, sigma 10: found, seconds from 40 m away to the alarm, false alarms', [
  'who',
  'correlated',
  'found',
  'median',
  'worst',
  'false alarms a runner-hour',
])
for (const [name, matcher] of [
  ['Serik', serik],
  ['sliding window', slidingWindow],
] as const)
  for (const correlationS of [10, 40]) {
    const { found, medianS, worstS, falsePerHour, hours } = offRouteFigures(matcher, { ...usual, correlationS }, seeds)
    row(
      name,
      `${correlationS} s`,
      pct(found, 1),
      `${medianS} s`,
      `${worstS} s`,
      `${falsePerHour.toFixed(4)} (${hours.toFixed(0)} h)`,
    )
  }

table('Time to 1 km ahead: median error', ['conditions', 'Serik', 'sliding window'])
for (const sigmaM of [5, 10]) {
  const cells = (['Serik', 'sliding window'] as const).map((who) => {
    const errors = [...placeScores(who, { ...usual, sigmaM }, seeds).values()].flatMap(({ etaErrors }) => etaErrors)
    return pct(quantile(errors, 0.5), 1)
  })
  row(`sigma ${sigmaM} m`, ...cells)
}

table('Spread of a pack of eight, error: median / 95 %', ['conditions', 'Serik', 'sliding window'])
for (const correlationS of [10, 40]) {
  const { ours, naive } = spreadFigures({ ...usual, correlationS }, Math.min(seeds, 3))
  const text = ([median, most]: readonly [number, number]) => `${median.toFixed(1)} / ${most.toFixed(1)} m`
  row(`sigma 10 m, correlated ${correlationS} s`, text(ours), text(naive))
}

table('Distance without a route: per cent too long, mean over courses (worst)', ['conditions', 'Serik', 'plain sum'])
for (const { condition, meanPct, worst, plainPct } of freeDistanceFigures(seeds))
  row(condition, `${meanPct.toFixed(2)} % (${worst.meanPct.toFixed(2)} ${worst.course})`, `${plainPct.toFixed(1)} %`)

table('CPU a fix, fifty runners interleaved', ['course', 'each', 'Serik', 'scan of the whole line', 'bytes of state'])
const track = benchCourses().find(({ name }) => name === 'track')
for (const course of [longCourse(), ...(track ? [track] : [])])
  for (const fixEveryS of [1, 5]) {
    const { lengthM, microsPerFix, scanMicrosPerFix, stateBytes } = costOn(course, fixEveryS, 120)
    row(
      `${course.name} (${(lengthM / 1_000).toFixed(1)} km)`,
      `${fixEveryS} s`,
      `${microsPerFix.toFixed(1)} us`,
      `${scanMicrosPerFix.toFixed(1)} us`,
      stateBytes.toFixed(0),
    )
  }
