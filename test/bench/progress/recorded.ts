/**
 * `tsx test/bench/progress/recorded.ts [FOLDER] [--only NAME] [--episodes]`: recorded people, of whom nobody knows the truth. Says how
 * often the filter agrees with the smoother (which may be wrong as well), where not, and when it said "off the route".
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { noProgress, progressAfter, progressAt } from '../../../shared/geo/progress/filter.ts'
import { type Progress, RIGHT_WITHIN_M } from '../../../shared/geo/progress/progress.ts'
import { routeMap } from '../../../shared/geo/progress/route-map.ts'
import { nearestOnLine } from '../../../shared/geo/route.ts'
import { type RecordedCase, recordedCases } from './recorded-cases.ts'
import type { Moment } from './recording.ts'
import { smoothedOf } from './smoother.ts'

const SECOND_MS = 1_000
const TICK_S = 5
const OFF_M = 40
const SURE = 0.9
/** Faster than this share of the usual pace, and farther than this, is a jump. */
const JUMP_PACES = 3
const JUMP_M = 60

type Said = {
  readonly moment: Moment
  readonly smoothM: number | null
  readonly ceilingM: number | null
  readonly now: Progress | undefined
}
type Episode = { readonly fromS: number; readonly untilS: number; readonly said: readonly Said[] }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, episodes: { type: 'boolean', default: false } },
})
const folder = positionals[0] ?? fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
if (!existsSync(folder)) {
  console.log('skipped: the recordings are not beside the repository')
  process.exit()
}

/** Every so many seconds a fix; a gap after each six or so gap lengths, asked about in between. */
function momentsOf({ line, fixes }: RecordedCase, everyS: number, gapS: number): Moment[] {
  const startMs = fixes[0]?.takenAtMs ?? 0
  const moments: Moment[] = []
  for (const fix of fixes) {
    const tS = (fix.takenAtMs - startMs) / SECOND_MS
    const isGap = gapS > 0 && tS % (6 * gapS) >= 5 * gapS
    if (tS < (moments.at(-1)?.truth.tS ?? Number.NEGATIVE_INFINITY) + (isGap ? TICK_S : everyS)) continue
    const awayM = nearestOnLine(line, fix).distanceM
    moments.push({ truth: { tS, place: fix, atM: null, awayM }, fix: isGap ? null : fix })
  }
  return moments
}

/** The smoother is given the fixes of the gaps as well: nobody can be nearer to the truth. `ceilingM` is what it says without them. */
function heard({ line, fixes }: RecordedCase, moments: readonly Moment[]): Said[] {
  const map = routeMap(line)
  const startMs = fixes[0]?.takenAtMs ?? 0
  const atMsOf = ({ truth }: Moment) => startMs + truth.tS * SECOND_MS
  const withoutGaps = moments.map((moment) => ({
    ...moment,
    fix: { ...moment.truth.place, takenAtMs: atMsOf(moment) },
  }))
  const smooth = smoothedOf(line, withoutGaps)
  const ceiling = moments.every(({ fix }) => fix) ? smooth : smoothedOf(line, moments)
  let state = noProgress
  return moments.map((moment, index) => {
    if (moment.fix) state = progressAfter(map, state, moment.fix)
    const now = progressAt(map, state, atMsOf(moment))
    return { moment, smoothM: smooth[index] ?? null, ceilingM: ceiling[index] ?? null, now }
  })
}

