/**
 * `npm run bench -- app [--only NAME,NAME] [--rounds 5] [--seconds 60] [--members 6000] [--json FILE]`: what the page costs a phone.
 * Debian's Chromium, 390 x 844; four times slower and on slow 4G where that is said.
 */

import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { freePort } from '../../faults/free-port.ts'
import { startRedis } from '../../support/redis-processes.ts'
import { say, tellAll, textTable } from '../fanout/report.ts'
import { type Ninety, ninety, overview } from './crowds.ts'
import { buildAll, type Closing, median, ownTiles, startBrowser, startMapBrowser, startServer } from './house.ts'
import { begins, joined, planned, shares } from './people.ts'
import { type Scores, scoresOf, seatHere } from './scores.ts'
import { scriptsKb } from './sizes.ts'
import { taps } from './tap.ts'
import { joinVisit, offlineVisits, seatVisit } from './visits.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'sizes,visits,offline,scores,tap,ninety,overview' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '60' },
    members: { type: 'string', default: '6000' },
    json: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const wanted = new Set(values.only.split(','))
const rows: string[][] = []
const figures: Record<string, unknown> = {}
const row = (name: string, seen: string, must: string) => {
  rows.push([name, seen, must])
  say(`${name}: ${seen} (must ${must})`)
}

async function times<Value>(work: () => Promise<Value>): Promise<Value[]> {
  const all: Value[] = []
  for (let round = 0; round < rounds; round++) all.push(await work())
  return all
}

const spread = (all: readonly number[], digits = 0): string =>
  `${median(all).toFixed(digits)} (${Math.min(...all).toFixed(digits)}-${Math.max(...all).toFixed(digits)})`

const measures: Readonly<Record<string, (closing: Closing) => Promise<unknown>>> = {
  async sizes() {
    const [join, runner, russian, map] = [
      scriptsKb('app', 'screens/english/first.ts'),
      scriptsKb('app', 'run', 'screens/english/first.ts'),
      scriptsKb('app', 'run', 'screens/russian/first.ts'),
      scriptsKb('app', 'run', 'screens/english/texts.ts', 'where', 'screens/map/tiles.tsx'),
    ]
    row('JavaScript before the buttons work, kB gz: an invite', join.toFixed(1), '60')
    row('a runner; in Russian', `${runner.toFixed(1)}; ${russian.toFixed(1)}`, '60')
    row('with the map', map.toFixed(0), '360')
    return { join, runner, russian, map }
  },
  async visits(closing) {
    const url = await startServer(closing)
    const browser = await startBrowser(closing)
    const join = await times(() => joinVisit(browser, url))
    const seat = await times(() => seatVisit(browser, url))
    const ms = (visits: typeof join) => spread(visits)
    row('link tapped, buttons usable, first visit, ms', ms(join), '2500')
    row('a runner moved to a new phone: water usable, ms', ms(seat), '-')
    return { join, seat }
  },
  async offline(closing) {
    const url = await startServer(closing)
    const browser = await startBrowser(closing)
    const all = await times(() => offlineVisits(browser, url))
    row('from the home screen, offline, 4x slower, ms', spread(all.map(({ startMs }) => startMs)), '1000')
    row('the run, offline, 4x slower, ms', spread(all.map(({ runMs }) => runMs)), '1000')
    return all
  },
  async scores(closing) {
    const url = await startServer(closing, ownTiles(closing))
    const port = await freePort()
    await startMapBrowser(closing, `--remote-debugging-port=${port}`)
    const attached = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    closing.push(() => attached.close())
    const { seat, invites } = await planned(url)
    await begins(url, seat)
    const runner = await joined(url, invites.runner, 'Aidar')
    await shares(url, runner.seat)
    for (const name of ['Madina', 'Erlan']) await shares(url, (await joined(url, invites.runner, name)).seat)
    // A browser has one seat in a run: the last that was used.
    const other = await planned(url)
    await begins(url, other.seat)
    const watcher = await joined(url, other.invites.watcher, 'Mother')
    const pages = [
      ['start', `${url}/`],
      ['join', `${url}/j#${invites.runner}`],
      ['runner', await seatHere(attached, url, runner.seat)],
      ['watcher, map', await seatHere(attached, url, watcher.seat)],
    ] as const
    const all: Scores[] = []
    for (const [name, address] of pages) {
      const turns: Scores[] = []
      for (let round = 0; round < rounds; round++) turns.push(await scoresOf(port, name, address))
      const of = (id: string) => median(turns.map(({ scores }) => scores[id] ?? 0))
      row(
        `Lighthouse, ${name}: performance / accessibility / best practices`,
        `${of('performance')} / ${of('accessibility')} / ${of('best-practices')}`,
        '95 / 100 / 100',
      )
      const [first] = turns
      if (first) say(`  ${first.metrics.join(', ')}; ${first.faults.join(', ') || 'no faults'}`)
      all.push(...turns)
    }
    return all
  },
  async tap(closing) {
    const redis = await startRedis()
    closing.push(() => redis.close())
    const onRedis = { REDIS_URL: `redis://127.0.0.1:${redis.port}` }
    const [here, there] = [await startServer(closing, onRedis), await startServer(closing, onRedis)]
    const { shownMs, seenMs } = await taps(await startBrowser(closing), here, there)
    row('tap on water, shown as on its way, ms', spread(shownMs), '100')
    row('tap on water, seen by the cyclist on another node, ms', spread(seenMs), '1000')
    return { shownMs, seenMs }
  },
  async ninety(closing) {
    const often = { FRAME_EVERY_MS: '1000', FIX_EVERY_MS: '1000', TRUST_PROXY: '1' }
    const all: Ninety[] = []
    for (const [ground, settings] of [
      ['plan', {}],
      ['map', ownTiles(closing)],
    ] as const) {
      const url = await startServer(closing, { ...often, ...settings })
      const seen = await ninety(await startMapBrowser(closing), url, Number(values.seconds))
      row(
        `90 people, a frame a second, 4x slower, ${ground}: tasks over 50 ms in ${values.seconds} s`,
        `${seen.longMs.length} of ${seen.tasks}, longest ${seen.longestMs.toFixed(0)} ms; with MapLibre's ${seen.longWithMapMs.length}`,
        '0',
      )
      all.push(seen)
    }
    return all
  },
  async overview(closing) {
    const url = await startServer(closing, { FRAME_EVERY_MS: '1000', TRUST_PROXY: '1', ...ownTiles(closing) })
    const seen = await overview(await startMapBrowser(closing), url, Number(values.members), 20)
    row(`${values.members} members, a leader: memory, MB`, seen.heapMb.toFixed(0), '150')
    const shares = (sorted: readonly number[]) =>
      [0.5, 0.99, 1].map((share) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1)).join(' / ')
    row(`${values.members} members: taking a frame, ms p50 / p99 / longest`, shares(seen.framesMs), '16')
    row(`${values.members} members: all our tasks, ms p50 / p99 / longest`, shares(seen.tasksMs), '-')
    return seen
  },
}

buildAll()
for (const [name, measure] of Object.entries(measures)) {
  if (!wanted.has(name)) continue
  const closing: Closing = []
  try {
    figures[name] = await measure(closing)
  } finally {
    for (const close of closing.reverse()) await close()
  }
}
tellAll('The page on a phone', textTable([['', 'seen', 'must'], ...rows]), figures, values.json)
process.exit(0)
