import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Cast, linesOf, lookedOver, type Sight } from '../support/alert-scene.ts'
import type { Past } from '../support/given-run.ts'
import { at, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, START_MS, sets, underWay } from '../support/people.ts'

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const others = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'].map(p.person)
const route: RunEvent = { type: 'route-set', routeId: p.route(1), lengthM: 20_000 }
/** Aidar, Madina and six more run along the route. */
const eight: readonly Past[] = [
  ...underWay,
  route,
  ...others.flatMap((id, i) => [p.joined(id, 'runner', 10 + i), sets(id)]),
]
const frost: RunEvent = { type: 'conditions-set', heat: 'frost', alertsOff: [] }

const atM = (s: number, aheadM = 0, mps = 2.5) => 500 + aheadM + mps * s
const runs =
  (aheadM = 0, more: Partial<Sight> = {}) =>
  (s: number): Sight => ({ atM: atM(s, aheadM), isConnected: true, ...more })
/** Runs on, but nothing more is heard. */
const silentFrom =
  (fromS: number, aheadM = 0, more: Partial<Sight> = {}) =>
  (s: number): Sight =>
    s < fromS ? runs(aheadM)(s) : { atM: atM(fromS, aheadM), fixS: fromS, isConnected: false, ...more }

const cast = (...special: (readonly [MemberId, (s: number) => Sight | null])[]): Cast =>
  new Map([
    [aidar, runs(0)],
    [madina, runs(10)],
    ...others.map((id, i) => [id, runs(20 * (i + 1))] as const),
    ...special,
  ] as const)
const lines = (...[staged]: Parameters<typeof lookedOver>) => linesOf(lookedOver(staged).told)

