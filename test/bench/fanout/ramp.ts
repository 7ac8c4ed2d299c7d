/**
 * `npm run bench -- ramp [--systems NAME,...] [--runs R,R,...] [--seconds T] [--json FILE]`: how many members one core keeps, in runs of
 * 25 at a fix a second: the most of whom nothing is lost and 99 of 100 places are younger than 1.5 s, at the full rate and with frames left
 * out for load, where a newer place comes instead. And the memory each of them takes.
 */
import { parseArgs } from 'node:util'
import { build } from './built.ts'
import { type Figures, figuresOf } from './figures.ts'
import { measure } from './measure.ts'
import { say, tellAll, textTable } from './report.ts'

const MEMBERS = 25
const AGE_P99_MOST_MS = 1_500
/** A server that had to leave things out while thousands joined has time to find back. */
const WARM_UP_MS = 25_000
/** Fewer, and the server kept up by sending fewer frames. */
const FULL_RATE_LEAST = 0.95

const { values } = parseArgs({
  options: {
    systems: { type: 'string', default: 'serik-all,floor' },
    runs: { type: 'string', default: '100,200,300,400,500,600' },
    seconds: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
})

/** `figures` are missing when it failed before it could be measured. */
type Step = { readonly system: string; readonly runs: number; readonly figures?: Figures; readonly verdict: string }

const FULL = 'kept'
const SLOWER = 'kept, at a lower rate'
const isKept = ({ verdict }: Step): boolean => verdict === FULL || verdict === SLOWER

async function step(system: string, runs: number): Promise<Step> {
  const shape = { runs, members: MEMBERS }
  const load = { shape, warmUpMs: WARM_UP_MS, windowMs: Number(values.seconds) * 1_000, seed: values.seed }
  let one: Step
  try {
    const figures = figuresOf([await measure(system, load)], [], shape, true)
    one = { system, runs, figures, verdict: verdictOf(figures) }
  } catch (fault) {
    one = { system, runs, verdict: fault instanceof Error ? fault.message : String(fault) }
  }
  say(`${system}, ${runs} runs: ${one.verdict}`)
  return one
}

function verdictOf({ lost, ageP99Ms, deliveredShare, isValid }: Figures): string {
  if (lost === 0 && ageP99Ms <= AGE_P99_MOST_MS) return deliveredShare >= FULL_RATE_LEAST ? FULL : SLOWER
  return isValid ? 'not kept' : 'not kept, and the generator was the limit'
}

/** Up to the first that is too much, and once half-way back. */
async function ramp(system: string): Promise<Step[]> {
  const steps: Step[] = []
  let keptRuns = 0
  for (const runs of values.runs.split(',').map(Number)) {
    const one = await step(system, runs)
    steps.push(one)
    if (!isKept(one)) {
      const between = Math.round((keptRuns + runs) / 2)
      if (between > keptRuns) steps.push(await step(system, between))
      break
    }
    keptRuns = runs
  }
  return steps
}

build()
const steps: Step[] = []
for (const system of values.systems.split(',')) steps.push(...(await ramp(system)))

const mostOf = (system: string, isCounted: (step: Step) => boolean): number =>
  MEMBERS * Math.max(0, ...steps.filter((one) => one.system === system && isCounted(one)).map(({ runs }) => runs))
const most = values.systems.split(',').map((system) => ({
  system,
  atFullRate: mostOf(system, ({ verdict }) => verdict === FULL),
  kept: mostOf(system, isKept),
}))
const rows = steps.map(({ system, runs, figures, verdict }) => [
  system,
  ...[runs, runs * MEMBERS].map(String),
  ...(figures
    ? [
        `${figures.ageP50Ms}/${figures.ageP99Ms}`,
        String(figures.lost),
        (100 * figures.deliveredShare).toFixed(1),
        figures.cpuSPerMillionViews.median.toFixed(2),
        (100 * figures.serverBusy.median).toFixed(0),
        figures.kbPerMember.toFixed(0),
        (100 * figures.generatorBusy.most).toFixed(0),
      ]
    : Array.from({ length: 7 }, () => '-')),
  verdict,
])
const titles = [
  '',
  'runs',
  'members',
  'age p50/p99 ms',
  'lost',
  'CPU-s/M views',
  'core %',
  'KB/member',
  'generator %',
  '',
]
const text = `${textTable([titles, ...rows])}
${most.map(({ system, atFullRate, kept }) => `${system}: ${atFullRate} members at the full rate, ${kept} in all\n`).join('')}`
tellAll(`Runs of ${MEMBERS}, ${values.seconds} s`, text, { most, steps }, values.json)
