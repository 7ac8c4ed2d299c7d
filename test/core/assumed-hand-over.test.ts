import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../shared/run/events.ts'
import type { Stock } from '../../shared/run/stock.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { type Moves, type Played, played, rides, still, turnsAt, when } from '../support/claim-world.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, raised, START_MS, sets, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const met = event({ type: 'request-met', requestId })
const denied = event({ type: 'request-denied', requestId })
const assumed = event({ type: 'request-assumed', requestId })
const unassumed = event({ type: 'request-unassumed', requestId })
const deny = wishes({ type: 'deny-hand-over', requestId })
const undo = wishes({ type: 'undo-assumed', requestId })
const confirm = wishes({ type: 'confirm-delivered', requestId })
const wake = wishes({ type: 'wake' })
const seesMet = (cyclistId = dana) => wishes({ type: 'observe', observations: [{ is: 'met', requestId, cyclistId }] })

const claimedByDana = [...underWay, sets(dana), sets(timur), raised(1, aidar), claimed(1, dana)]
const haveMet = [...claimedByDana, at(START_MS, met)]
const wasAssumed = [...haveMet, assumed]

const stockOf = (count: number, emptiesCount: number): Stock => ({
  pieces: [{ kind: 'water', count, forId: null }],
  emptiesCount,
})
const stock = (told: Stock, reason: 'set' | 'given' | 'given-back', memberId = dana): RunEvent =>
  p.carries(memberId, told, reason)

/** Comes, is there for so many seconds, and leaves. */
const visit = (forS: number, awayM = 5): Moves =>
  turnsAt(60, rides(300, awayM), turnsAt(forS, still(awayM), rides(awayM, 600)))
const meetings = (danas: Moves, more: Partial<Played> = {}) =>
  played({
    history: claimedByDana,
    moves: new Map<MemberId, Moves>([
      [aidar, still(0)],
      [dana, danas],
    ]),
    untilS: 200,
    ...more,
  })

describe('claimer and runner', () => {
  test('[LE8] who were within 20 m for 15 s and have parted are asked once', () => {
    // Within 20 m at 60, 65, 70, 75 and 80 s; 40 m apart and more from 90 s on.
    expect(when(meetings(visit(20)).told, 'request-met')).toEqual([90])
    expect(when(meetings(visit(20), { nodes: 3, accuracyM: 30 }).told, 'request-met')).toEqual([90])
    given(...haveMet)
      .when(seesMet(), null)
      .givesNothing()
    given(...claimedByDana)
      .when(seesMet(timur), null)
      .givesNothing()
  })

  test('[LE8] who only passed, were not so near, or are told by bad fixes are not; nor before they have parted', () => {
    expect(when(meetings(visit(5)).told, 'request-met')).toEqual([])
    expect(when(meetings(visit(10)).told, 'request-met')).toEqual([])
    expect(when(meetings(visit(60, 25)).told, 'request-met')).toEqual([])
    expect(when(meetings(visit(20), { accuracyM: 31 }).told, 'request-met')).toEqual([])
    expect(when(meetings(visit(600)).told, 'request-met')).toEqual([])
  })

  test('[LE8] a fix that is looked at again makes no time pass', () => {
    const once: Moves = (s) => (s < 60 ? 300 : s === 60 ? 5 : s < 85 ? null : 300)
    expect(when(meetings(once).told, 'request-met')).toEqual([])
  })

  test('[LE8] who do not answer for three minutes count as served', () => {
    const late = (nowMs: number) => given(...haveMet).when(wake, null, { nowMs })
    late(START_MS + 3 * MINUTE_MS - 1).givesNothing()
    late(START_MS + 3 * MINUTE_MS).gives(assumed)
    const { told, run, idleCount } = meetings(visit(20), { untilS: 600 })
    expect(idleCount).toBe(0)
    expect(told.map(({ s, event }) => [s, event.type])).toEqual([
      [90, 'request-met'],
      [270, 'request-assumed'],
    ])
    expect(run.requests.get(requestId)).toMatchObject({
      status: 'delivered',
      isAssumed: true,
      cyclistId: dana,
      endedAtMs: START_MS + 270_000,
    })
  })

  test('[LE8] who have met are not doubted, and a doubt ends when they meet', () => {
    const doubted = event({ type: 'request-doubted', requestId, reason: 'not-approaching' })
    expect(runOf(...claimedByDana, doubted, met).requests.get(requestId)?.doubt).toBeNull()
    given(...haveMet)
      .when(
        { type: 'observe', observations: [{ is: 'claim-doubted', requestId, cyclistId: dana, reason: 'silent' }] },
        null,
      )
      .givesNothing()
  })

  test('[LE8] who say no go on as before, and are asked again when they have met again', () => {
    for (const id of [aidar, dana])
      given(...haveMet)
        .when(deny, id)
        .gives(denied)
    given(...haveMet, denied)
      .when(deny, dana)
      .givesNothing()
    given(...haveMet, denied)
      .when(wake, null, { nowMs: START_MS + 5 * MINUTE_MS })
      .givesNothing()
    given(...haveMet)
      .when(deny, timur)
      .isRefused('not-for-your-role')
    const { told: atOnce } = meetings(visit(20), { taps: [[95, dana, deny]] })
    expect(when(atOnce, 'request-met')).toEqual([90])
    const twice = turnsAt(150, visit(20), visit(20))
    const { told } = meetings(twice, { untilS: 320, taps: [[100, aidar, deny]] })
    expect(told.map(({ s, event }) => [s, event.type])).toEqual([
      [90, 'request-met'],
      [100, 'request-denied'],
      [240, 'request-met'],
    ])
  })

  test('[LE8] yes by either is a delivery like any other', () => {
    given(...haveMet)
      .when(confirm, aidar)
      .gives({ type: 'request-delivered', requestId, cyclistId: dana, handOverId: null, distanceM: null })
    const handOverId = p.handOver(1)
    const about = { handOverId, runnerId: aidar, kind: 'water', quantity: 1 } as const
    given(...haveMet)
      .when({ type: 'record-hand-over', ...about }, dana)
      .gives(
        { type: 'handed-over', ...about, cyclistId: dana, requestId },
        { type: 'request-delivered', requestId, cyclistId: dana, handOverId, distanceM: null },
      )
  })
})