describe('silent and overdue', () => {
  test('[AT23] nobody heard for 5 min where the group has passed is asked, and told of a minute later; heard again it is over', () => {
    const back = (s: number) => (s < 900 ? silentFrom(300)(s) : runs(0)(s))
    expect(lines({ history: eight, cast: cast([aidar, back]), untilS: HOUR_S / 2 })).toEqual([
      `600 alert-asked silent-overdue ${aidar}`,
      `660 alert-raised silent-overdue ${aidar}`,
      '900 alert-cleared over',
    ])
  })

  test('[AT23] where nobody has passed yet they are silent, and not overdue', () => {
    // Aidar leads by 3 km: half of the others are there 20 min later, and before that he is late by himself.
    const ahead = lookedOver({ history: eight, cast: cast([aidar, silentFrom(300, 3_000)]), untilS: HOUR_S })
    expect(linesOf(ahead.told)[0]).toBe(`1100 alert-asked silent-overdue ${aidar}`) // 500 m at 2.5 m/s, and 10 min
    // By 1 km: the middle one of them has come 300 m beyond him after 796 s.
    const near = lines({ history: eight, cast: cast([aidar, silentFrom(300, 1_000)]), untilS: 900 })
    expect(near[0]).toBe(`800 alert-asked silent-overdue ${aidar}`)
    // The whole group stands at breakfast.
    const stands = (aheadM: number) => (s: number) => ({ ...runs(aheadM)(Math.min(s, 300)), isConnected: true })
    const breakfast = new Map([...cast()].map(([id], i) => [id, stands(10 * i)]))
    breakfast.set(aidar, silentFrom(300) as never)
    expect(lines({ history: eight, cast: breakfast, untilS: 1_000 }).filter((line) => line.includes('silent'))).toEqual(
      [],
    )
  })

  test('[AT23] without a route the others must have gone a kilometre, and ten minutes', () => {
    const off = (sight: (s: number) => Sight) => (s: number) => ({ ...sight(s), progress: null })
    const free = new Map([...cast([aidar, silentFrom(300)])].map(([id, sight]) => [id, off(sight as never)]))
    const history = eight.filter((past) => past !== route)
    expect(lines({ history, cast: free, untilS: 1_200 })[0]).toBe(`900 alert-asked silent-overdue ${aidar}`)
    const near = new Map([...free].map(([id]) => [id, off((s) => runs(0)(Math.min(s, 310)))]))
    near.set(aidar, off(silentFrom(300)))
    expect(lines({ history, cast: near, untilS: 1_200 }).filter((line) => line.includes('silent'))).toEqual([])
  })

  test('[AT23] who has arrived has put the phone away', () => {
    const arrived = (s: number): Sight => ({ ...silentFrom(300)(s), atM: s < 300 ? 19_500 + s : 19_950 })
    expect(lines({ history: eight, cast: cast([aidar, arrived]), untilS: HOUR_S })).toEqual([])
  })

  test('[AT15] [AT23] who was seen, or was handed something, has been heard, and may be silent three times as long', () => {
    const wish = wishes({ type: 'see-members', memberIds: [aidar] })
    const told = lines({
      history: eight,
      cast: cast([aidar, silentFrom(300)]),
      untilS: 1_460,
      wishes: [[550, dana, wish]],
    })
    expect(told).toEqual([`1450 alert-asked silent-overdue ${aidar}`])
  })

  test('[AT13] nobody is silent before their first fix, and a fix from before they came back is none', () => {
    const never: Cast = cast([aidar, () => null])
    expect(lines({ history: eight, cast: never, untilS: HOUR_S })).toEqual([])
    const before = silentFrom(-600)
    expect(lines({ history: eight, cast: cast([aidar, before]), untilS: HOUR_S })).toEqual([])
  })

  test('[AT15] a screen that is off is none while its phone is connected, up to twice as long; a tracker app is never connected', () => {
    const dark = silentFrom(300, 0, { isConnected: true })
    const told = lines({ history: eight, cast: cast([aidar, dark]), untilS: 900 })
    expect(told).toEqual([`900 alert-asked silent-overdue ${aidar}`])
    const attached = { type: 'tracker-attached', memberId: aidar, trackerId: p.tracker(1) } as const
    const byTracker = lines({ history: [...eight, attached], cast: cast([aidar, dark]), untilS: 620 })
    expect(byTracker).toEqual([`600 alert-asked silent-overdue ${aidar}`])
  })

  test('[AT15] who pockets a page is dark and not silent; an app that goes on in the dark, and then dies, is', () => {
    const pocketed = silentFrom(300, 0, { darkS: 302 })
    expect(lines({ history: eight, cast: cast([aidar, pocketed]), untilS: HOUR_S })).toEqual([])
    const goesOn = (s: number) => ({ ...silentFrom(300)(s), darkS: 200 })
    expect(lines({ history: eight, cast: cast([aidar, goesOn]), untilS: 620 })).toEqual([
      `600 alert-asked silent-overdue ${aidar}`,
    ])
    const byTracker = { type: 'tracker-attached', memberId: aidar, trackerId: p.tracker(1) } as const
    expect(lines({ history: [...eight, byTracker], cast: cast([aidar, pocketed]), untilS: 620 })).toEqual([
      `600 alert-asked silent-overdue ${aidar}`,
    ])
    const all = new Map([...cast()].map(([id], i) => [id, silentFrom(300 + i, 10 * i, { darkS: 302 + i })]))
    expect(lines({ history: eight, cast: all, untilS: HOUR_S / 2 })).toEqual([]) // breakfast
  })

  test('[AT15] who pauses may be silent three times as long', () => {
    const paused = { type: 'member-paused', memberId: aidar, reason: 'rest' } as const
    const told = lines({
      history: [...eight, at(START_MS, paused)],
      cast: cast([aidar, silentFrom(300)]),
      untilS: 1_260,
    })
    expect(told).toEqual([`1200 alert-asked silent-overdue ${aidar}`, `1260 alert-raised silent-overdue ${aidar}`])
  })

  test('[AT4] who says that all is well is left alone for 20 min', () => {
    const run = lookedOver({ history: eight, cast: cast([aidar, silentFrom(300)]), untilS: 600 }).run
    const [alert] = [...run.alerts.values()]
    const fine = { type: 'answer-alert', alertId: alert?.alertId as never, answer: 'fine' } as const
    const told = lines({
      history: eight,
      cast: cast([aidar, silentFrom(300)]),
      untilS: 1_830,
      wishes: [[630, aidar, fine]],
    })
    expect(told.filter((line) => line.includes('silent') || line.includes('cleared'))).toEqual([
      `600 alert-asked silent-overdue ${aidar}`,
      '630 alert-cleared fine',
      `1830 alert-asked silent-overdue ${aidar}`,
    ])
  })

  test('[AT18] is over when they stop sharing, and no alert begins', () => {
    const told = lines({
      history: eight,
      cast: cast([aidar, silentFrom(300)]),
      untilS: HOUR_S,
      wishes: [[700, aidar, { type: 'stop-sharing', untilMs: START_MS }]],
    })
    expect(told.at(-1)).toBe('700 alert-cleared over')
    expect(told).toHaveLength(3)
  })
})

