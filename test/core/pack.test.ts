import { expect, test } from 'vitest'
import { type Cluster, clustersOf } from '../../shared/pack/clusters.ts'
import { nearestRunners } from '../../shared/pack/nearest-runners.ts'
import { type Gap, type PackMember, packOf } from '../../shared/pack/pack.ts'
import { stragglersOf } from '../../shared/pack/stragglers.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Motion, memberOf, orderOf, passagesOf, steady } from '../support/on-route.ts'
import { person } from '../support/people.ts'

const inSeconds = (gap: Gap | null) => gap && [gap.gapM, gap.gapMs === null ? null : Math.round(gap.gapMs / 1_000)]
const names = (...all: readonly string[]) => all.map(person)

test('[PK5] members are in order of progress, with the gap to the one ahead and to the first', () => {
  const { order, spread } = packOf([
    memberOf('last', steady(3, 120), 1_000),
    memberOf('first', steady(3), 1_000),
    memberOf('middle', steady(3, 40), 1_000),
  ])
  expect(order.map(({ member }) => member.memberId)).toEqual(names('first', 'middle', 'last'))
  expect(order.map(({ toAhead }) => inSeconds(toAhead))).toEqual([null, [120, 40], [240, 80]])
  expect(order.map(({ toFirst }) => inSeconds(toFirst))).toEqual([null, [120, 40], [360, 120]])
  expect(spread).toEqual({ gapM: 360, gapMs: 120_000, isByPace: false })
  expect(packOf([])).toEqual({ order: [], doubtful: [], spread: null })
  expect(packOf([memberOf('alone', steady(3), 9)]).spread).toEqual({ gapM: 0, gapMs: 0, isByPace: false })
})

test('[PK5] a gap in time is how long ago the one ahead was here, whatever the pace now', () => {
  const walksUphill: Motion = (s) => (s < 500 ? 3 * s : 1_500 + (s - 500))
  const [, behind] = orderOf(memberOf('ahead', walksUphill, 700), memberOf('behind', steady(2), 700))
  expect(behind?.toAhead).toEqual({ gapM: 300, gapMs: 700_000 - 1_400_000 / 3, isByPace: false })
})

test('[PK5] a gap goes by pace, and says so, where the one ahead was never seen to pass or is level', () => {
  const joined = { ...memberOf('joined', steady(3), 1_000), passages: passagesOf(steady(3), 1_000, 990) }
  const byPace = { gapM: 600, gapMs: 200_000, isByPace: true }
  expect(orderOf(joined, memberOf('behind', steady(2.4), 1_000))[1]?.toAhead).toEqual(byPace)
  const inTheCafe: Motion = (s) => Math.min(1_000, 3 * s)
  const level = orderOf(
    memberOf('a', inTheCafe, 3_000),
    memberOf('b', (s) => inTheCafe(s) - 12, 3_000),
  )
  expect(level[1]?.toAhead).toEqual({ gapM: 12, gapMs: 4_000, isByPace: true })
  const still = memberOf('still', (s) => inTheCafe(s) - 12, 3_000, { forecastMps: 0 })
  expect(orderOf(memberOf('a', inTheCafe, 3_000), still)[1]?.toAhead?.gapMs).toBeNull()
})

test.each([
  ['off-route', { isOffRoute: true }],
  ['silent', { takenAtMs: 1_000_000 - 120_001 }],
  ['unsure', { confidence: 0.45 }],
] as const)('[PK6] whoever is %s is named, and does not stretch the pack', (doubt, said) => {
  const doubtful = memberOf('doubtful', (s) => 3 * s + 12_000, 1_000, said)
  const pack = packOf([memberOf('a', steady(3), 1_000), doubtful, memberOf('b', steady(3, 20), 1_000)])
  expect(pack.order.map(({ member }) => member.memberId)).toEqual(names('a', 'b'))
  expect(pack.doubtful).toEqual([{ member: doubtful, doubt }])
  expect(pack.spread?.gapM).toBe(60)
})

const behindBy = (...startsS: readonly number[]) =>
  orderOf(...startsS.map((startS, index) => memberOf(`p${10 + index}`, steady(3, startS), 3_000)))
const sizes = (clusters: readonly Cluster[]) => clusters.map(({ length }) => length)

test('[PK7] clusters go from front to back, chained from neighbour to neighbour', () => {
  const order = behindBy(0, 10, 20, 30, 40, 50, 120, 130, 200)
  expect(sizes(clustersOf(order, []))).toEqual([6, 2, 1])
  expect(clustersOf(order, [])[1]).toEqual(names('p16', 'p17'))
  expect(clustersOf([], [])).toEqual([])
})

test('[PK7] a gap between joining and parting leaves things as they were', () => {
  const wavering = behindBy(0, 25)
  expect(sizes(clustersOf(wavering, []))).toEqual([1, 1])
  expect(sizes(clustersOf(wavering, clustersOf(behindBy(0, 19), [])))).toEqual([2])
  expect(sizes(clustersOf(wavering, clustersOf(behindBy(0, 31), [])))).toEqual([1, 1])
  expect(sizes(clustersOf(behindBy(0, 31), clustersOf(behindBy(0, 19), [])))).toEqual([1, 1])
})

