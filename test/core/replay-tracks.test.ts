import { expect, test } from 'vitest'
import { firstGpsError, nextGpsError, openSky } from '../../client/simulate/gps-noise.ts'
import { seededRandom } from '../../client/simulate/random.ts'
import { seenWhen } from '../../server/core/seen-when.ts'
import { distanceM, movedPlace, placeBetween } from '../../shared/geo/distance.ts'
import { replayLine, trackOfLine } from '../../shared/replay/replay-line.ts'
import { GRID_PER_DEG, type Moment, stretchesOf, TICK_MS, thinned } from '../../shared/replay/thinned.ts'
import type { MemberId } from '../../shared/units.ts'
import { at, factsOf, type Past, runOf } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, START_MS } from '../support/people.ts'

const SEED = 'replay-tracks'
const MINUTES = 60_000

/** Two hours of somebody who runs, turns now and then, and stands at times, with the noise of a phone. */
function wanderer(no: number): Moment[] {
  const random = seededRandom(SEED).fork(no)
  let place = { latitudeDeg: 51.128, longitudeDeg: 71.4304 }
  let error = firstGpsError(openSky, random)
  let [courseRad, speedMps] = [0, 3]
  return Array.from({ length: 1_400 }, (_, i) => {
    if (random.next() < 0.02) courseRad += random.between(-2, 2)
    if (random.next() < 0.01) speedMps = random.pick([0, 2.5, 3, 8])
    place = movedPlace(place, Math.sin(courseRad) * speedMps * 5, Math.cos(courseRad) * speedMps * 5)
    error = nextGpsError(error, 5, openSky, random)
    return {
      ...movedPlace(place, error.eastM, error.northM),
      takenAtMs: START_MS + i * 5_000 + Math.floor(random.between(0, 900)),
    }
  })
}

function drawnAt(kept: readonly Moment[], atMs: number): { latitudeDeg: number; longitudeDeg: number } {
  const next = kept.findIndex(({ takenAtMs }) => takenAtMs >= atMs)
  const [a, b] = [kept[Math.max(0, next - 1)] as Moment, kept[next < 0 ? kept.length - 1 : next] as Moment]
  const share = b.takenAtMs > a.takenAtMs ? (atMs - a.takenAtMs) / (b.takenAtMs - a.takenAtMs) : 0
  return placeBetween(a, b, share)
}

test('[AF1] a thinned track draws everybody within ten metres of every fix, with few of them', () => {
  for (const no of [1, 2, 3]) {
    const fixes = wanderer(no)
    const kept = thinned(fixes, 10)
    const worstM = Math.max(...fixes.slice(1, -1).map((fix) => distanceM(fix, drawnAt(kept, fix.takenAtMs))))
    expect(worstM, `seed ${SEED}, ${no}`).toBeLessThan(10.01)
    expect(kept.length, `seed ${SEED}, ${no}`).toBeLessThan(fixes.length / 4)
    expect(distanceM(kept[0] as Moment, fixes[0] as Moment)).toBeLessThan(1.2)
  }
})

test('[AF1] a minute without a fix is a gap, and order and repeats do not matter', () => {
  const fixes = wanderer(4)
  const gappy = [...fixes.slice(0, 100), ...fixes.slice(113)]
  const stretches = stretchesOf([...gappy, ...fixes.slice(0, 50)].reverse())
  expect(stretches.map((stretch) => stretch.length)).toEqual([100, 1_287])
  expect(stretches.flat()).toEqual(gappy)
})

test('[AF1] a line of a replay reads back as it was written', () => {
  const moments = thinned(wanderer(5), 10)
  const line = JSON.parse(JSON.stringify(replayLine(7, [{ isJoined: false, moments }], START_MS)))
  const track = trackOfLine(line)
  const [stretch] = track.stretches
  expect(track.memberNo).toBe(7)
  expect(
    [...(stretch?.ticks ?? [])].map((tick, i) => ({
      latitudeDeg: (stretch?.north[i] ?? 0) / GRID_PER_DEG,
      longitudeDeg: (stretch?.east[i] ?? 0) / GRID_PER_DEG,
      takenAtMs: START_MS + tick * TICK_MS,
    })),
  ).toEqual(moments)
})

const later = (minutes: number) => START_MS + minutes * MINUTES
const seen = (viewerId: MemberId, ...history: Past[]) => {
  const run = runOf(...history)
  const viewer = run.members.get(viewerId)
  if (!viewer) throw new Error('nobody')
  return Object.fromEntries(
    [...seenWhen(run, factsOf(history), viewer)].map(([memberId, spans]) => [
      memberId,
      spans.map(({ fromMs, toMs }) => [(fromMs - START_MS) / MINUTES, (toMs - START_MS) / MINUTES]),
    ]),
  )
}
const EVER = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]]
const SINCE_START = [[0, Number.POSITIVE_INFINITY]]

test('[AF2] who leads sees all of everybody, and who came late sees nothing from before', () => {
  const asel = p.person('asel')
  const history = [
    ...p.underWay,
    at(later(30), p.joined(asel, 'watcher', 9)),
    at(later(40), p.joined(p.person('bek'), 'runner', 10)),
  ]
  expect(seen(lena, ...history)).toMatchObject({ [aidar]: EVER, [dana]: EVER, [asel]: EVER })
  expect(seen(asel, ...history)).toMatchObject({
    [aidar]: [[30, Number.POSITIVE_INFINITY]],
    [p.person('bek')]: [[40, Number.POSITIVE_INFINITY]],
  })
})

test('[AF2] of another group a runner sees nothing, and of a new one only what came since', () => {
  const history = [
    ...p.underWay,
    at(later(1), p.groupAdded('red')),
    at(later(2), p.changed(madina, 'runner', 'red')),
    at(later(50), p.changed(aidar, 'runner', 'red')),
  ]
  expect(seen(madina, ...history)).toMatchObject({
    [madina]: EVER,
    [aidar]: [
      [0, 2],
      [50, Number.POSITIVE_INFINITY],
    ],
    [dana]: SINCE_START,
  })
  expect(seen(madina, ...history.slice(0, -1))).not.toHaveProperty(aidar)
  expect(seen(dana, ...history)).toMatchObject({ [aidar]: SINCE_START, [madina]: SINCE_START })
})

test('[AF2] a guardian sees their child, and a leader only while the child showed nothing', () => {
  const nana = p.person('nana')
  const history = [
    ...p.sunday,
    p.started,
    p.joined(nana, 'guardian', 7, { wardId: aidar }),
    at(later(20), p.sets(aidar, later(20))),
    at(later(60), p.stopped(aidar, later(60))),
  ]
  expect(seen(nana, ...history)).toEqual({
    [nana]: EVER,
    [lena]: [[0, 20]],
    [aidar]: SINCE_START,
  })
})

test('[AF2] whoever was removed or erased is in nobody’s replay, and a call for help opens nobody’s past', () => {
  const history = [
    ...p.underWay,
    p.groupAdded('red'),
    p.changed(madina, 'runner', 'red'),
    p.raised(1, madina, { kind: 'help', toldIds: [aidar] }),
  ]
  expect(seen(aidar, ...history)).not.toHaveProperty(madina)
  const without = [
    ...history,
    { type: 'member-removed', memberId: madina } as const,
    { type: 'member-erased', memberId: dana } as const,
  ]
  expect(Object.keys(seen(lena, ...without)).sort()).toEqual([aidar, lena, mum, p.timur].sort())
})
