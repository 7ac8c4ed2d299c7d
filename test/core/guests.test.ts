import { expect, test } from 'vitest'
import { missingGuestCount } from '../../shared/run/questions.ts'
import { event, given, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, mum, underWay } from '../support/people.ts'

const counted = event({ type: 'guests-counted', guestsId: p.guests(1), count: 12, startNumber: null })
const back = (count: number) => event({ type: 'guests-accounted', guestsId: p.guests(1), count })
const account = (count: number) => wishes({ type: 'account-guests', guestsId: p.guests(1), count })

test.each([
  ['name', { count: 1, name: 'Grandfather', startNumber: null }],
  ['number', { count: 1, name: null, startNumber: '42' }],
  ['"+12"', { count: 12, name: null, startNumber: null }],
])('[GU1] a leader counts guests in by %s, once', (_how, { count, name, startNumber }) => {
  const guestsId = p.guests(1)
  const wish = wishes({ type: 'count-guests', guestsId, count, name, startNumber })
  const words = name === null ? [] : [{ key: `guests:${guestsId}`, ownerId: null, text: name }]
  const fact = event({ type: 'guests-counted', guestsId, count, startNumber })
  given(...underWay)
    .when(wish, lena)
    .givesWithWords(words, fact)
  given(...underWay, fact)
    .when(wish, lena)
    .givesNothing()
})

test('[GU2] at most as many guests come back as went out', () => {
  given(...underWay, counted)
    .when(account(12), lena)
    .gives(back(12))
  given(...underWay, counted, back(5))
    .when(account(8), lena)
    .isRefused('malformed', 'command.count')
  given(...underWay, counted, back(5))
    .when(account(7), lena)
    .gives(back(7))
  given(...underWay, counted, back(12))
    .when(account(1), lena)
    .givesNothing()
  given(...underWay)
    .when(account(1), lena)
    .isRefused('no-such-thing', 'command.guestsId')
})

test('[GU3] guests who are not back are missing', () => {
  const more = { ...counted, guestsId: p.guests(2), count: 2 }
  expect(missingGuestCount(runOf(...underWay, counted, back(5), more))).toBe(9)
})

test('[GU4] only a leader counts guests, until the run has ended', () => {
  for (const id of [aidar, dana, mum])
    given(...underWay, counted)
      .when(account(1), id)
      .isRefused('not-for-your-role')
  given(...underWay, counted, p.ended)
    .when(account(1), lena)
    .isRefused('run-has-ended')
})
