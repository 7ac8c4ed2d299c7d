import { describe, expect, test } from 'vitest'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Cast, linesOf, lookedOver, placeAt, type Sight } from '../support/alert-scene.ts'
import { at, by, type Past } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, START_MS, sets, underWay } from '../support/people.ts'

const others = ['r0', 'r1', 'r2', 'r3'].map(p.person)
const route: RunEvent = { type: 'route-set', routeId: p.route(1), lengthM: 20_000 }
const six: readonly Past[] = [
  ...underWay,
  route,
  ...others.flatMap((id, i) => [p.joined(id, 'runner', 10 + i), sets(id)]),
]
type Way = (s: number) => Sight
const runs =
  (aheadM = 0, more: Partial<Sight> = {}): Way =>
  (s) => ({ atM: 500 + aheadM + 2.5 * s, isConnected: true, ...more })
/** Otherwise, at certain times. */
const while_ =
  (is: (s: number) => boolean, then: Way, else_: Way = runs()): Way =>
  (s) =>
    is(s) ? then(s) : else_(s)
const between = (fromS: number, untilS: number) => (s: number) => s >= fromS && s < untilS
const doubt = (progress: Partial<PlaceProgress>) => runs(0, { progress })
const cast = (...special: (readonly [MemberId, Way])[]): Cast =>
  new Map([
    [aidar, runs()],
    [madina, runs(10)],
    ...others.map((id, i) => [id, runs(20 * (i + 1))] as const),
    ...special,
  ] as const)
const lines = (way: Way, untilS = 1_800, history = six) =>
  linesOf(lookedOver({ history, cast: cast([aidar, way]), untilS }).told)

describe('off the route', () => {
  const off = doubt({ isOffRoute: true })

  test('[AT20] for 30 s of newer fixes asks the runner; on it again for 10 s is over', () => {
    expect(lines(while_(between(300, 345), off))).toEqual([
      `330 alert-asked off-route ${aidar}`,
      '355 alert-cleared over',
    ])
    expect(lines(while_(between(300, 600), off))).toEqual([
      `330 alert-asked off-route ${aidar}`,
      `390 alert-raised off-route ${aidar}`,
      '610 alert-cleared over',
    ])
  })

  test('[AT14] one bad fix begins nothing, and one good fix ends nothing', () => {
    expect(lines(while_(between(300, 305), off))).toEqual([])
    expect(lines(while_(between(300, 330), off))).toEqual([])
    const flicker = while_((s) => between(300, 600)(s) && s !== 450, off)
    expect(lines(flicker, 590)).toEqual([`330 alert-asked off-route ${aidar}`, `390 alert-raised off-route ${aidar}`])
  })

  test('[AT14] the same fix looked at again and again is no news, and an old one says nothing', () => {
    const once = while_(between(300, 900), (s) => ({ ...off(s), atM: 1_250, fixS: 300, isConnected: true }))
    expect(lines(once, 590)).toEqual([])
  })

  test('[AT16] a group that goes another way together is not asked one by one', () => {
    const all = new Map([...cast()].map(([id]) => [id, while_(between(300, 900), off)]))
    expect(linesOf(lookedOver({ history: six, cast: all, untilS: 1_800 }).told)).toEqual([])
    const askedOf = (history: readonly Past[]) =>
      linesOf(lookedOver({ history, cast: all, untilS: 800 }).told).filter((line) => line.includes('asked'))
    for (const id of others.slice(0, 2)) all.set(id, runs())
    expect(askedOf(six)).toEqual([]) // four of six
    const seventh = p.person('r4')
    all.set(seventh, runs())
    expect(askedOf([...six, p.joined(seventh, 'runner', 20), sets(seventh)])).toHaveLength(4)
    all.delete(seventh)
    all.set(madina, runs())
    expect(askedOf(six)).toHaveLength(3)
  })

  test('[AT18] a pause is an answer', () => {
    const wishes = [[400, aidar, { type: 'pause', reason: 'toilet' }]] as const
    const told = lookedOver({
      history: six,
      cast: cast([aidar, while_(between(300, 900), off)]),
      untilS: 900,
      wishes,
    }).told
    expect(linesOf(told).at(-1)).toBe('400 alert-cleared over')
  })

  test('[AT20] a cyclist rides where they like', () => {
    const told = lookedOver({ history: [...six, sets(dana)], cast: cast([dana, off]), untilS: 900 }).told
    expect(linesOf(told)).toEqual([])
  })
})

