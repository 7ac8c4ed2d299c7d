import { expect, test } from 'vitest'
import { bothTogether, keptFixes } from '../../client/net/own-fixes.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import { isServed, serviceLog, serviceOf } from '../../client/state/after-log.ts'
import { alertCounts, forgottenAtMs, peopleAfter, ticksOf } from '../../client/state/after-run.ts'
import { at, by } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import {
  aidar,
  claimed,
  dana,
  delivered,
  ended,
  handedOver,
  lena,
  madina,
  raised,
  START_MS,
  timur,
  underWay,
} from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'

const later = (minutes: number) => START_MS + minutes * 60_000

const served = [
  ...underWay,
  at(later(10), raised(1, aidar)),
  at(later(11), claimed(1, dana)),
  at(later(14), delivered(1, dana, { handOverId: p.handOver(1) })),
  at(later(14), handedOver(1, { requestId: p.request(1) })),
  at(later(20), handedOver(2, { runnerId: madina, cyclistId: timur, kind: 'gel', quantity: 2 })),
  at(later(30), raised(2, madina, { kind: 'snack' })),
  at(later(31), claimed(2, timur)),
  at(later(38), { type: 'request-assumed', requestId: p.request(2) } as const),
  at(later(40), raised(3, aidar, { kind: 'gel' })),
  at(later(41), { type: 'request-cancelled', requestId: p.request(3), reason: 'by-author' } as const),
  at(later(50), raised(4, madina)),
  at(later(60), raised(5, aidar, { kind: 'help' })),
  at(later(66), { type: 'request-closed', requestId: p.request(5), distanceM: null } as const),
  at(later(70), { type: 'request-cancelled', requestId: p.request(4), reason: 'run-ended' } as const),
  at(later(70), ended),
]

test('[AF7] the service log tells once who brought what to whom and how long they had waited', () => {
  const log = serviceLog(viewOf(served), 'everybody')
  expect(
    log.map(({ runner, helper, kind, quantity, waitMs, outcome }) => [
      runner,
      helper,
      kind,
      quantity,
      waitMs && waitMs / 60_000,
      outcome,
    ]),
  ).toEqual([
    ['Aidar', 'Dana', 'water', 1, 4, 'given'],
    ['Madina', 'Timur', 'gel', 2, null, 'given'],
    ['Madina', 'Timur', 'snack', 1, 8, 'assumed'],
    ['Aidar', null, 'gel', 1, 1, 'taken-back'],
    ['Aidar', null, 'help', 1, 6, 'helped'],
    ['Madina', null, 'water', 1, 20, 'unserved'],
  ])
  expect(log.filter(isServed)).toHaveLength(4)
})

test('[AF7] one’s own log is what one asked for, got or brought', () => {
  const kinds = (by: typeof aidar) => serviceLog(viewOf(served, { by }), 'mine').map(({ kind }) => kind)
  expect(kinds(aidar)).toEqual(['water', 'gel', 'help'])
  expect(kinds(timur)).toEqual(['gel', 'snack'])
  expect(kinds(lena)).toEqual([])
})

test('[AF7] in figures a wish taken back counts nowhere, and calls for help are counted apart', () => {
  const { longest, ...figures } = serviceOf(serviceLog(viewOf(served), 'everybody'))
  expect(figures).toEqual({ served: 3, unasked: 1, unserved: 1, medianWaitMs: 4 * 60_000, calls: 1 })
  expect(longest).toMatchObject({ runner: 'Madina', waitMs: 8 * 60_000 })
  expect(serviceOf([])).toEqual({ served: 0, unasked: 0, unserved: 0, medianWaitMs: null, longest: null, calls: 0 })
})

test('[AF8] of everybody it is told how it ended for them, and how long they were out', () => {
  const history = [
    ...underWay,
    at(later(0), p.sets(lena)),
    at(later(0), p.sets(timur)),
    at(later(80), { ...p.stopped(aidar, later(80)), reason: 'got-a-lift' } as const),
    at(later(100), { type: 'run-ended', reason: 'by-leader', missing: [madina], missingGuestCount: 0 }),
  ]
  const told = peopleAfter(viewOf(history), later(200)).map(({ name, ending, tookMs }) => [
    name,
    ending,
    tookMs && tookMs / 60_000,
  ])
  expect(told).toEqual([
    ['Lena', 'finished', 100],
    ['Aidar', 'got-a-lift', 80],
    ['Madina', 'missing', 100],
    ['Dana', 'did-not-start', null],
    ['Timur', 'finished', 100],
  ])
  expect(peopleAfter(viewOf(history.slice(0, -1)), later(90))[2]).toMatchObject({ ending: 'out', tookMs: 90 * 60_000 })
})

test('[AF8] alerts are counted by their rule, and those that were nothing too; ticks by people and times', () => {
  const alert = (no: number, memberId: typeof aidar) =>
    ({ type: 'alert-raised', alertId: p.alert(no), rule: 'stopped', memberId, value: 5, sinceMs: later(5) }) as const
  const view = viewOf([
    ...underWay,
    alert(1, aidar),
    alert(2, madina),
    { type: 'alert-answered', alertId: p.alert(2), answer: 'fine' },
    { type: 'alert-raised', alertId: p.alert(3), rule: 'split-pack', memberId: null, value: 900, sinceMs: later(6) },
    by(lena, { type: 'members-seen', memberIds: [aidar, madina], atM: null }),
    by(lena, { type: 'members-seen', memberIds: [aidar], atM: null }),
  ])
  expect(alertCounts(view)).toEqual([
    { rule: 'stopped', count: 2, fineCount: 1 },
    { rule: 'split-pack', count: 1, fineCount: 0 },
  ])
  expect(ticksOf(view)).toEqual({ people: 2, times: 3 })
})

test('[AF8] when all of it is deleted is known once the run is over', () => {
  expect(forgottenAtMs(viewOf(underWay))).toBeNull()
  expect(forgottenAtMs(viewOf([...underWay, at(later(100), ended)]))).toBe(later(100) + p.RETENTION_MS)
})

test('[AF9] one’s own track is what the server has, and what only this phone has yet', async () => {
  const storage = memoryPhoneStorage()
  const fix = (seq: number, accuracyM = 5) => ({
    seq,
    latitudeDeg: 51,
    longitudeDeg: 71,
    takenAtMs: START_MS + seq * 5_000,
    accuracyM,
  })
  await storage.set('fixes/abc/000000', [fix(1), fix(2), fix(3, 400)])
  await storage.set('fixes/abc/000001', [fix(4)])
  await storage.set('own-way', { layout: 1 })
  const kept = await keptFixes(storage)
  expect(kept.map(({ takenAtMs }) => (takenAtMs - START_MS) / 5_000).sort()).toEqual([1, 2, 4])
  expect(bothTogether(null, kept)).toEqual(kept)
  const stored = { fixes: [fix(9)], unbelievedAtMs: new Set([START_MS + 10_000]) }
  const both = bothTogether(stored, kept).map(({ takenAtMs }) => (takenAtMs - START_MS) / 5_000)
  expect(both.sort()).toEqual([1, 4, 9])
})
