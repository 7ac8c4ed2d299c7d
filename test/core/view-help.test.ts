import { describe, expect, test } from 'vitest'
import { helpOutcome } from '../../client/state/help-outcome.ts'
import { mayLocate, sharingOf } from '../../client/state/sharing.ts'
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { aidar, madina, START_MS, sunday, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'

describe('a call for help', () => {
  test.each([
    ['is sent when the server has said so', { ok: true, version: 7, isFact: true }, 'online', 100, { is: 'sent' }],
    [
      'is sent, however late the answer came',
      { ok: true, version: 7, isFact: true },
      'offline',
      60_000,
      { is: 'sent' },
    ],
    ['is being sent for four and a half seconds', null, 'online', 4_499, { is: 'sending' }],
    ['is not sent when they brought no answer', null, 'online', 4_500, { is: 'not-sent' }],
    ['is not sent at once when this phone is offline', null, 'offline', 0, { is: 'not-sent' }],
    ['is not sent when the seat is over', null, 'gone', 0, { is: 'not-sent' }],
    ['is not sent when nobody knows how long ago it was tapped', null, 'online', null, { is: 'not-sent' }],
    ['is being sent while the page still connects', null, 'connecting', 10, { is: 'sending' }],
    ['is refused with the reason', refuse('run-has-ended'), 'online', 10, { is: 'refused', code: 'run-has-ended' }],
  ] as const)('[VW18] %s', (_what, answer, link, sinceTapMs, outcome) => {
    expect(helpOutcome(answer, link, sinceTapMs)).toEqual(outcome)
  })
})

describe('sharing', () => {
  const start: Command = { type: 'start-sharing', sinceMs: START_MS }
  const stop: Command = { type: 'stop-sharing', untilMs: START_MS }
  const iStop: Command = { type: 'stop', memberId: aidar, reason: 'finished', untilMs: START_MS }
  const sheStops: Command = { type: 'stop', memberId: madina, reason: 'finished', untilMs: START_MS }

  test.each([
    ['is off before the first tap', sunday, [], 'off', false],
    ['starts with the tap, and the phone may locate from then', sunday, [start], 'starting', true],
    ['is on when the run says so', underWay, [], 'on', true],
    ['stops with the tap, and the phone locates no more', underWay, [stop], 'stopping', false],
    ['stops when I stop', underWay, [iStop], 'stopping', false],
    ['goes on when I account for another', underWay, [sheStops], 'on', true],
    ['follows the last tap of several', underWay, [stop, start], 'on', true],
    ['follows the last tap of several, the other way round', sunday, [start, stop], 'off', false],
  ] as const)('[VW19] %s', (_what, history, waiting, sharing, locates) => {
    const view = viewOf(history, { by: aidar, waiting })
    expect([sharingOf(view), mayLocate(view)]).toEqual([sharing, locates])
  })
})
