/**
 * Simulates many seeds over a few worker processes, or one with its trace:
 *
 *   npx tsx test/simulation/simulate-seeds.ts --seeds 1..10000 --workers 2
 *   npx tsx test/simulation/simulate-seeds.ts --seed 45 --trace
 */
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { plantedBugs } from './planted-bugs.ts'
import { type Simulated, simulate } from './simulate.ts'

const EVIDENCE_LINES = 60
const FAILURES_SHOWN = 20

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1..1000' },
    seconds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '2' },
    trace: { type: 'boolean', default: false },
    /** Prints a digest of all that happened in each seed. */
    digest: { type: 'boolean', default: false },
    /** The name of a planted bug. */
    bug: { type: 'string' },
    /** Of this many processes, and which of them. */
    part: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const workers = Number(values.workers)
const [from = 1, to = 1] = (values.seed ?? values.seeds).split('..').map(Number)
const planted = plantedBugs.find(({ name }) => name === values.bug)
if (values.bug && !planted) throw new Error(`no such bug; there are ${plantedBugs.map(({ name }) => name).join(', ')}`)

export type Failure = { readonly seed: number; readonly texts: readonly string[] }
type Part = { readonly count: number; readonly virtualMs: number; readonly failures: readonly Failure[] }

if (values.seed !== undefined) await showOne(Number(values.seed))
else if (values.digest) await printDigests()
else if (values.part !== undefined) await simulatePart(values.part)
else await simulateAll()

async function showOne(seed: number): Promise<void> {
  const { trace, problems } = await simulate({ seed, seconds, isTraced: true, bug: planted?.bug })
  const lines = trace?.lines ?? []
  const texts = textsOf(problems)
  for (const line of values.trace ? lines : evidence(lines, texts)) console.log(line)
  for (const text of texts) console.log(text)
  process.exitCode = problems.length > 0 ? 1 : 0
}

/** The faults, and what happened to the ids and places that the problems name. */
function evidence(lines: readonly string[], texts: readonly string[]): string[] {
  const named = new Set(texts.flatMap((text) => text.match(/\b[a-z]{3}_[a-z0-9]{12,}|\b\d\d\.\d{3,}/g) ?? []))
  const about = lines.filter((line) => line.includes(' # ') || [...named].some((name) => line.includes(name)))
  return texts.length === 0 ? [] : about.slice(0, EVIDENCE_LINES)
}

async function printDigests(): Promise<void> {
  for (let seed = from; seed <= to; seed++) {
    const { trace } = await simulate({ seed, seconds, isTraced: true })
    const digest = createHash('sha256')
      .update((trace?.lines ?? []).join('\n'))
      .digest('hex')
    console.log(`${seed} ${digest}`)
  }
}

/** What a worker does: every so-many-th seed. */
async function simulatePart(part: string): Promise<void> {
  const [first = 0, step = 1] = part.split('/').map(Number)
  const failures: Failure[] = []
  let count = 0
  let virtualMs = 0
  for (let seed = from + first; seed <= to; seed += step) {
    const simulated = await simulate({ seed, seconds, bug: planted?.bug })
    count++
    virtualMs += simulated.virtualMs
    if (simulated.problems.length > 0) failures.push({ seed, texts: textsOf(simulated.problems) })
  }
  process.send?.({ count, virtualMs, failures } satisfies Part)
  process.disconnect?.()
}

async function simulateAll(): Promise<void> {
  const beganAtMs = performance.now()
  const parts = await Promise.all(Array.from({ length: workers }, (_, i) => worker(i)))
  const seedsCount = sumOf(parts.map(({ count }) => count))
  const wallS = (performance.now() - beganAtMs) / 1_000
  const virtualS = sumOf(parts.map(({ virtualMs }) => virtualMs)) / 1_000
  console.log(
    `${seedsCount} seeds, ${Math.round(virtualS)} virtual seconds (${(virtualS / seedsCount).toFixed(1)} each), in ${wallS.toFixed(1)} s: ${(seedsCount / wallS).toFixed(1)} seeds/s`,
  )
  const failures = parts.flatMap((part) => part.failures).sort((a, b) => a.seed - b.seed)
  for (const { seed, texts } of failures.slice(0, FAILURES_SHOWN)) {
    console.log(`seed ${seed} failed; npx tsx test/simulation/simulate-seeds.ts --seed ${seed} --trace`)
    for (const text of texts) console.log(`  ${text}`)
  }
  if (failures.length > 0) {
    console.log(`${failures.length} seeds failed: ${failures.map(({ seed }) => seed).join(' ')}`)
    await showOne((failures[0] as Failure).seed)
  }
}

function worker(no: number): Promise<Part> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [...process.argv.slice(2), '--part', `${no}/${workers}`], {
      execArgv: [...process.execArgv, '--max-semi-space-size=64'], // a world is short: collect its remains seldom
    })
    let part: Part | undefined
    child.on('message', (said) => {
      part = said as Part
    })
    child.on('exit', (code) => (part ? resolve(part) : reject(new Error(`a worker ended with ${code}`))))
  })
}

function textsOf(problems: Simulated['problems']): string[] {
  return [...new Set(problems.map(({ check, text }) => `${check}: ${text}`))].slice(0, 8)
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0)
}
