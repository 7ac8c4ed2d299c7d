import { describe, expect, test } from 'vitest'
import type { Place } from '../../shared/geo/fix.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, raised, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const about = (type: 'claim' | 'release' | 'cancel' | 'close') => wishes({ type: `${type}-request`, requestId })
const gotIt = wishes({ type: 'confirm-delivered', requestId })
const asked = [...underWay, raised(1, aidar)]
const broken = [...underWay, raised(1, aidar, { kind: 'mechanical' })]
const cancelled = event({ type: 'request-cancelled', requestId, reason: 'by-author' })
const released = event({ type: 'request-released', requestId, reason: 'by-cyclist' })
const delivered = p.delivered(1, null)
const closed = event({ type: 'request-closed', requestId, distanceM: null })

/** Dana is 250 m north of Aidar, more or less. */
const placeOf = (id: string): Place | undefined =>
  ({ [aidar]: { latitudeDeg: 51.1, longitudeDeg: 71.4 }, [dana]: { latitudeDeg: 51.10226, longitudeDeg: 71.4 } })[id]

describe('ending', () => {
  test('[RQ8] the author takes it back, or a leader', () => {
    given(...asked, claimed(1, dana))
      .when(about('cancel'), aidar)
      .gives(cancelled)
    given(...asked, claimed(1, dana))
      .when(about('cancel'), lena)
      .gives(event({ type: 'request-cancelled', requestId, reason: 'by-leader' }))
    given(...asked)
      .when(about('cancel'), dana)
      .isRefused('not-for-your-role')
    given(...asked, cancelled)
      .when(about('cancel'), aidar)
      .givesNothing()
    given(...asked, delivered)
      .when(about('cancel'), aidar)
      .isRefused('already-ended')
  })

  test('[RQ9] the author says "got it", claimed or not', () => {
    given(...asked)
      .when(gotIt, aidar)
      .gives(delivered)
    given(...asked, claimed(1, dana))
      .when(gotIt, aidar, { placeOf })
      .gives({ ...delivered, cyclistId: dana, distanceM: 250 })
    given(...asked)
      .when(gotIt, dana)
      .isRefused('not-for-your-role')
    given(...asked, delivered)
      .when(gotIt, aidar)
      .givesNothing()
    given(...asked, cancelled)
      .when(gotIt, aidar)
      .isRefused('already-ended')
  })

  test('[RQ10] a helper closes what is done; a thing is handed over instead', () => {
    given(...broken)
      .when(about('close'), dana, { placeOf })
      .gives({ ...closed, distanceM: 250 })
    given(...broken, closed)
      .when(about('close'), dana)
      .givesNothing()
    given(...broken, cancelled)
      .when(about('close'), dana)
      .isRefused('already-ended')
    given(...broken)
      .when(about('close'), aidar)
      .isRefused('not-for-your-role')
    given(...underWay, raised(1, dana, { kind: 'mechanical' }))
      .when(about('close'), dana)
      .isRefused('not-for-your-role')
    given(...asked)
      .when(about('close'), dana)
      .isRefused('no-such-thing')
    const run = runOf(...broken, { event: closed, byId: dana, atMs: NOW_MS })
    expect(run.requests.get(requestId)).toMatchObject({ status: 'closed', cyclistId: dana, endedAtMs: NOW_MS })
  })

  test('[RQ12] it never expires: unserved for 15 minutes it goes to the leader, once', () => {
    const escalated = event({ type: 'request-escalated', requestId })
    const wake = wishes({ type: 'wake' })
    const dueMs = NOW_MS + 15 * MINUTE_MS
    const history = [...underWay, at(NOW_MS, raised(1, aidar)), claimed(1, dana)]
    given(...history)
      .when(wake, null, { nowMs: dueMs - 1 })
      .givesNothing()
    given(...history)
      .when(wake, null, { nowMs: dueMs })
      .gives(escalated)
    given(...history, at(dueMs, escalated))
      .when(wake, null, { nowMs: dueMs + 60 * MINUTE_MS })
      .givesNothing()
    expect(runOf(...history, at(dueMs, escalated)).requests.get(requestId)).toMatchObject({
      status: 'claimed',
      escalatedAtMs: dueMs,
    })
  })

  test('[RQ15] a wish goes with its author', () => {
    given(...asked, claimed(1, dana))
      .when({ type: 'stop', memberId: aidar, reason: 'finished', untilMs: NOW_MS }, aidar)
      .gives({ ...cancelled, reason: 'author-left' }, p.stopped(aidar, NOW_MS))
  })

  test('[RQ16] what a helper had promised is offered again when they leave', () => {
    given(...asked, raised(2, madina), claimed(1, dana), claimed(2, timur), p.joined(p.person('erlan'), 'cyclist', 9))
      .when({ type: 'stop', memberId: dana, reason: 'finished', untilMs: NOW_MS }, dana)
      .gives({ ...released, reason: 'helper-left' }, p.stopped(dana, NOW_MS))
  })

  test.each([about('claim'), about('release'), about('cancel'), about('close'), gotIt])(
    '[RQ14] what one may not see does not exist: $type',
    (wish) => {
      given(...asked)
        .when(wish, madina)
        .isRefused('no-such-thing', 'command.requestId')
      given(...underWay)
        .when(wish, lena)
        .isRefused('no-such-thing', 'command.requestId')
    },
  )
})