describe('no contact', () => {
  test('[AT24] after 20 min without a fix and without a connection it is in the list, unless they are overdue anyway', () => {
    const rides = (s: number): Sight => ({
      atM: s < 300 ? s : 300,
      fixS: Math.min(s, 300),
      isConnected: s < 300,
      progress: null,
    })
    const history = [...eight, sets(dana)]
    expect(lines({ history, cast: cast([dana, rides]), untilS: HOUR_S / 2 })).toEqual([
      `1500 alert-raised no-contact ${dana}`,
    ])
    const back = (s: number): Sight => ({ ...rides(s), isConnected: s < 300 || s >= 1_560 })
    expect(lines({ history, cast: cast([dana, back]), untilS: HOUR_S / 2 })).toEqual([
      `1500 alert-raised no-contact ${dana}`,
      '1560 alert-cleared over',
    ])
    const connected = (s: number): Sight => ({ ...rides(s), isConnected: true })
    expect(lines({ history, cast: cast([dana, connected]), untilS: HOUR_S })).toEqual([])
    const overdue = lines({ history: eight, cast: cast([aidar, silentFrom(300)]), untilS: HOUR_S })
    expect(overdue.filter((line) => line.includes('no-contact'))).toEqual([])
  })

  test('[AT24] it is about the phone: whoever is seen again and again is not overdue, and still without one', () => {
    const seen = Array.from(
      { length: 7 },
      (_, i) => [500 + 240 * i, dana, wishes({ type: 'see-members', memberIds: [aidar] })] as const,
    )
    expect(lines({ history: eight, cast: cast([aidar, silentFrom(300)]), untilS: 2_000, wishes: seen })).toEqual([
      `1500 alert-raised no-contact ${aidar}`,
    ])
  })

  test('[AT24] in frost a phone that dies is in the list within 5 min and 10 s, and sounds only when overdue after ten', () => {
    for (const diesS of [301, 303, 304])
      expect(lines({ history: [...eight, frost], cast: cast([aidar, silentFrom(diesS)]), untilS: 1_000 })).toEqual([
        `605 alert-raised no-contact ${aidar}`,
        `905 alert-asked silent-overdue ${aidar}`,
        '910 alert-cleared over',
        `965 alert-raised silent-overdue ${aidar}`,
      ])
  })

  test('[AT24] hundreds of phones that die one after the other are noticed each', () => {
    const dying = others.map((id, i) => [id, silentFrom(300 + 150 * i)] as const)
    const told = lines({ history: [...eight, frost], cast: cast(...dying), untilS: 1_500 })
    for (const [i, id] of others.entries()) expect(told).toContain(`${600 + 150 * i} alert-raised no-contact ${id}`)
    expect(told.some((line) => line.includes('network'))).toBe(false)
  })
})