function report(recorded: RecordedCase, everyS: number, gapS: number): void {
  const said = heard(recorded, momentsOf(recorded, everyS, gapS))
  const onRoute = said.filter(({ moment }) => moment.truth.awayM <= OFF_M)
  const [atFixes, inGaps] = [onRoute.filter(({ moment }) => moment.fix), onRoute.filter(({ moment }) => !moment.fix)]
  const sureAndApart = onRoute.filter((each) => !agrees(each) && (each.now?.confidence ?? 0) > SURE)
  const apart = onRoute.filter((each) => !agrees(each))
  const mean = (of: readonly Said[]) =>
    of.length === 0 ? '-' : pct(of.reduce((sum, { now }) => sum + (now?.confidence ?? 0), 0) / of.length)
  // Without gaps the smoother would be compared with itself.
  const ceilingAt = (of: readonly Said[]) => (gapS > 0 ? share(of, ceilingOf) : '-')
  const jumps = said.flatMap((each, index) => (isJump(said[index - 1], each) ? [each] : []))
  console.log(
    `  each ${everyS} s, gaps ${gapS} s: agree ${share(atFixes)} / ${share(inGaps)} in gaps, said ${mean(atFixes)} / ${mean(inGaps)},`,
    `smoother without them ${ceilingAt(atFixes)} / ${ceilingAt(inGaps)}; sure and apart ${sureAndApart.length} of ${apart.length}; jumps ${jumps.length}`,
  )
  if (!values.episodes) return
  for (const episode of episodesOf(said, (each) => !agrees(each))) print('apart', episode, said)
  for (const jump of jumps)
    print('jump', { fromS: jump.moment.truth.tS, untilS: jump.moment.truth.tS, said: [jump] }, said)
  if (gapS > 0) return
  for (const episode of episodesOf(said, ({ moment }) => moment.truth.awayM > OFF_M))
    print('beyond 40 m', episode, said)
  for (const episode of episodesOf(said, ({ now }) => now?.isOffRoute === true)) print('said off', episode, said)
  for (const episode of episodesOf(said, ({ now }) => now?.isWrongWay === true)) print('said wrong way', episode, said)
}

const told = ({ now }: Said): number => now?.atM ?? Number.NaN
const ceilingOf = ({ ceilingM }: Said): number => ceilingM ?? Number.NaN

const agrees = (said: Said, atM = told): boolean =>
  said.smoothM !== null && Math.abs(said.smoothM - atM(said)) <= RIGHT_WITHIN_M

const pct = (share: number): string => `${(100 * share).toFixed(2)} %`

const share = (said: readonly Said[], atM = told): string =>
  said.length === 0 ? '-' : pct(said.filter((each) => agrees(each, atM)).length / said.length)

function isJump(before: Said | undefined, after: Said): boolean {
  if (!before?.now || !after.now) return false
  const movedM = Math.abs(after.now.atM - before.now.atM)
  return movedM > JUMP_M + JUMP_PACES * after.now.forecastMps * (after.moment.truth.tS - before.moment.truth.tS)
}

function episodesOf(said: readonly Said[], isOf: (each: Said) => boolean): Episode[] {
  const episodes: Said[][] = []
  for (const [index, each] of said.entries()) {
    if (!isOf(each)) continue
    const before = said[index - 1]
    if (before && isOf(before)) episodes.at(-1)?.push(each)
    else episodes.push([each])
  }
  return episodes.map((of) => ({
    fromS: of[0]?.moment.truth.tS ?? 0,
    untilS: of.at(-1)?.moment.truth.tS ?? 0,
    said: of,
  }))
}

/** The episode's worst moment, with what was believed. */
function print(what: string, { fromS, untilS, said }: Episode, all: readonly Said[]): void {
  const apartM = ({ smoothM, now }: Said) => Math.abs((smoothM ?? 0) - (now?.atM ?? 0))
  const worst = said.reduce((a, b) => (apartM(b) > apartM(a) ? b : a))
  const farM = Math.max(...said.map(({ moment }) => moment.truth.awayM))
  const { smoothM, now, moment } = worst
  const rival = now?.rival ? ` or ${now.rival.atM.toFixed(0)} (${now.rival.share.toFixed(2)})` : ''
  const before = all[all.indexOf(said[0] as Said) - 1]?.now?.atM.toFixed(0)
  console.log(
    `    ${what} ${fromS} to ${untilS} s${said.some((each) => each.moment.fix) ? '' : ' in a gap'}, up to ${farM.toFixed(0)} m away;`,
    `worst at ${moment.truth.tS} s: smooth ${smoothM?.toFixed(0)}, said ${now?.atM.toFixed(0)}${rival} (${now?.confidence.toFixed(2)}),`,
    `${now?.speedMps.toFixed(1)} m/s${now?.isOffRoute ? ', off' : ''}${now?.isStopped ? ', stopped' : ''}; ${before} before`,
  )
}

for (const each of await recordedCases((name) => join(folder, name)))
  if (each.name.includes(values.only)) {
    console.log(`\n${each.name}: ${(each.line.lengthM / 1_000).toFixed(1)} km of route, ${each.fixes.length} fixes`)
    for (const everyS of [1, 5, 15]) for (const gapS of [0, 30, 120]) report(each, everyS, gapS)
  }
