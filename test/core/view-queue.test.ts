import { describe, expect, test } from 'vitest'
import { type CyclistQueue, isPair, noQueue, queueAfter } from '../../client/state/cyclist-queue.ts'
import { noMeetings } from '../../client/state/meetings.ts'
import { noProposals, type Proposals } from '../../client/state/proposals.ts'
import { noOrder, orderAfter, type Ranked } from '../../client/state/queue-order.ts'
import type { RunView } from '../../client/state/run-view.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { at, type Past } from '../support/given-run.ts'
import {
  aidar,
  alert,
  claimed,
  dana,
  joined,
  madina,
  person,
  planned,
  raised,
  request,
  START_MS,
  sets,
  started,
  stopped,
  timur,
  underWay,
} from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'
import { nowAt, routeSet, seenAt } from '../support/watched.ts'

const zhanna = person('zhanna')
const people: readonly Past[] = [...underWay, routeSet, sets(dana), joined(zhanna, 'runner', 7), sets(zhanna)]
const NOW_S = 600
const NOW_MS = nowAt(NOW_S)
const ago = (minutes: number) => NOW_MS - minutes * MINUTE_MS

const seen = (history: readonly Past[], alongM: readonly (readonly [MemberId, number])[] = [], by = dana): RunView => ({
  ...viewOf([...people, ...history], { by }),
  places: new Map(alongM.map(([memberId, atM]) => [memberId, seenAt(atM, NOW_MS)])),
})
const known = (pass: Proposals['pass'] = []) => ({ meetings: noMeetings, proposals: { ...noProposals, pass } })
const stop = (no: number, runnerId: MemberId, inMs = MINUTE_MS): Proposals['pass'][number] => ({
  requestId: request(no),
  runnerId,
  isProposed: true,
  atMs: NOW_MS + inMs,
  atM: null,
  rideM: 100,
})
const queueFor = (view: RunView, pass: Proposals['pass'] = [], before: CyclistQueue = noQueue, nowMs = NOW_MS) =>
  queueAfter(before, view, known(pass), nowMs)
const keys = ({ rows }: CyclistQueue) => rows.map(({ key }) => key)

const plan = (memberId: MemberId, every: { everyMs: number | null; everyM: number | null }): RunEvent => ({
  type: 'drink-plan-set',
  memberId,
  plan: { ...every, drinkMl: 200, carbGPerH: null },
})
const alertAbout = (no: number, memberId: MemberId): RunEvent => ({
  type: 'alert-raised',
  alertId: alert(no),
  rule: 'off-route',
  memberId,
  value: null,
  sinceMs: START_MS,
})

describe('the queue of a cyclist', () => {
  test('[DI1] has help, first aid, mine, for me, nobody’s, others’, who is due soon, and what a leader sent', () => {
    const history: Past[] = [
      at(ago(9), raised(1, madina)),
      claimed(1, timur),
      at(ago(1), raised(2, aidar)),
      at(ago(1), raised(3, aidar, { kind: 'gel' })),
      at(ago(1), raised(4, aidar, { kind: 'salt' })),
      claimed(4, dana),
      at(ago(1), raised(5, madina, { kind: 'first-aid' })),
      raised(6, aidar, { kind: 'help' }),
      plan(zhanna, { everyMs: 12 * MINUTE_MS, everyM: null }),
      alertAbout(1, madina),
      { type: 'alert-sent', alertId: alert(1), toId: dana },
    ]
    const { rows } = queueFor(seen(history), [stop(3, aidar)])
    expect(rows.map(({ key }) => key)).toEqual([...[6, 5, 4, 3, 2, 1].map(request), `due ${zhanna}`, alert(1)])
    expect(rows.map((row) => row.is === 'request' && row.isForMe)).toEqual([
      false,
      false,
      false,
      true,
      ...Array(4).fill(false),
    ])
  })

  test('[DI1] each says who, where along the route, and how far', () => {
    const { rows } = queueFor(
      seen(
        [raised(1, aidar)],
        [
          [dana, 1_000],
          [aidar, 1_600],
        ],
      ),
    )
    expect(rows).toMatchObject([
      { runnerId: aidar, atM: 1_600, way: { distanceM: expect.closeTo(600, 0) }, entry: { runner: 'Aidar' } },
    ])
  })

  test('[DI2] a minute of waiting counts like two of riding', () => {
    const nearAndNew = at(ago(0), raised(1, aidar))
    const places = [
      [dana, 0],
      [aidar, 300],
      [madina, 3_000],
    ] as const
    // 2,700 m more are 700 s to ride, and weigh as much as 351 s of waiting.
    expect(keys(queueFor(seen([nearAndNew, at(NOW_MS - 340_000, raised(2, madina))], places)))).toEqual(
      [1, 2].map(request),
    )
    expect(keys(queueFor(seen([nearAndNew, at(NOW_MS - 360_000, raised(2, madina))], places)))).toEqual(
      [2, 1].map(request),
    )
  })

  test('[DI4] whoever is due by plan within 5 min or 800 m is there, not who has asked, nor who has stopped', () => {
    const due = (every: { everyMs: number | null; everyM: number | null }, ...more: Past[]) =>
      keys(queueFor(seen([plan(aidar, every), ...more], [[aidar, 3_000]])))
    const byTime = (minutes: number) => ({ everyMs: minutes * MINUTE_MS, everyM: null })
    expect(due(byTime(15))).toEqual([`due ${aidar}`])
    expect(due(byTime(16))).toEqual([])
    expect(due({ everyMs: null, everyM: 3_800 })).toEqual([`due ${aidar}`])
    expect(due({ everyMs: null, everyM: 3_900 })).toEqual([])
    expect(due(byTime(15), raised(1, aidar))).toEqual([request(1)])
    expect(due(byTime(15), stopped(aidar))).toEqual([])
    expect(due(byTime(15), { type: 'helping-set', memberId: dana, kind: 'bike', state: 'refilling' })).toEqual([])
  })

  test('[DI18] who is due says when they are proposed to me', () => {
    const view = seen([plan(aidar, { everyMs: 12 * MINUTE_MS, everyM: null })])
    const isForMe = (pass: Proposals['pass']) => queueFor(view, pass).rows.map((row) => row.is === 'due' && row.isForMe)
    expect(isForMe([{ ...stop(1, aidar), requestId: null }])).toEqual([true])
    expect(isForMe([])).toEqual([false])
  })

  test('[DI5] an alert is there only when a leader sent it to me, until it is cleared', () => {
    const shown = (...more: RunEvent[]) => keys(queueFor(seen([alertAbout(1, madina), ...more])))
    const sentTo = (toId: MemberId): RunEvent => ({ type: 'alert-sent', alertId: alert(1), toId })
    expect(shown()).toEqual([])
    expect(shown(sentTo(timur))).toEqual([])
    expect(shown(sentTo(dana))).toEqual([alert(1)])
    expect(shown(sentTo(dana), { type: 'alert-cleared', alertId: alert(1), over: 'over' })).toEqual([])
  })

  test('[DI1] there is none for a runner', () => {
    expect(queueFor(seen([raised(1, aidar)], [], aidar))).toBe(noQueue)
  })

  test('[DI15] with two people there is no heading', () => {
    const two = [planned, joined(aidar, 'runner', 1), joined(dana, 'cyclist', 2), started]
    expect(isPair(viewOf(two))).toBe(true)
    expect(isPair(viewOf([...two, joined(person('mum'), 'watcher', 3)]))).toBe(true)
    expect(isPair(viewOf([...two, joined(madina, 'runner', 3)]))).toBe(false)
  })
})

