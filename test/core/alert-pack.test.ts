import { describe, expect, test } from 'vitest'
import type { AlertRule } from '../../shared/run/alerts.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Cast, linesOf, lookedOver, type Sight } from '../support/alert-scene.ts'
import { at, type Past } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, madina, raised, START_MS, sets, timur, underWay } from '../support/people.ts'

const others = ['r0', 'r1', 'r2', 'r3'].map(p.person)
const all = [aidar, madina, ...others]
const route: RunEvent = { type: 'route-set', routeId: p.route(1), lengthM: 30_000 }
const six: readonly Past[] = [
  ...underWay,
  route,
  ...others.flatMap((id, i) => [p.joined(id, 'runner', 10 + i), sets(id)]),
]
const on = (...rules: AlertRule[]): RunEvent => ({ type: 'conditions-set', heat: 'mild', alertsOff: rules })
type Way = (s: number) => Sight
const runs =
  (aheadM = 0, mps = 2.5, more: Partial<Sight> = {}): Way =>
  (s) => ({ atM: 3_000 + aheadM + mps * s, isConnected: true, progress: { forecastMps: mps, speedMps: mps }, ...more })
const cast = (...special: (readonly [MemberId, Way])[]): Cast =>
  new Map([...all.map((id, i) => [id, runs(20 * i)] as const), ...special])
const linesOfRun = (history: readonly Past[], people: Cast, untilS: number) =>
  linesOf(lookedOver({ history, cast: people, untilS }).told)

describe('falling behind', () => {
  test('[AT25] behind a break of 100 m and 60 s that grows over five minutes; caught up it is over', () => {
    // 20 % slower than the others: 120 m and 60 s behind after 4 min, and 150 m more five minutes later.
    const slow: Way = (s) => (s < 1_200 ? runs(0, 2)(s) : runs(0)(s))
    const told = linesOfRun(six, cast([aidar, slow]), 1_800)
    expect(told[0]).toMatch(/^5\d\d alert-raised straggling mbr_aidar/)
    expect(told.slice(1)).toEqual(['1260 alert-cleared over'])
  })

  test('[AT25] being last is not enough: not a gap that stays, nor a field that is strung out', () => {
    expect(linesOfRun(six, cast([aidar, runs(-400)]), 1_800)).toEqual([])
    const growing = (metres: number) => linesOfRun(six, cast([aidar, runs(-400, 2.5 - metres / 300)]), 1_000)
    expect(growing(40)).toEqual([])
    expect(growing(60)).toHaveLength(1)
    const strung = new Map(all.map((id, i) => [id, runs(-250 * i, 2.5 - 0.05 * i)]))
    expect(linesOfRun(six, strung, 1_800).filter((line) => line.includes('straggling'))).toEqual([])
  })

  test('[AT25] two are no group to fall behind', () => {
    const history = [...underWay, route]
    const two: Cast = new Map([
      [aidar, runs(0, 1.5)],
      [madina, runs(0)],
    ])
    expect(linesOfRun(history, two, 1_800)).toEqual([])
  })
})

describe('a split pack', () => {
  const halves = (apartM: (s: number) => number) =>
    new Map(all.map((id, i) => [id, (s: number) => runs(20 * i - (i < 3 ? apartM(s) : 0))(s)]))

  test('[AT26] 1.5 km apart for 3 min is told; under 1.2 km and 4 min it is over', () => {
    const told = linesOfRun(
      six,
      halves((s) => (between(600, 1_200)(s) ? 1_600 : between(1_200, 1_800)(s) ? 700 : 500)),
      2_400,
    )
    expect(told).toEqual(['780 alert-raised split-pack', '1860 alert-cleared over'])
  })

  test('[AT26] one alone is none, nor are groups of their own pace', () => {
    expect(linesOfRun(six, cast([aidar, runs(-1_600)]), 1_800)).toEqual([])
    expect(
      linesOfRun(
        [...six, p.groupAdded('red')],
        halves(() => 1_600),
        1_800,
      ),
    ).toEqual([])
  })
})

