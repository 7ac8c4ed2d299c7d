/**
 * `npm run bench -- one-run [--members N,N,...] [--seconds T] [--profile FOLDER] [--json FILE]`: one run of thousands in groups of a
 * hundred, and its leaders, who see everybody by turns. What each audience is shown, and what it costs.
 */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './built.ts'
import { figuresOf } from './figures.ts'
import type { Measured } from './load.ts'
import { measure } from './measure.ts'
import { selfTimes } from './profile.ts'
import { say, tellAll, textTable } from './report.ts'

const SYSTEM = 'serik-one-run'
const WARM_UP_MS = 20_000
const KB = 1_000

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '1000,6000' },
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string' },
    json: { type: 'string' },
  },
})

function rowsOf(members: number, measured: Measured): string[][] {
  const figures = figuresOf([measured], [], { runs: 1, members }, true)
  const core = [figures.serverBusy.median, figures.generatorBusy.most].map((share) => (100 * share).toFixed(0))
  return measured.audiences.map(({ name, people, traffic, ...counted }) => [
    `${members} members`,
    `${people} ${name}`,
    String(counted.viewsInWindow),
    (counted.viewsInWindow / people / measured.windowS).toFixed(0),
    `${counted.ageP50Ms}/${counted.ageP99Ms}`,
    String(counted.expected - counted.delivered - counted.skipped),
    (traffic.receivedBytes / people / measured.windowS / KB).toFixed(2),
    ...core,
    figures.kbPerMember.toFixed(0),
    (measured.joiningMs / 1_000).toFixed(1),
  ])
}

build()
const rows: string[][] = []
const all: Record<string, Measured> = {}
let profiles = ''
for (const members of values.members.split(',').map(Number)) {
  const profileFolder = values.profile && resolve(values.profile, String(members))
  if (profileFolder) mkdirSync(profileFolder, { recursive: true })
  const measured = await measure(SYSTEM, {
    shape: { runs: 1, members },
    warmUpMs: WARM_UP_MS,
    windowMs: Number(values.seconds) * 1_000,
    seed: values.seed,
    ...(profileFolder && { profileFolder }),
  })
  say(`${members} members: measured`)
  all[members] = measured
  rows.push(...rowsOf(members, measured))
  if (profileFolder) profiles += `\n${members} members\n${selfTimes(profileFolder)}`
}

const titles = ['one run of', 'audience', 'views', 'views/s each', 'age p50/p99 ms', 'lost', 'KB/s a phone']
const rest = ['core %', 'generator %', 'KB/member', 'connected in s']
const text = `${textTable([[...titles, ...rest], ...rows])}
Views: new positions shown. Leaders are told of each member once in six ticks; ages are of the positions they are told.
${profiles}`
tellAll(`One run, ${values.seconds} s`, text, { measured: all }, values.json)
