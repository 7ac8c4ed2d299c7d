import { describe, expect, test } from 'vitest'
import { findPeople } from '../../client/state/find-people.ts'
import { initialsOf, leadersWithPhone, membersOf, nameOf } from '../../client/state/people.ts'
import { rollList, rollOf } from '../../client/state/roll.ts'
import { wordKey } from '../../shared/run/words.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { at, event } from '../support/given-run.ts'
import {
  aidar,
  dana,
  guests,
  joined,
  lena,
  madina,
  person,
  START_MS,
  sets,
  stopped,
  sunday,
  timur,
  underWay,
} from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

const NOW_MS = START_MS + HOUR_MS
const NOBODY = { waiting: 0, out: 0, paused: 0, finished: 0, wentHome: 0, gotALift: 0, guestsOut: 0, guestsIn: 0 }
const fresh = [
  [aidar, placed(0, 0, NOW_MS)],
  [madina, placed(0, 0, NOW_MS)],
] as const
const asked = event({ type: 'end-asked', missing: [aidar, madina], missingGuestCount: 0 })

describe('the roll call', () => {
  test('[VW4] counts everybody who takes part once, and guests apart', () => {
    const view = viewOf(
      [
        ...underWay,
        { type: 'member-paused', memberId: madina, reason: 'shoe' },
        sets(dana),
        { ...stopped(dana), reason: 'got-a-lift' },
        sets(timur),
        { ...stopped(timur), reason: 'going-home' },
        { type: 'guests-counted', guestsId: guests(1), count: 12, startNumber: null },
        { type: 'guests-accounted', guestsId: guests(1), count: 5 },
      ],
      { places: fresh },
    )
    expect(rollOf(view, NOW_MS)).toEqual({
      ...NOBODY,
      waiting: 1,
      out: 1,
      paused: 1,
      wentHome: 1,
      gotALift: 1,
      guestsOut: 7,
      guestsIn: 5,
      silent: [],
      missing: [],
    })
  })

  test('[VW5] names whoever is out and not heard for ten minutes, but never the one who reads it', () => {
    const view = viewOf([...underWay, sets(lena)], { places: [[aidar, placed(0, 0, NOW_MS - 10 * MINUTE_MS - 1)]] })
    expect(rollOf(view, NOW_MS).silent.map(({ memberId }) => memberId)).toEqual([aidar, madina])
    expect(rollOf(view, START_MS + 10 * MINUTE_MS).silent).toEqual([])
  })

  test('[VW6] calls those still out missing once the run asks whether to go on, and nobody silent', () => {
    const view = viewOf([...underWay, asked, stopped(madina)])
    const { silent, missing } = rollOf(view, NOW_MS)
    expect([silent, missing.map(({ memberId }) => memberId)]).toEqual([[], [aidar]])
  })

  test('[VW6] after the end names whom the end named, until a leader has accounted for them', () => {
    const history = [
      ...underWay,
      sets(lena),
      event({ type: 'run-ended', reason: 'by-leader', missing: [aidar, madina], missingGuestCount: 0 }),
      stopped(madina),
    ]
    const { out, finished, missing } = rollOf(viewOf(history), NOW_MS)
    expect({ out, finished, missing: missing.map(({ memberId }) => memberId) }).toEqual({
      out: 0,
      finished: 2,
      missing: [aidar],
    })
  })

  test('[VW7] lists those to be looked at first, then who is out, paused, not started and in', () => {
    const view = viewOf([...underWay, at(NOW_MS, sets(timur)), sets(dana), stopped(dana)], {
      places: [[aidar, placed(0, 0, NOW_MS)]],
    })
    const names = rollList(view, NOW_MS).map(({ memberId }) => nameOf(view, memberId))
    expect(names).toEqual(['Madina', 'Aidar', 'Timur', 'Lena', 'Mum', 'Dana'])
  })
})

describe('people', () => {
  test.each([
    ['Aidar', 'AI'],
    ['Aidar Bekov', 'AB'],
    ['Анна-Мария Ким', 'АК'],
    ['ж', 'Ж'],
    ['#17', '17'],
  ])('[VW8] "%s" stands on a dot as %s', (name, letters) => {
    expect(initialsOf(name)).toBe(letters)
  })

  test('[VW8] somebody whose name is not told is a number, and no name', () => {
    const view = viewOf([...sunday, joined(person('zhanna'), 'runner', 7, { startNumber: '42' })])
    expect(nameOf(view, person('zhanna'))).toBe('#42')
    expect(nameOf(view, person('nobody'))).toBe('#?')
  })

  test.each([
    ['a part of the name', 'DA', [aidar, dana]],
    ['the whole number', '42', [person('zhanna')]],
    ['no part of the number', '4', []],
  ])('[VW9] are found by %s', (_what, text, found) => {
    const words = [{ key: wordKey.name(person('zhanna')), ownerId: null, text: 'Zhanna' }]
    const view = viewOf([...sunday, joined(person('zhanna'), 'runner', 7, { startNumber: '42' })], { words })
    expect(findPeople(view, membersOf(view), text).map(({ memberId }) => memberId)).toEqual(found)
  })

  test('[VW10] the numbers to call are those of the leaders who gave one, without my own', () => {
    const phone = (memberId: typeof lena) => ({ key: wordKey.phone(memberId), ownerId: memberId, text: '+7 701' })
    const words = [phone(lena), phone(aidar)]
    expect(leadersWithPhone(viewOf(sunday, { by: madina, words }))).toEqual([{ name: 'Lena', phone: '+7 701' }])
    expect(leadersWithPhone(viewOf(sunday, { by: lena, words }))).toEqual([])
  })
})
