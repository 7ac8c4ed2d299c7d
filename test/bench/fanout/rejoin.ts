/**
 * `npm run bench -- rejoin [--runs R --members P --rounds N] [--profile FOLDER] [--json FILE]`: everybody comes back at once, each with a
 * seat and 200 events to catch up: how long until all have all of it.
 */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './built.ts'
import { measuredBy } from './measure.ts'
import { selfTimes } from './profile.ts'
import type { Rejoined } from './rejoin-load.ts'
import { say, tellAll, textTable } from './report.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    members: { type: 'string', default: '25' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'string' },
    json: { type: 'string' },
  },
})

const shape = { runs: Number(values.runs), members: Number(values.members) }
const people = shape.runs * shape.members
const profileFolder = values.profile && resolve(values.profile)
if (profileFolder) mkdirSync(profileFolder, { recursive: true })
build()
const measured: Rejoined[] = []
for (let round = 1; round <= Number(values.rounds); round++) {
  const load = { shape, warmUpMs: 0, windowMs: 0, seed: '1', ...(profileFolder && { profileFolder }) }
  measured.push(await measuredBy('rejoin-process', 'serik-all', load))
  say(`round ${round} of ${values.rounds}: measured`)
}

const seconds = (ms: number) => (ms / 1_000).toFixed(2)
const rows = measured.map(({ welcomedMs, syncedMs, events, snapshots, receivedBytes, cpu, generatorBusy }, round) => [
  `round ${round + 1}`,
  ...[welcomedMs.p50, welcomedMs.last, syncedMs.p50, syncedMs.p99, syncedMs.last].map(seconds),
  String(events),
  String(snapshots),
  (receivedBytes / people / 1_000).toFixed(1),
  cpu.reduce((sum, { userS, systemS }) => sum + userS + systemS, 0).toFixed(2),
  (100 * generatorBusy).toFixed(0),
])
const titles = ['', 'welcomed p50 s', 'last s', 'synced p50 s', 'p99 s', 'last s']
const rest = ['events', 'by snapshot', 'kB each', 'server CPU-s', 'generator %']
tellAll(
  `${shape.runs} runs of ${shape.members} rejoin`,
  textTable([[...titles, ...rest], ...rows]) + (profileFolder ? `\n${selfTimes(profileFolder)}` : ''),
  { shape, measured },
  values.json,
)