describe('the wrong way', () => {
  const back = doubt({ isWrongWay: true })

  test('[AT21] for 20 s of newer fixes; the right way for 10 s is over', () => {
    expect(lines(while_(between(300, 320), back))).toEqual([])
    expect(lines(while_(between(300, 360), back))).toEqual([
      `320 alert-asked wrong-way ${aidar}`,
      '370 alert-cleared over',
    ])
  })

  test('[AT21] leaders and back markers run back to look after others', () => {
    const red = { groupId: p.group('red'), colour: '#ff0000', targetPaceMps: null, leaderId: null, backMarkerId: aidar }
    const marked = [...six, p.groupAdded('red'), by(lena, { type: 'group-changed', ...red })]
    expect(lines(while_(between(300, 500), back), 900, marked)).toEqual([])
  })
})

describe('stopped', () => {
  const stops = (way: Way, untilS = 1_800, history = six) =>
    linesOf(lookedOver({ history, cast: cast([aidar, way]), untilS }).told, 'stopped')
  const halt =
    (fromS: number, untilS: number, more: Partial<Sight> = {}): Way =>
    (s) =>
      s < fromS ? runs()(s) : s < untilS ? { ...runs()(fromS), ...more } : runs()(s - (untilS - fromS))

  test('[AT22] within 50 m for 4 min, by fixes, is asked; moved on it is over', () => {
    expect(stops(halt(300, 500))).toEqual([])
    expect(stops(halt(300, 700))).toEqual([
      `540 alert-asked stopped ${aidar}`,
      `600 alert-raised stopped ${aidar}`,
      '740 alert-cleared over',
    ])
  })

  test('[AT22] needs no route', () => {
    const free = (s: number) => ({ ...halt(300, 900)(s), progress: null })
    expect(
      stops(
        free,
        600,
        six.filter((past) => past !== route),
      )[0],
    ).toBe(`540 alert-asked stopped ${aidar}`)
  })

  test('[AT22] a fix that jumps does not end it, nor a node that has just begun to look', () => {
    const jumps: Way = (s) => (s === 620 ? { ...halt(300, 900)(s), eastM: 300 } : halt(300, 900)(s))
    expect(stops(jumps, 850).map((line) => line.split(' ')[1])).toEqual(['alert-asked', 'alert-raised'])
    const raised: RunEvent = {
      type: 'alert-raised',
      alertId: p.alert(1),
      rule: 'stopped',
      memberId: aidar,
      value: null,
      sinceMs: START_MS,
    }
    const told = lookedOver({
      history: [...six, raised],
      cast: cast([aidar, halt(300, 2_000)]),
      fromS: 700,
      untilS: 900,
    }).told
    expect(linesOf(told)).toEqual([])
  })

  test('[AT22] not where people wait: the start, the end, a regroup, or in company', () => {
    expect(stops((s) => ({ ...runs()(s), atM: 40 }))).toEqual([])
    expect(stops((s) => ({ ...runs()(s), atM: 19_950 }))).toEqual([])
    const regroup: RunEvent = {
      type: 'regroup-called',
      regroupId: p.regroup(1),
      groupId: null,
      place: placeAt(1_250, 30),
      atM: 1_250,
      atMs: START_MS,
    }
    expect(stops(halt(300, 900), 850, [...six, by(lena, regroup)])).toEqual([])
    const together = cast(...[aidar, madina, ...others.slice(0, 2)].map((id) => [id, halt(300, 900)] as const))
    expect(linesOf(lookedOver({ history: six, cast: together, untilS: 850 }).told, 'stopped')).toEqual([])
    const paused = at(START_MS, { type: 'member-paused', memberId: aidar, reason: 'rest' })
    expect(stops(halt(300, 900), 850, [...six, paused])).toEqual([])
  })
})