describe('the network', () => {
  const gone = (fromS: number, untilS: number) =>
    new Map(
      [...cast()].map(([id], i) => [
        id,
        (s: number) => (s >= untilS ? runs(10 * i)(s) : silentFrom(fromS + 7 * i, 10 * i)(s)),
      ]),
    )

  test('[AT17] everybody silent at once is one alert and not eight, and over when they are back', () => {
    const told = lines({ history: eight, cast: gone(300, 1_500), untilS: HOUR_S / 2 })
    expect(told).toEqual(['430 alert-raised network', '1515 alert-cleared over'])
  })

  test('[AT17] who is not back with the others is silent from then on', () => {
    const all = gone(300, 1_500)
    all.set(aidar, silentFrom(300))
    const told = lines({ history: eight, cast: all, untilS: HOUR_S })
    expect(told).toEqual([
      '430 alert-raised network',
      '1515 alert-cleared over',
      `1815 alert-asked silent-overdue ${aidar}`,
      `1875 alert-raised silent-overdue ${aidar}`,
    ])
  })

  test('[AT17] a network that comes and goes is told once in ten minutes, and nobody is called silent', () => {
    const [first, second] = [gone(300, 900), gone(1_000, 1_700)]
    const flapping: Cast = new Map(
      [...first].map(([id, sight]) => [id, (s) => (s < 1_000 ? sight : second.get(id))?.(s) ?? null]),
    )
    expect(lines({ history: [...eight, frost], cast: flapping, untilS: 1_650 })).toEqual([
      '430 alert-raised network',
      '915 alert-cleared over',
      '1515 alert-raised network',
    ])
  })

  test('[AT17] three who fall silent together are three; and half of all are no network', () => {
    const three = [aidar, madina, others[0] as MemberId].map((id, i) => [id, silentFrom(300 + i, 10 * i)] as const)
    const told = lines({ history: eight, cast: cast(...three), untilS: 620 })
    expect(told.filter((line) => line.includes('asked'))).toHaveLength(3)
    const half = [...three, [others[1] as MemberId, silentFrom(303, 40)] as const]
    expect(lines({ history: eight, cast: cast(...half), untilS: 620 }).some((line) => line.includes('network'))).toBe(
      false,
    )
  })

  test('[AT17] one after another is no network: five of eight within 90 s are', () => {
    const every = (s: number, count: number) =>
      cast(
        ...[aidar, madina, ...others]
          .slice(0, count)
          .map((id, i) => [id, silentFrom(300 + Math.floor(s * i), 10 * i)] as const),
      )
    const toldOf = (people: Cast) =>
      lines({ history: eight, cast: people, untilS: 700 }).filter((line) => line.includes('network'))
    expect(toldOf(every(22.5, 5))).toHaveLength(1)
    expect(toldOf(every(30, 7))).toEqual([])
  })

  test('[AT17] for a node that has only begun to look, or was held up, silence begins then', () => {
    const told = lines({ history: eight, cast: cast([aidar, silentFrom(300)]), fromS: 900, untilS: 1_210 })
    expect(told).toEqual([`1200 alert-asked silent-overdue ${aidar}`])
    const heldUp = lines({ history: eight, cast: cast([aidar, silentFrom(300)]), untilS: 810, notBetween: [400, 500] })
    expect(heldUp).toEqual([`800 alert-asked silent-overdue ${aidar}`])
  })

  test('[AT17] nor who comes back last from one that was not told, so soon after another', () => {
    const first = gone(300, 900)
    const twice: Cast = new Map(
      [...cast()].map(([id], i) => [
        id,
        (s) =>
          s < 1_000 || s >= (i % 2 ? 1_450 : 1_500) ? (first.get(id)?.(s) ?? null) : silentFrom(1_000, 10 * i)(s),
      ]),
    )
    expect(lines({ history: [...eight, frost], cast: twice, untilS: 1_700 })).toEqual([
      '430 alert-raised network',
      '915 alert-cleared over',
    ])
  })

  test('[AT17] who comes back last after an outage that was too short to be told is not silent', () => {
    // All are cut off for five minutes and a half; the node is held up meanwhile, and half of them come at once.
    const late = new Map(
      [...cast()].map(([id], i) => [
        id,
        (s: number) => (s < 300 || s >= (i % 2 ? 635 : 700) ? runs(10 * i)(s) : silentFrom(300, 10 * i)(s)),
      ]),
    )
    expect(lines({ history: eight, cast: late, untilS: 1_200, notBetween: [300, 630] })).toEqual([])
  })
})

test('[AT23] a run of two: the runner of the friend on a bicycle', () => {
  const history = [
    p.planned,
    p.joined(lena, 'cyclist', 1),
    p.joined(aidar, 'leader', 2),
    p.started,
    route,
    sets(aidar),
    sets(lena),
  ]
  const two: Cast = new Map([
    [aidar, silentFrom(300)],
    [lena, runs(0)],
  ])
  expect(lines({ history, cast: two, untilS: 620 })).toEqual([`600 alert-asked silent-overdue ${aidar}`])
})
