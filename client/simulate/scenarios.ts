/** `npm run scenarios`: the moments of the design, lived through by simulated people, and a verdict on each. */
import { parseArgs } from 'node:util'
import { castRun } from './cast.ts'
import { serverFaultCount, startOwnNodes } from './own-server.ts'
import { seededRandom } from './random.ts'
import { liveThrough } from './run-simulation.ts'
import { type Scenario, type ScenarioName, scenarios, shortForm } from './scenario.ts'
import { followStory } from './story.ts'
import { summaryOf } from './summary.ts'
import { endWith, progressLine, say } from './terminal.ts'
import { type Verdict, verdictOf } from './verdict.ts'
import { faultsOf, tableOf, tellVerdict } from './verdict-table.ts'

const names = Object.keys(scenarios) as ScenarioName[]

const USAGE = `npm run scenarios -- [--only ${names.join(',')}] [--nodes 1|3] [--seed N] [--short] [--speed X]
  --only     some of them (default all)
  --nodes    one server on SQLite, or three that share a Redis (default 1)
  --seed     the same seed draws the same people and the same troubles (default 1)
  --short    a few kilometres and fewer people
  --speed    how many times faster than the wall (each has its own default)
Exit code 1 when a bar of docs/SCENARIOS.md is missed.`

type Row = { readonly name: ScenarioName; readonly verdict: Verdict; readonly faults: readonly string[] }

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      nodes: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      short: { type: 'boolean', default: false },
      speed: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const only = values.only?.split(',') ?? names
  const unknown = only.filter((name) => !Object.hasOwn(scenarios, name))
  if (values.help || unknown.length > 0) return say(USAGE, values.help ? 0 : 2)
  if (!/^[1-9]$/.test(values.nodes)) return say(`--nodes ${values.nodes} is not 1 to 9\n${USAGE}`, 2)
  const rows: Row[] = []
  for (const name of only as ScenarioName[]) {
    const whole: Scenario = scenarios[name]
    const scenario = values.short ? shortForm(whole) : whole
    const speed = values.speed ? Number(values.speed) : scenario.speed
    if (!(speed > 0)) return say(`--speed ${values.speed} is not a number above 0`, 2)
    rows.push(await lived(name, { ...scenario, speed }, Number(values.nodes), values.seed))
  }
  say(`\n${tableOf(rows)}`, 0)
  return rows.some(({ faults }) => faults.length > 0) ? 1 : 0
}

async function lived(name: ScenarioName, scenario: Scenario, nodeCount: number, seed: string): Promise<Row> {
  const { runners, cyclists, guests, speed } = scenario
  const nodes = `${nodeCount} node${nodeCount > 1 ? 's' : ''}`
  say(`\n${name}: ${runners} runners, ${cyclists} cyclists, ${guests} guests, ${speed} x, seed ${seed}, ${nodes}`, 0)
  const own = await startOwnNodes(speed, nodeCount)
  const faultsBefore = serverFaultCount()
  try {
    const startedMs = performance.now()
    const cast = await castRun({ urls: own.urls, scenario, random: seededRandom(`${seed}/${name}`) })
    const story = followStory(cast.leaderPhone)
    await liveThrough(cast, progressLine())
    const { text, run, isFlawless } = await summaryOf(cast, own.urls[0] ?? '', performance.now() - startedMs)
    const verdict = verdictOf({ run, planted: cast.stage.planted, story })
    await cast.close()
    const faults = [...(isFlawless ? [] : ['something was lost, doubled or left open']), ...faultsOf(verdict, scenario)]
    say(`${text}\n${tellVerdict(verdict, run)}`, 0)
    const serverFaults = serverFaultCount() - faultsBefore
    if (serverFaults > 0) faults.push(`${serverFaults} faults logged by the servers`)
    for (const fault of faults) say(`MISSED BAR: ${fault}`, 0)
    return { name, verdict, faults }
  } finally {
    await own.close()
  }
}

endWith(main())
