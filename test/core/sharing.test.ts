import { expect, test } from 'vitest'
import { sharedAt } from '../../shared/run/questions.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { given, NOW_MS, runOf } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, started, sunday, underWay } from '../support/people.ts'

const EARLIEST_MS = p.START_MS - 45 * MINUTE_MS
const share = (sinceMs: number) => ({ type: 'start-sharing', sinceMs }) as const
const stopSharing = (untilMs: number) => ({ type: 'stop-sharing', untilMs }) as const
const sharedUntil = (toMs: number) => ({ type: 'sharing-stopped', memberId: aidar, toMs }) as const

test('[MB3] sharing starts at the earliest 45 minutes before the planned start, unless the run has begun', () => {
  given(...sunday)
    .when(share(0), aidar, { nowMs: EARLIEST_MS - 1 })
    .isRefused('too-early')
  given(...sunday)
    .when(share(EARLIEST_MS), aidar, { nowMs: EARLIEST_MS })
    .gives(p.sets(aidar, EARLIEST_MS))
  given(...sunday, started)
    .when(share(EARLIEST_MS - 1), aidar, { nowMs: EARLIEST_MS - 1 })
    .gives(p.sets(aidar, EARLIEST_MS - 1))
  given(...sunday, p.ended)
    .when(share(NOW_MS), aidar)
    .isRefused('run-has-ended')
})

test.each([
  ['the tap', NOW_MS - MINUTE_MS, NOW_MS - MINUTE_MS],
  ['45 minutes before the start, for a tap before it', EARLIEST_MS - 1, EARLIEST_MS],
  ['now, for a phone whose clock is ahead', NOW_MS + 1, NOW_MS],
])('[MB4] sharing holds from %s', (_when, sinceMs, fromMs) => {
  given(...sunday, started)
    .when(share(sinceMs), aidar)
    .gives(p.sets(aidar, fromMs))
})

test('[MB4] in a run that began early, sharing holds from the tap too', () => {
  const nowMs = p.START_MS - HOUR_MS
  given(...sunday, { event: started, atMs: nowMs - HOUR_MS })
    .when(share(nowMs - MINUTE_MS), aidar, { nowMs })
    .gives(p.sets(aidar, nowMs - MINUTE_MS))
})

test('[MB4] sharing does not begin again before it last ended', () => {
  given(...underWay, sharedUntil(NOW_MS - 5))
    .when(share(p.START_MS), aidar)
    .gives(p.sets(aidar, NOW_MS - 5))
})

test.each([
  ['at the tap', NOW_MS - 5, NOW_MS - 5],
  ['not before it began', 0, p.START_MS],
  ['not in the future', NOW_MS + 5, NOW_MS],
])('[MB4] sharing ends %s', (_when, untilMs, toMs) => {
  given(...underWay)
    .when(stopSharing(untilMs), aidar)
    .gives(sharedUntil(toMs))
})

test('[MB4] a repeated tap opens no second window and closes none twice', () => {
  given(...underWay)
    .when(share(NOW_MS), aidar)
    .givesNothing()
  given(...underWay, sharedUntil(NOW_MS))
    .when(stopSharing(NOW_MS), aidar)
    .givesNothing()
})

test('[MB4] a moment is shared inside a window, its edges included', () => {
  const history = [...underWay, sharedUntil(p.START_MS + 10), p.sets(aidar, p.START_MS + 20)]
  const member = runOf(...history).members.get(aidar)
  const moments = [-1, 0, 10, 11, 19, 20, 1_000].map((ms) => member && sharedAt(member, p.START_MS + ms))
  expect(moments).toEqual([false, true, true, false, false, true, true])
})
