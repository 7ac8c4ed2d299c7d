import { describe, expect, test } from 'vitest'
import { groupsOverview, paceFromText } from '../../client/state/groups.ts'
import type { SeenPlace } from '../../client/state/run-view.ts'
import { wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import { event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, sets, stopped, sunday, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'
import { nowAt, routeSet, seenAt } from '../support/watched.ts'

const red = p.group('red')
const about = { colour: '#00aa00', targetPaceMps: 3, leaderId: aidar, backMarkerId: madina }
const changed = event({ type: 'group-changed', groupId: red, ...about })
const change = (more: object = {}) =>
  wishes({ type: 'change-group', groupId: red, name: 'Slow', ...about, ...more } as never)
const word = { key: wordKey.group(red), ownerId: null, text: 'Slow' }
const withRed = [...underWay, p.groupAdded('red')]

describe('changing a group', () => {
  test('[GR1] a leader changes name, colour, pace, leader and back marker, also in the middle of the run', () => {
    given(...withRed)
      .when(change(), lena)
      .givesWithWords([word], changed)
    given(...sunday, p.groupAdded('red'))
      .when(change({ leaderId: null, backMarkerId: null }), lena)
      .givesWithWords([word], { ...changed, leaderId: null, backMarkerId: null })
    expect(runOf(...withRed, changed).groups.get(red)).toEqual({ groupId: red, ...about })
  })

  test('[GR1] nobody else does, nor after the end, nor of a group that is not there', () => {
    for (const id of [aidar, dana, mum])
      given(...withRed)
        .when(change(), id)
        .isRefused('not-for-your-role')
    given(...withRed, p.ended)
      .when(change(), lena)
      .isRefused('run-has-ended')
    given(...underWay)
      .when(change(), lena)
      .isRefused('no-such-thing', 'command.groupId')
  })

  test.each(['leaderId', 'backMarkerId'])('[GR2] its %s takes part in the run', (field) => {
    for (const id of [mum, p.person('nobody')])
      given(...withRed)
        .when(change({ [field]: id }), lena)
        .isRefused('no-such-thing', `command.${field}`)
    given(...withRed, { type: 'member-removed', memberId: dana })
      .when(change({ [field]: dana }), lena)
      .isRefused('no-such-thing', `command.${field}`)
  })
})

const [asel, bolat] = [p.person('asel'), p.person('bolat')]
/** Red, with a target of 3 m/s: Aidar, Madina, Asel and Bolat, who is in. Dana rides with it. */
const reds = [
  ...sunday,
  p.groupAdded('red'),
  p.groupAdded('blue'),
  routeSet,
  p.started,
  ...[aidar, madina].flatMap((id) => [p.changed(id, 'runner', 'red'), sets(id)]),
  ...[asel, bolat].flatMap((id, i) => [p.joined(id, 'runner', 7 + i, { groupId: red }), sets(id)]),
  p.changed(dana, 'cyclist', 'red'),
  sets(dana),
  stopped(bolat),
  changed,
]
const overview = (places: readonly (readonly [MemberId, SeenPlace])[], elapsedS = 600) =>
  groupsOverview(
    viewOf(reds, { places, words: [word, { ...word, key: wordKey.group(p.group('blue')), text: 'Walk' }] }),
    nowAt(elapsedS),
  )

describe('the groups at a glance', () => {
  const places = [
    [aidar, seenAt(1_700, nowAt(600), { speedMps: 3.2 })],
    [madina, seenAt(1_500, nowAt(600), { speedMps: 2.8 })],
    [asel, seenAt(1_100, nowAt(600), { speedMps: 2.5 })],
    [dana, seenAt(5_000, nowAt(600), { speedMps: 6 })],
  ] as const

  test('[GR3] count everybody who takes part once: out, in and not heard', () => {
    const [line, blue] = overview(places.slice(0, 2))
    expect(line).toMatchObject({ name: 'Slow', count: 5, outCount: 4, inCount: 1, unheardCount: 2 })
    expect(line).toMatchObject({ leaderId: aidar, backMarkerId: madina })
    expect(blue).toMatchObject({ name: 'Walk', count: 0, paceMps: null, spreadM: null, last: null, behindPlanMs: null })
  })

  test('[GR4] show the pace of the middle one who moves on foot, and how far behind the plan the middle is', () => {
    const [line] = overview(places)
    expect(line?.paceMps).toBe(2.8)
    expect(line?.behindPlanMs).toBe(((1_800 - 1_500) / 3) * 1_000)
    const standing = places.map(([id, place]) => [id, { ...place, progress: null, speedMps: 0.2 }] as const)
    expect(overview(standing)[0]).toMatchObject({ paceMps: null, behindPlanMs: null })
  })

  test('[GR5] show how long each is and who is last, of new places on the route alone', () => {
    expect(overview(places)[0]).toMatchObject({ spreadM: 600, last: { memberId: asel, atM: 1_100 } })
    const doubtful = [
      ...places.slice(0, 2),
      [asel, seenAt(1_100, nowAt(600), { isOffRoute: true })] as const,
      [bolat, seenAt(100, nowAt(600))] as const,
    ]
    expect(overview(doubtful)[0]).toMatchObject({ spreadM: 200, last: { memberId: madina, atM: 1_500 } })
    const unsure = [...places.slice(0, 2), [asel, seenAt(1_100, nowAt(600), { confidence: 0.3 })] as const]
    expect(overview(unsure)[0]).toMatchObject({ spreadM: 200, last: { memberId: madina, atM: 1_500 } })
    expect(overview(places, 600 + 121)[0]).toMatchObject({ paceMps: null, spreadM: null, last: null, unheardCount: 4 })
  })

  test('[GR2] whoever has left leads no group any more', () => {
    const view = viewOf([...reds, { type: 'member-removed', memberId: aidar }], { words: [word] })
    expect(groupsOverview(view, NOW_MS)[1]).toMatchObject({ leaderId: null, backMarkerId: madina, count: 4 })
  })

  test('[GR3] of 60 groups and 6,000 members in a moment', () => {
    const groups = Array.from({ length: 60 }, (_, i) => `g${i}x`)
    const people = Array.from({ length: 6_000 }, (_, i) => p.person(`n${i}x`))
    const view = viewOf(
      [
        ...sunday,
        routeSet,
        p.started,
        ...groups.map((name) => p.groupAdded(name)),
        ...people.flatMap((id, i) => [p.joined(id, 'runner', 7 + i, { groupId: p.group(`g${i % 60}x`) }), sets(id)]),
      ],
      { places: people.map((id, i) => [id, seenAt(i % 5_000, nowAt(600))]) },
    )
    const tookMs = Math.min(
      ...[1, 2, 3].map(() => {
        const beganMs = performance.now()
        expect(groupsOverview(view, nowAt(600)).map(({ count }) => count)).toEqual(groups.map(() => 100))
        return performance.now() - beganMs
      }),
    )
    expect(tookMs).toBeLessThan(300)
  })
})

test.each([
  ['6:10', 1_000 / 370],
  ['6', 1_000 / 360],
  ['6,5', 1_000 / 390],
  ['0:50', null],
  ['45', null],
  ['6:70', null],
  ['fast', null],
  ['', null],
])('[GR1] "%s" minutes for a kilometre are a pace', (typed, paceMps) => {
  expect(paceFromText(typed)).toBe(paceMps)
})

test('[GR5] nothing is told of a place that is not on the route', () => {
  const view = viewOf(reds, { places: [[aidar, placed(0, 0, nowAt(600))]], words: [word] })
  expect(groupsOverview(view, nowAt(600))[1]).toMatchObject({ unheardCount: 3, spreadM: null, paceMps: null })
})
