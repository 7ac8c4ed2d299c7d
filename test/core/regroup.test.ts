import { describe, expect, test } from 'vitest'
import { packView } from '../../client/state/pack-view.ts'
import { openRegroups, regroupView } from '../../client/state/regroup.ts'
import { nextPlace, regroupPlaces } from '../../client/state/regroup-places.ts'
import type { RunView, SeenPlace } from '../../client/state/run-view.ts'
import { noTrails } from '../../client/state/trails.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { RegroupAnswer } from '../../shared/run/regroup.ts'
import { wordKey } from '../../shared/run/words.ts'
import { HOUR_MS, type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { by, event, given, NOW_MS, type Past, runOf, wishes } from '../support/given-run.ts'
import { steady } from '../support/on-route.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, sets, stopped, sunday, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'
import { LENGTH_M, routeSet, seenAt, spotAtM, watched } from '../support/watched.ts'

const zhanna = p.person('zhanna')
const place: Place = { latitudeDeg: 51.1, longitudeDeg: 71.4 }
const called = (no = 1, more: object = {}) =>
  event({
    type: 'regroup-called',
    regroupId: p.regroup(no),
    groupId: null,
    place,
    atM: null,
    atMs: NOW_MS + 20 * MINUTE_MS,
    ...more,
  })
const call = (no = 1, more: object = {}) =>
  wishes({ ...called(no, more), type: 'call-regroup', name: 'The bridge' } as never)
const word = (no = 1) => ({ key: wordKey.regroup(p.regroup(no)), ownerId: null, text: 'The bridge' })
const over = (no = 1) => event({ type: 'regroup-ended', regroupId: p.regroup(no) })
const answer = (said: RegroupAnswer) => wishes({ type: 'answer-regroup', regroupId: p.regroup(1), answer: said })
const answered = (memberId: MemberId, said: RegroupAnswer) =>
  event({ type: 'regroup-answered', regroupId: p.regroup(1), memberId, answer: said })
const end = wishes({ type: 'end-regroup', regroupId: p.regroup(1) })
const withCall: readonly Past[] = [...underWay, by(lena, called())]
const ofRed: readonly Past[] = [
  ...underWay,
  p.groupAdded('red'),
  p.changed(aidar, 'runner', 'red'),
  by(lena, called(1, { groupId: p.group('red') })),
]

describe('calling', () => {
  test('[RG1] a leader calls all or a group to a place and a time, once', () => {
    given(...underWay)
      .when(call(), lena)
      .givesWithWords([word()], called())
    given(...withCall)
      .when(call(), lena)
      .givesNothing()
    given(...sunday)
      .when(call(), lena)
      .givesWithWords([word()], called())
    for (const id of [aidar, dana, mum])
      given(...underWay)
        .when(call(), id)
        .isRefused('not-for-your-role')
    given(...underWay, p.ended)
      .when(call(), lena)
      .isRefused('run-has-ended')
  })

  test.each([
    ['a group that is not there', { groupId: p.group('blue') }, 'no-such-thing', 'command.groupId'],
    ['a time long gone', { atMs: NOW_MS - HOUR_MS - 1 }, 'malformed', 'command.atMs'],
    ['a time after the run', { atMs: p.LATEST_END_MS + 1 }, 'malformed', 'command.atMs'],
    ['a place beyond the route', { atM: LENGTH_M + 1 }, 'malformed', 'command.atM'],
  ] as const)('[RG1] but not to %s', (_what, more, code, field) => {
    given(...underWay, routeSet)
      .when(call(1, more), lena)
      .isRefused(code, field)
  })

  test('[RG1] along the route where there is one', () => {
    given(...underWay, routeSet)
      .when(call(1, { atM: LENGTH_M }), lena)
      .givesWithWords([word()], called(1, { atM: LENGTH_M }))
    given(...underWay)
      .when(call(1, { atM: 100 }), lena)
      .isRefused('malformed', 'command.atM')
  })

  test('[RG2] the same people are called to one place at a time: another call ends the former', () => {
    given(...withCall)
      .when(call(2), lena)
      .givesWithWords([word(2)], over(1), called(2))
    given(...withCall, over(1))
      .when(call(2), lena)
      .givesWithWords([word(2)], called(2))
    given(...ofRed)
      .when(call(2), lena)
      .givesWithWords([word(2)], called(2))
  })

  test('[RG3] a leader says that it is over', () => {
    given(...withCall)
      .when(end, lena)
      .gives(over())
    given(...withCall, over())
      .when(end, lena)
      .givesNothing()
    given(...withCall)
      .when(end, aidar)
      .isRefused('not-for-your-role')
    given(...underWay)
      .when(end, lena)
      .isRefused('no-such-thing', 'command.regroupId')
  })
})

describe('answering', () => {
  test('[RG4] those called say whether they come; the last word counts', () => {
    given(...withCall)
      .when(answer('coming'), aidar)
      .gives(answered(aidar, 'coming'))
    const history = [...withCall, answered(aidar, 'coming')]
    given(...history)
      .when(answer('coming'), aidar)
      .givesNothing()
    given(...history)
      .when(answer('here'), aidar)
      .gives(answered(aidar, 'here'))
    expect(runOf(...history, answered(aidar, 'here')).regroups.get(p.regroup(1))?.answers).toEqual([
      { memberId: aidar, answer: 'here' },
    ])
  })

  test('[RG4] nobody else does, and who is not told of it knows of none', () => {
    given(...withCall)
      .when(answer('here'), mum)
      .isRefused('not-for-your-role')
    given(...ofRed)
      .when(answer('here'), dana)
      .isRefused('not-for-your-role')
    given(...ofRed)
      .when(answer('here'), madina)
      .isRefused('no-such-thing', 'command.regroupId')
  })

  test('[RG5] not once it is over, and it ends with the run', () => {
    given(...withCall, over())
      .when(answer('here'), aidar)
      .isRefused('already-ended')
    given(...withCall, p.ended)
      .when(answer('here'), aidar)
      .isRefused('run-has-ended')
    const openIn = (...history: Past[]) => openRegroups(viewOf(history)).map(({ regroupId }) => regroupId)
    const sooner = by(lena, called(2, { groupId: p.group('red'), atMs: NOW_MS }))
    expect(openIn(...withCall, sooner)).toEqual([p.regroup(2), p.regroup(1)])
    expect([openIn(...withCall, over()), openIn(...withCall, p.ended)]).toEqual([[], []])
  })
})

/** North of the place by so many metres, seen so long ago. */
const north = (metres: number, ageMs = 0, speedMps: number | null = null): SeenPlace => ({
  ...placed(metres / 111_195, 0, NOW_MS - ageMs),
  speedMps,
})

function shown(history: readonly Past[], places: readonly (readonly [MemberId, SeenPlace])[], nowMs = NOW_MS) {
  const view = viewOf(history, { places, words: [word()] })
  return regroupView(view, firstOf(view), null, nowMs)
}
const firstOf = (view: RunView) => [...view.run.regroups.values()][0] as NonNullable<ReturnType<typeof openRegroups>[0]>

describe('who is there, and who comes when', () => {
  test('[RG6] is here: by a new place within 60 m, by one’s own word, or seen there by somebody since the call', () => {
    const more = [...withCall, routeSet, p.joined(zhanna, 'runner', 7), sets(zhanna)]
    expect(
      shown(
        [...more, answered(madina, 'here')],
        [
          [aidar, north(59)],
          [zhanna, north(59, 2 * MINUTE_MS + 1)],
        ],
      ),
    ).toMatchObject({
      name: 'The bridge',
      hereCount: 2,
      comers: [
        { memberId: aidar, is: 'here' },
        { memberId: madina, is: 'here' },
        { memberId: zhanna, is: 'unknown' },
      ],
    })
    expect(shown(more, [[aidar, north(61)]])).toMatchObject({ hereCount: 0 })
    const sawThem = { atMs: NOW_MS, byId: dana, event: event({ type: 'members-seen', memberIds: [aidar], atM: 2_950 }) }
    const view = viewOf([...underWay, routeSet, by(lena, called(1, { atM: 3_000 })), sawThem])
    expect(regroupView(view, firstOf(view), null, NOW_MS).comers.map(({ is }) => is)).toEqual(['here', 'unknown'])
  })

  test('[RG7] along the route they come by their pace, the last one last', () => {
    const history = [...underWay, routeSet, by(lena, called(1, { atM: 3_000, place: spotAtM(3_000) }))]
    const motions = new Map([
      [aidar, steady(3)],
      [madina, steady(2.5)],
    ])
    const { view, outlook, nowMs } = watched(viewOf(history), motions, 600)
    const { comers, last, hereCount, missingIds } = regroupView(view, firstOf(view), outlook.pack, nowMs)
    expect([hereCount, missingIds]).toEqual([0, []])
    expect(comers.map(({ memberId, is }) => [memberId, is])).toEqual([
      [aidar, 'coming'],
      [madina, 'coming'],
    ])
    expect(((comers[0]?.eta?.atMs ?? 0) - nowMs) / SECOND_MS).toBeCloseTo((3_000 - 1_800) / 3, 0)
    expect(last).toEqual({ memberId: madina, atMs: comers[1]?.eta?.atMs })
  })

  test('[RG7] who has gone on past the place is said to have, and is missing there like the others', () => {
    const call = by(lena, called(1, { atM: 1_000, place: spotAtM(1_000) }))
    const { view, outlook, nowMs } = watched(viewOf([...underWay, routeSet, call]), new Map([[aidar, steady(3)]]), 600)
    const due = { ...firstOf(view), atMs: nowMs }
    const { comers, missingIds } = regroupView(view, due, outlook.pack, nowMs)
    expect(comers.map(({ memberId, is }) => [memberId, is])).toContainEqual([aidar, 'passed'])
    expect(missingIds).toContain(aidar)
  })

  test('[RG7] a doubtful place is no reason to guess: they come by their own word, or nobody can say', () => {
    const history = [
      ...underWay,
      routeSet,
      p.joined(zhanna, 'runner', 7),
      ...[zhanna, dana].map((id) => sets(id)),
      by(lena, called(1, { atM: 3_000, place: spotAtM(3_000) })),
      answered(madina, 'coming'),
    ]
    const doubt = { isOffRoute: true }
    const places = [
      [aidar, seenAt(1_500, NOW_MS)],
      [madina, seenAt(1_500, NOW_MS, doubt)],
      [zhanna, seenAt(1_500, NOW_MS, doubt)],
      [dana, seenAt(1_500, NOW_MS, doubt)],
    ] as const
    const view = viewOf(history, { places })
    const pack = packView(view, noTrails, null, NOW_MS)
    const { comers, last } = regroupView(view, firstOf(view), pack, NOW_MS)
    expect(comers.map(({ memberId, is, eta }) => [memberId, is, eta !== null])).toEqual([
      [madina, 'coming', false],
      [dana, 'coming', true],
      [aidar, 'coming', true],
      [zhanna, 'unknown', false],
    ])
    expect(last?.memberId).toBe(aidar)
  })

  test('[RG7] without a route by air line and speed, roughly, and of an old place nothing is said', () => {
    const { comers, last } = shown(withCall, [
      [aidar, north(900, 0, 3)],
      [madina, north(900, 2 * MINUTE_MS + 1, 3)],
    ])
    const secondsTo = (atMs: number | null | undefined) => Math.round(((atMs ?? 0) - NOW_MS) / SECOND_MS)
    const eta = comers[0]?.eta
    expect([eta?.earliestMs, eta?.atMs, eta?.latestMs].map(secondsTo)).toEqual([300, 390, 540])
    expect(comers[1]).toEqual({ memberId: madina, answer: null, is: 'unknown', eta: null })
    expect(last?.memberId).toBe(aidar)
  })

  test('[RG8] once the time has come whoever is neither there nor excused is missing; who is in is not', () => {
    const history = [
      ...withCall,
      p.joined(zhanna, 'runner', 7),
      sets(zhanna),
      sets(lena),
      answered(zhanna, 'not-coming'),
      sets(dana),
      stopped(dana),
    ]
    const places = [
      [lena, north(0, -20 * MINUTE_MS)],
      [aidar, north(900, -20 * MINUTE_MS)],
    ] as const
    expect(shown(history, places, NOW_MS + 20 * MINUTE_MS - 1).missingIds).toEqual([])
    expect(shown(history, places, NOW_MS + 20 * MINUTE_MS)).toMatchObject({ missingIds: [aidar, madina], hereCount: 1 })
  })

  test('[RG8] of a group only those of it are called', () => {
    const { comers, isForMe } = shown(ofRed, [])
    expect([comers.map(({ memberId }) => memberId), isForMe]).toEqual([[aidar], false])
  })

  test('[RG4] my answer counts on this phone before it is sent', () => {
    const view = viewOf([...withCall, answered(aidar, 'coming')], { by: aidar, waiting: [answer('here')] as never })
    expect(regroupView(view, firstOf(view), null, NOW_MS)).toMatchObject({ isForMe: true, myAnswer: 'here' })
  })
})

test('[RG1] a leader chooses among the points of the route, each time it passes them, its end, and where they are', () => {
  const bridge = { latitudeDeg: 51.2, longitudeDeg: 71.5 }
  const tap = { latitudeDeg: 51.3, longitudeDeg: 71.6 }
  const route = {
    points: [place, bridge],
    namedPoints: [
      { name: 'Tap', ...tap },
      { name: 'Bridge', ...bridge, atM: [1_000, 4_000] },
    ],
    lengthM: 5_000,
  }
  const view = viewOf(underWay, { places: [[lena, placed(0, 0)]] })
  expect(regroupPlaces(view, route, NOW_MS)).toEqual([
    { is: 'named', name: 'Bridge', place: bridge, atM: 1_000 },
    { is: 'named', name: 'Bridge', place: bridge, atM: 4_000 },
    { is: 'named', name: 'Tap', place: tap, atM: null },
    { is: 'end', name: null, place: bridge, atM: 5_000 },
    { is: 'here', name: null, place, atM: null },
  ])
  expect(regroupPlaces(viewOf(underWay), null, NOW_MS)).toEqual([])
})

test('[RG9] the place that is offered first is the next one before whoever calls, else before the first of the pack', () => {
  const there = (is: 'named' | 'here', atM: number | null) => ({ is, name: null, place, atM })
  const passes = [there('named', 1_000), there('named', 4_000)]
  expect(nextPlace([...passes, there('here', 1_200)], 0)).toBe(1)
  expect(nextPlace([...passes, there('here', 4_800)], 0)).toBe(0)
  expect(nextPlace(passes, 0)).toBe(0)
  expect(nextPlace(passes, 2_500)).toBe(1)
  expect(nextPlace([...passes, there('here', null)], 2_500)).toBe(1)
})