describe('batteries and cyclists', () => {
  test('[AT27] under 15 % twice, if the leader wants it; from 20 % on it is over', () => {
    const low: Way = (s) =>
      runs(0, 2.5, { battery: s === 100 ? 0.1 : s < 300 ? 0.2 : s < 600 ? 0.14 : s < 900 ? 0.17 : 0.4 })(s)
    expect(linesOfRun(six, cast([aidar, low]), 1_200)).toEqual([])
    const once: Way = (s) => runs(0, 2.5, { battery: 0.1, fixS: 0 })(s)
    expect(linesOfRun([...six, on('low-battery')], cast([aidar, once]), 100)).toEqual([])
    expect(linesOfRun([...six, on('low-battery')], cast([aidar, low]), 1_200)).toEqual([
      `305 alert-raised low-battery ${aidar}`,
      '905 alert-cleared over',
    ])
  })

  test('[AT27] in frost a third is little', () => {
    const frost: RunEvent = { type: 'conditions-set', heat: 'frost', alertsOff: ['low-battery'] }
    expect(linesOfRun([...six, frost], cast([aidar, runs(0, 2.5, { battery: 0.3 })]), 60)).toEqual([
      `5 alert-raised low-battery ${aidar}`,
    ])
  })

  test('[AT28] a cyclist 3 km from every runner for 5 min, if the leader wants it; within 2.5 km it is over', () => {
    const far: Way = (s) => runs(between(300, 900)(s) ? 3_300 : s < 300 ? 0 : s < 1_200 ? 2_800 : 0)(s)
    const history = [...six, sets(dana)]
    expect(linesOfRun(history, cast([dana, far]), 1_500)).toEqual([])
    expect(linesOfRun([...history, on('cyclist-far')], cast([dana, far]), 1_500)).toEqual([
      `600 alert-raised cyclist-far ${dana}`,
      '1230 alert-cleared over',
    ])
    for (const [kind, state] of [
      ['bike', 'refilling'],
      ['table', 'available'],
    ] as const) {
      const helps: RunEvent = { type: 'helping-set', memberId: dana, kind, state }
      expect(linesOfRun([...history, on('cyclist-far'), helps], cast([dana, far]), 1_500)).toEqual([])
    }
  })
})

describe('water', () => {
  const stock = (memberId: MemberId, count: number): RunEvent => ({
    type: 'stock-set',
    memberId,
    pieces: [{ kind: 'water', count, forId: null }],
    emptiesCount: 0,
    reason: 'set',
  })
  const given = (no: number, atS: number): Past =>
    at(START_MS + atS * 1_000, {
      type: 'handed-over',
      handOverId: p.handOver(no),
      runnerId: aidar,
      cyclistId: dana,
      kind: 'water',
      quantity: 1,
      requestId: null,
    })
  const water = (danaHas: number) => [...six, stock(dana, danaHas), stock(timur, 0)]
  const drinking = [...Array.from({ length: 10 }, (_, i) => given(i, 60 * i))]

  test('[AT29] out within 20 min at the present rate is told, and a refill ends it', () => {
    // Ten bottles in ten minutes: twelve more last for twelve.
    const history = [...water(12), ...drinking]
    const told = lookedOver({
      history,
      cast: cast(),
      fromS: 600,
      untilS: 1_000,
      wishes: [
        [
          700,
          dana,
          {
            type: 'set-stock',
            stock: { pieces: [{ kind: 'water', count: 60, forId: null }], emptiesCount: 0 },
            isRefill: true,
          },
        ],
      ],
    }).told
    expect(linesOf(told)).toEqual(['610 alert-raised water-out', '760 alert-cleared over'])
    expect(linesOfRun([...water(22), ...drinking], cast(), 900)).toEqual([])
    // Nobody drinks any more: what lasts for 25 min now does not end it.
    const later = lookedOver({ history, cast: cast(), fromS: 600, untilS: 1_250 }).told
    expect(linesOf(later)).toEqual(['610 alert-raised water-out'])
  })

  test('[AT29] water that nobody carries is told once somebody has waited 5 min for it, whatever else is left', () => {
    const isotonic: RunEvent = {
      type: 'stock-set',
      memberId: dana,
      pieces: [{ kind: 'isotonic', count: 9, forId: null }],
      emptiesCount: 0,
      reason: 'set',
    }
    const history = [...water(0), isotonic]
    expect(linesOfRun([...history, at(START_MS, raised(1, aidar))], cast(), 900)).toEqual([
      '310 alert-raised water-out',
    ])
    expect(linesOfRun([...history, at(START_MS, raised(1, aidar, { kind: 'isotonic' }))], cast(), 900)).toEqual([])
    expect(linesOfRun([...water(1), at(START_MS, raised(1, aidar))], cast(), 900)).toEqual([])
  })

  test('[AT29] none left is told when somebody has asked within the hour', () => {
    expect(linesOfRun(water(0), cast(), 900)).toEqual([])
    expect(linesOfRun([...water(0), at(START_MS, raised(1, aidar))], cast(), 900)).toEqual([
      '10 alert-raised water-out',
    ])
  })
})

function between(fromS: number, untilS: number) {
  return (s: number) => s >= fromS && s < untilS
}