test('[PK7] people near in metres are together, however long they walk or stand', () => {
  const walks: Motion = (s) => (s < 900 ? s : 900 + 0.5 * (s - 900))
  const order = orderOf(
    memberOf('a', walks, 3_000),
    memberOf('b', (s) => walks(s - 70), 3_000),
  )
  expect(inSeconds(order[1]?.toAhead ?? null)).toEqual([35, 70])
  expect(sizes(clustersOf(order, []))).toEqual([2])
})

const packAnd = (...behind: readonly PackMember[]) =>
  orderOf(...[0, 5, 10, 15, 20, 25].map((startS) => memberOf(`p${10 + startS}`, steady(3, startS), 3_000)), ...behind)
const nobody: ReadonlySet<MemberId> = new Set()
const tiring: Motion = (s) => (s < 2_000 ? 3 * s : 6_000 + 2.6 * (s - 2_000))

test('[PK8] who is behind a break that grows straggles, with how far behind the pack and how fast', () => {
  expect(stragglersOf(packAnd(memberOf('tired', tiring, 3_000)), nobody)).toEqual([
    {
      memberId: person('tired'),
      behind: { gapM: 325, gapMs: expect.closeTo(108_333, -1), isByPace: false },
      growthMs: expect.closeTo(40_000, -1),
    },
  ])
  const both = packAnd(
    memberOf('tired', tiring, 3_000),
    memberOf('with', (s) => tiring(s) - 20, 3_000),
  )
  expect(stragglersOf(both, nobody).map(({ memberId }) => memberId)).toEqual(names('tired', 'with'))
})

test('[PK8] being last, being steadily behind, and a field that is strung out are no straggling', () => {
  expect(stragglersOf(packAnd(memberOf('last', steady(3, 50), 3_000)), nobody)).toEqual([])
  expect(stragglersOf(packAnd(memberOf('late', steady(3, 300), 3_000)), nobody)).toEqual([])
  const strungOut = orderOf(...[3.2, 3, 2.8, 2.6, 2.4].map((mps) => memberOf(`p${mps * 10}`, steady(mps), 3_000)))
  expect(stragglersOf(strungOut, nobody)).toEqual([])
  expect(stragglersOf(orderOf(memberOf('alone', steady(3), 3_000)), nobody)).toEqual([])
  expect(stragglersOf([], nobody)).toEqual([])
})

test('[PK8] a straggler stays one while the gap grows at all, and is none when catching up', () => {
  const slightly: Motion = (s) => (s < 2_000 ? 3 * (s - 60) : 5_820 + 2.95 * (s - 2_000))
  const known = new Set([person('tired')])
  expect(stragglersOf(packAnd(memberOf('tired', slightly, 3_000)), nobody)).toEqual([])
  expect(stragglersOf(packAnd(memberOf('tired', slightly, 3_000)), known)).toHaveLength(1)
  const catching: Motion = (s) => (s < 2_000 ? 2.8 * s : 5_600 + 3.1 * (s - 2_000))
  expect(stragglersOf(packAnd(memberOf('tired', catching, 3_000)), known)).toEqual([])
})

test('[PK8] who stands a little behind others who stand does not straggle', () => {
  const waits: Motion = (s) => Math.min(6_000, 3 * s)
  const order = orderOf(
    memberOf('a', waits, 3_000),
    memberOf('b', (s) => waits(s) - 90 - (s > 2_500 ? 5 : 0), 3_000),
  )
  expect(inSeconds(order[1]?.toAhead ?? null)).toEqual([95, 1_032])
  expect(stragglersOf(order, nobody)).toEqual([])
})

test('[PK8] of two, the one who is left behind straggles', () => {
  const order = orderOf(memberOf('a', steady(3), 3_000), memberOf('tired', tiring, 3_000))
  expect(stragglersOf(order, nobody).map(({ memberId }) => memberId)).toEqual(names('tired'))
})

test('[PK9] a cyclist is told who passed last and who comes next, on whichever leg is nearer', () => {
  const order = orderOf(...[3, 2.5, 2].map((mps) => memberOf(`p${mps * 10}`, steady(mps), 1_000)))
  expect(nearestRunners(order, [2_100])).toEqual({
    ahead: { memberId: person('p25'), passM: 2_100, gapM: 400 },
    behind: { memberId: person('p20'), passM: 2_100, gapM: 100 },
  })
  expect(nearestRunners(order, [1_000, 2_950])).toEqual({
    ahead: { memberId: person('p30'), passM: 2_950, gapM: 50 },
    behind: { memberId: person('p25'), passM: 2_950, gapM: 450 },
  })
  expect(nearestRunners([], [5])).toEqual({ ahead: null, behind: null })
})