describe('under the thumb', () => {
  const row = (key: string, costMs: number, more: Partial<Ranked> = {}): Ranked => ({
    key,
    rank: 1,
    costMs,
    sizeMs: 100_000,
    ...more,
  })
  const first = orderAfter(noOrder, [row('a', 0), row('b', 50_000)], NOW_MS)

  test('[DI3] a row moves up when two looks say that it is clearly better, and not for less', () => {
    expect(first.keys).toEqual(['a', 'b'])
    const better = [row('a', 50_000), row('b', 0)]
    const once = orderAfter(first, better, NOW_MS + 5_000)
    expect(once.keys).toEqual(['a', 'b'])
    const between = orderAfter(once, better, NOW_MS + 9_000)
    expect(between.keys).toEqual(['a', 'b'])
    expect(orderAfter(between, better, NOW_MS + 10_000).keys).toEqual(['b', 'a'])
    const calm = orderAfter(once, [row('a', 0), row('b', 0)], NOW_MS + 10_000)
    expect(orderAfter(calm, better, NOW_MS + 15_000).keys).toEqual(['a', 'b'])
  })

  test.each([
    ['half a minute', row('b', 21_000), false],
    ['half a minute, and a fifth', row('b', 15_000), true],
    ['a fifth', row('b', 15_000, { sizeMs: 200_000 }), false],
  ])('[DI3] clearly better is more than %s', (_what, b, moves) => {
    let order = first
    for (const s of [5, 10]) order = orderAfter(order, [row('a', 50_000), b], NOW_MS + s * 1_000)
    expect(order.keys).toEqual(moves ? ['b', 'a'] : ['a', 'b'])
  })

  test('[DI3] whoever is new comes last in their rank, a call for help on top at once', () => {
    const more = [
      row('a', 0),
      row('b', 50_000),
      row('new', -900_000),
      row('help', 0, { rank: 0 }),
      row('due', 0, { rank: 2 }),
    ]
    expect(orderAfter(first, more, NOW_MS + 1_000).keys).toEqual(['help', 'a', 'b', 'new', 'due'])
  })

  test('[DI3] a claim counts at once, and who is gone is gone', () => {
    expect(orderAfter(first, [row('a', 0), row('b', 50_000, { rank: 0 })], NOW_MS + 1_000).keys).toEqual(['b', 'a'])
    expect(orderAfter(first, [row('b', 50_000)], NOW_MS + 1_000).keys).toEqual(['b'])
  })

  test('[DI3] what a phone shows stays in its order while people move a little', () => {
    const view = (aidarM: number, madinaM: number) =>
      seen(
        [raised(1, aidar), raised(2, madina)],
        [
          [dana, 1_000],
          [aidar, aidarM],
          [madina, madinaM],
        ],
      )
    let queue = queueFor(view(1_200, 1_250))
    expect(keys(queue)).toEqual([1, 2].map(request))
    for (let s = 1; s <= 30; s++) queue = queueFor(view(1_260, 1_200), [], queue, NOW_MS + s * 1_000)
    expect(keys(queue)).toEqual([1, 2].map(request))
    for (let s = 31; s <= 60; s++) queue = queueFor(view(2_800, 1_200), [], queue, NOW_MS + s * 1_000)
    expect(keys(queue)).toEqual([2, 1].map(request))
  })
})
