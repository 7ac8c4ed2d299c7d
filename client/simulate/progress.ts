/**
 * `npm run --silent progress -- ROUTE < fixes.jsonl`: where a runner is along a route, a line out for each line in, at once.
 *
 * In: `{"t":seconds,"lat":..,"lon":..,"acc":metres}`, `acc` may be absent, or `{"t":seconds,"tick":true}` to ask where the runner is
 * now. Out: `{"t":..,"s":metres or null,"off":..,"v":metres a second,"conf":0..1}`. A line that cannot be read changes nothing and is
 * answered as if nobody were known, with the reason as `error`. Blank lines are passed over.
 */
import { createInterface } from 'node:readline'
import { z } from 'zod/mini'
import { latitudeDegSchema, longitudeDegSchema } from '../../shared/geo/fix.ts'
import { noProgress, type ProgressState, progressAfter, progressAt } from '../../shared/geo/progress/filter.ts'
import { routeMap } from '../../shared/geo/progress/route-map.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { readRouteArgument } from './route-argument.ts'

const tickSchema = z.object({ t: z.number(), tick: z.literal(true) })
const fixSchema = z.object({
  t: z.number(),
  lat: latitudeDegSchema,
  lon: longitudeDegSchema,
  /** Absent, null and below 0 are what apps send when they do not know. */
  acc: z.nullish(z.number()),
})

const [path, ...more] = process.argv.slice(2)
if (path === undefined || more.length > 0) refuse('usage: npm run --silent progress -- ROUTE < fixes.jsonl')
const line = await readRouteArgument(path).catch((fault: unknown) => refuse((fault as Error).message))
const map = routeMap(line)
let state: ProgressState = noProgress
let lineNo = 0

for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  lineNo++
  if (text.trim() === '') continue
  process.stdout.write(`${JSON.stringify(answerTo(text))}\n`)
}

function answerTo(text: string): object {
  let t: number
  try {
    // NaN is what some programs write for "unknown", and no JSON.
    t = take(JSON.parse(text.replace(/^\uFEFF/, '').replace(/:\s*NaN\b/g, ':null')))
  } catch (fault) {
    process.exitCode = 1
    return { t: null, s: null, off: false, v: 0, conf: 0, error: `line ${lineNo}: ${reasonOf(fault)}` }
  }
  const now = progressAt(map, state, t * SECOND_MS)
  if (!now) return { t, s: null, off: false, v: 0, conf: 0 }
  const { atM, isOffRoute, speedMps, confidence } = now
  return { t, s: rounded(atM, 1), off: isOffRoute, v: rounded(speedMps, 2), conf: rounded(confidence, 3) }
}

/** The moment a line speaks of. */
function take(wire: unknown): number {
  if (typeof wire === 'object' && wire !== null && 'tick' in wire) return tickSchema.parse(wire).t
  const { t, lat, lon, acc } = fixSchema.parse(wire)
  const accuracyM = acc !== null && acc !== undefined && acc > 0 ? { accuracyM: acc } : {}
  state = progressAfter(map, state, { takenAtMs: t * SECOND_MS, latitudeDeg: lat, longitudeDeg: lon, ...accuracyM })
  return t
}

function reasonOf(fault: unknown): string {
  if (!(fault instanceof z.core.$ZodError)) return 'not JSON'
  return fault.issues.map(({ path: at, message }) => `${at.join('.') || 'the line'}: ${message}`).join('; ')
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(2)
}
