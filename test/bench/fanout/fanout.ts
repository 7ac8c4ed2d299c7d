/**
 * `npm run bench -- fanout [--peers all] [--systems NAME,...] [--runs R --members P --seconds T --rounds N] [--profile FOLDER] [--json FILE]`: what it
 * costs a server to show everybody in a run where the others are. docs/PERFORMANCE.md says what came out.
 */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './built.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Measured } from './load.ts'
import { measure } from './measure.ts'
import { installPeers } from './peers.ts'
import { selfTimes } from './profile.ts'
import { say, tellAll } from './report.ts'
import { ownNames, peerNames, systemNamed } from './systems.ts'
import { legend, sharesOf, tableOf } from './table.ts'

/** The engine goes on compiling what is hot for as long as that, and servers run for hours. */
const WARM_UP_MS = 25_000
const SECOND_MS = 1_000

const { values } = parseArgs({
  options: {
    /** All, or names of them. */
    peers: { type: 'string' },
    /** Exactly these, instead. */
    systems: { type: 'string' },
    runs: { type: 'string', default: '200' },
    members: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    /** Of the Node servers, and a table of it. Profiling costs time itself. */
    profile: { type: 'string' },
    json: { type: 'string' },
  },
})

const listed = (names: string | undefined): string[] => (names === undefined ? [] : names.split(','))
const peers = values.peers === 'all' ? peerNames : listed(values.peers)
const wanted = values.systems === undefined ? [...ownNames, ...peers] : listed(values.systems)
const shape = { runs: Number(values.runs), members: Number(values.members) }
const windowMs = Number(values.seconds) * SECOND_MS
const rounds = Number(values.rounds)

if (wanted.some((name) => (peerNames as readonly string[]).includes(name))) installPeers()
build()
const names: string[] = []
const skipped: Record<string, string> = {}
for (const name of wanted) {
  const reason = (await systemNamed(name)).missing?.()
  if (reason === undefined) names.push(name)
  else skipped[name] = reason
}
for (const [name, reason] of Object.entries(skipped)) say(`${name} is left out: ${reason}`)

// Interleaved, so that whatever the machine does meanwhile meets all alike.
const measured: Record<string, Measured[]> = Object.fromEntries(names.map((name) => [name, []]))
for (let round = 1; round <= rounds; round++)
  for (const name of names) {
    const profileFolder = values.profile && resolve(values.profile, name)
    if (profileFolder) mkdirSync(profileFolder, { recursive: true })
    const seed = `${values.seed}/${round}`
    const load = { shape, warmUpMs: WARM_UP_MS, windowMs, seed, ...(profileFolder && { profileFolder }) }
    try {
      const one = await measure(name, load)
      measured[name]?.push(one)
      say(`round ${round} of ${rounds}, ${name}: ${one.delivered} of ${one.expected} views, age p99 ${one.ageP99Ms} ms`)
    } catch (fault) {
      say(`round ${round} of ${rounds}, ${name} failed: ${fault instanceof Error ? fault.message : String(fault)}`)
    }
  }

const figures: Record<string, Figures> = {}
const abouts: Record<string, string> = {}
for (const [name, each] of Object.entries(measured)) {
  const { isNewestWins, about } = await systemNamed(name)
  abouts[name] = about
  if (each.length > 0) figures[name] = figuresOf(each, measured.floor ?? [], shape, isNewestWins)
}
let text = `${tableOf(figures)}\n${legend}\n`
for (const [name, about] of Object.entries(abouts)) {
  const one = figures[name]
  text += `${name}: ${about}${one && Object.keys(one.shares).length > 1 ? ` (${sharesOf(one)})` : ''}\n`
}
if (values.profile !== undefined)
  for (const name of names) text += `\n${name}\n${selfTimes(resolve(values.profile, name))}`
tellAll(
  `${shape.runs} runs of ${shape.members}, ${values.seconds} s, ${rounds} rounds`,
  text,
  { shape, windowMs, rounds, figures, skipped, measured },
  values.json,
)