test.each(['help', 'first-aid', 'mechanical'] as const)('[LE9] nothing is assumed of %s', (kind) => {
  const history = [...underWay, sets(dana), raised(1, aidar, { kind }), claimed(1, dana)]
  expect(when(meetings(visit(20), { history }).told, 'request-met')).toEqual([])
  given(...history)
    .when(seesMet(), null)
    .givesNothing()
})

describe('what was assumed', () => {
  test('[LE10] is taken back by either of the two or a leader, and is claimed as before', () => {
    for (const id of [aidar, dana, lena])
      given(...wasAssumed)
        .when(undo, id)
        .gives(unassumed)
    given(...wasAssumed)
      .when(undo, timur)
      .isRefused('not-for-your-role')
    expect(runOf(...wasAssumed, unassumed).requests.get(requestId)).toMatchObject({
      status: 'claimed',
      cyclistId: dana,
      endedAtMs: null,
      isAssumed: false,
      isMetDenied: true,
    })
    given(...wasAssumed, unassumed)
      .when(undo, dana)
      .givesNothing()
  })

  test('[LE10] a no that comes too late takes it back as well', () => {
    given(...wasAssumed)
      .when(deny, aidar)
      .gives(unassumed)
  })

  test('[LE10] not when something else ended it, the runner has asked again or is home, or the run is over', () => {
    const delivered = event({
      type: 'request-delivered',
      requestId,
      cyclistId: dana,
      handOverId: null,
      distanceM: null,
    })
    for (const wish of [undo, deny])
      given(...claimedByDana, delivered)
        .when(wish, aidar)
        .isRefused('already-ended')
    given(...wasAssumed, raised(2, aidar))
      .when(undo, aidar)
      .isRefused('already-open')
    given(...wasAssumed, p.stopped(aidar))
      .when(undo, dana)
      .isRefused('not-out')
    given(...wasAssumed, p.ended)
      .when(undo, aidar)
      .isRefused('run-has-ended')
    given(...wasAssumed, raised(2, madina))
      .when(wishes({ type: 'undo-assumed', requestId: p.request(2) }), madina)
      .givesNothing()
  })

  test('[LE10] when whoever brought it has left since, it is open for all', () => {
    const released = event({ type: 'request-released', requestId, reason: 'helper-left' })
    for (const left of [p.stopped(dana), p.changed(dana, 'runner', null)]) {
      given(...wasAssumed, left, p.joined(p.person('erlan'), 'cyclist', 7))
        .when(undo, aidar)
        .gives(unassumed, released)
      given(...wasAssumed, left)
        .when(undo, aidar)
        .gives(unassumed, released, claimed(1, timur, { isAutomatic: true }))
    }
    expect(runOf(...wasAssumed, unassumed, released).requests.get(requestId)).toMatchObject({
      status: 'open',
      cyclistId: null,
    })
  })

  test('[LE11] comes off their stock, and goes back there with the undo', () => {
    const [before, left] = [stockOf(3, 0), stockOf(2, 1)]
    given(...haveMet, stock(before, 'set'))
      .when(wake, null, { nowMs: START_MS + 3 * MINUTE_MS })
      .gives(assumed, stock(left, 'given'))
    given(...haveMet, stock(before, 'set'), assumed, stock(left, 'given'))
      .when(undo, aidar)
      .gives(unassumed, stock(before, 'given-back'))
  })

  test('[LE11] of two things at once each comes off', () => {
    const second = [
      at(START_MS + 1, raised(2, madina)),
      claimed(2, dana),
      at(START_MS, { ...met, requestId: p.request(2) }),
    ]
    given(...haveMet, ...second, stock(stockOf(3, 0), 'set'))
      .when(wake, null, { nowMs: START_MS + 3 * MINUTE_MS })
      .gives(
        assumed,
        stock(stockOf(2, 1), 'given'),
        { ...assumed, requestId: p.request(2) },
        stock(stockOf(1, 2), 'given'),
      )
  })
})

test('[HO2] somebody else’s hand-over ends what the two were asked about', () => {
  const about = { handOverId: p.handOver(1), runnerId: aidar, kind: 'water', quantity: 1 } as const
  given(...haveMet)
    .when({ type: 'record-hand-over', ...about }, timur)
    .gives(
      { type: 'handed-over', ...about, cyclistId: timur, requestId },
      { type: 'request-delivered', requestId, cyclistId: timur, handOverId: about.handOverId, distanceM: null },
    )
})

test('[RQ1] a wish that was made without network an hour ago counts when it comes', () => {
  const water = { type: 'raise-request', requestId, kind: 'water', quantity: 1, note: null } as const
  given(...underWay)
    .when(wishes(water), aidar, { nowMs: NOW_MS })
    .gives(raised(1, aidar))
})
