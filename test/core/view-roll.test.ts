import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPeople } from '../../client/state/find-people.ts'
import { initialsOf, leadersWithPhone, membersOf, nameOf } from '../../client/state/people.ts'
import { rollList, rollOf } from '../../client/state/roll.ts'
import { rollSentence } from '../../client/state/roll-sentence.ts'
import { takesPart } from '../../shared/run/roles.ts'
import { wordKey } from '../../shared/run/words.ts'
import { HOUR_MS, type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { at, event, type Past } from '../support/given-run.ts'
import {
  aidar,
  claimed,
  dana,
  guests,
  joined,
  lena,
  madina,
  person,
  raised,
  START_MS,
  sets,
  stopped,
  sunday,
  timur,
  underWay,
} from '../support/people.ts'
import { everybody, lastOf, placesOf, play, steps, times } from '../support/run-arbitrary.ts'
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

describe('the sentence on top', () => {
  const begun = event({ type: 'head-count-begun' })
  const countedIn = event({ type: 'guests-counted', guestsId: guests(1), count: 12, startNumber: null })
  const seen = (atMs: number, ...memberIds: MemberId[]): Past => ({
    atMs,
    byId: dana,
    event: event({ type: 'members-seen', memberIds, atM: 16_000 }),
  })
  const help = [raised(1, aidar, { kind: 'help' }), claimed(1, dana)]
  const withInjured = event({ type: 'helping-set', memberId: dana, kind: 'bike', state: 'with-injured' })
  const home = { ...stopped(timur), reason: 'going-home' } as const

  test('[HC11] has everybody who takes part and each guest in exactly one part', () => {
    fc.assert(
      fc.property(steps(60), fc.nat(9), fc.constantFrom(...everybody), (all, seed, myId) => {
        const played = play(all)
        const { run } = lastOf(played)
        const nowMs = (played.at(-1)?.nowMs ?? START_MS) + MINUTE_MS
        const places = [...run.members.values()].flatMap(({ memberId: id }, i) => {
          const place = placesOf(seed)(id)
          return place ? [[id, { ...placed(0, 0, nowMs - ((i * seed) % 20) * MINUTE_MS), ...place }] as const] : []
        })
        const parts = rollSentence({ ...viewOf([], { by: myId, places }), run }, nowMs)
        const members = [...run.members.values()].filter(({ role, status }) => takesPart(role) && status !== 'removed')
        const guestCount = [...run.guests.values()].reduce((sum, { count }) => sum + count, 0)
        expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(members.length + guestCount)
        for (const part of parts) {
          const named =
            'memberIds' in part ? part.memberIds.length + ('guestCount' in part ? part.guestCount : 0) : null
          expect(named ?? part.count).toBe(part.count)
        }
      }),
      times(60),
    )
  })

  test('[HC11] tells who is out, in and gone home, and of guests how many', () => {
    const back = event({ type: 'guests-accounted', guestsId: guests(1), count: 5 })
    const view = viewOf([...underWay, countedIn, back, sets(dana), stopped(dana), sets(timur), home], { places: fresh })
    expect(rollSentence(view, NOW_MS)).toEqual([
      { is: 'out', count: 2 },
      { is: 'guests-out', count: 7 },
      { is: 'in', count: 6 },
      { is: 'went-home', count: 1 },
      { is: 'waiting', count: 1 },
    ])
  })

  test('[HC12] in a head count tells how many are heard or seen, of all who are out, and names the others', () => {
    const atGuests = { atMs: NOW_MS, byId: dana, event: event({ type: 'guests-seen', guestsId: guests(1), count: 9 }) }
    const history = [
      ...underWay,
      sets(timur),
      countedIn,
      at(NOW_MS - 5 * MINUTE_MS, begun),
      seen(NOW_MS, madina),
      atGuests,
    ]
    expect(rollSentence(viewOf(history, { places: fresh.slice(0, 1) }), NOW_MS)).toEqual([
      { is: 'heard-or-seen', count: 11, of: 15 },
      { is: 'waiting', count: 2 },
      { is: 'unseen', count: 4, memberIds: [timur], guestCount: 3, sinceMs: NOW_MS - 5 * MINUTE_MS },
    ])
  })

  test('[HC12] without one names whoever was neither heard for ten minutes nor seen for fifteen', () => {
    const silentIn = (...more: Past[]) =>
      rollSentence(viewOf([...underWay, ...more], { places: fresh.slice(0, 1) }), NOW_MS)
    expect(silentIn()).toEqual([
      { is: 'out', count: 1 },
      { is: 'waiting', count: 3 },
      { is: 'silent', count: 1, memberIds: [madina] },
    ])
    expect(silentIn(seen(NOW_MS - 15 * MINUTE_MS, madina))[0]).toEqual({ is: 'out', count: 2 })
    expect(rollOf(viewOf([...underWay, seen(NOW_MS, aidar, madina)]), NOW_MS).silent).toEqual([])
  })

  test('[HC13] whoever called for help is told with the helper who is there by their own word, and where that is', () => {
    const partsOf = (...more: Past[]) =>
      rollSentence(viewOf([...underWay, ...help, ...more], { places: fresh.slice(1) }), NOW_MS)
    expect(partsOf(withInjured, seen(NOW_MS - HOUR_MS / 2, aidar))).toContainEqual({
      is: 'with',
      count: 1,
      helperId: dana,
      atM: 16_000,
    })
    expect(partsOf(withInjured)).toContainEqual({ is: 'with', count: 1, helperId: dana, atM: null })
    expect(partsOf().map(({ is }) => is)).toEqual(['out', 'waiting', 'silent'])
  })

  test.each([
    ['near each other now', 0.0005, 0, true],
    ['near each other long ago', 0.0005, 2 * MINUTE_MS + 1, false],
    ['still apart', 0.0006, 0, false],
  ])('[HC13] or by both places: %s', (_how, apartDeg, ageMs, isWith) => {
    const places = [
      [aidar, placed(0, 0, NOW_MS - ageMs)],
      [dana, placed(apartDeg, 0, NOW_MS)],
      [madina, placed(0, 0, NOW_MS)],
    ] as const
    const parts = rollSentence(viewOf([...underWay, ...help], { places }), NOW_MS)
    expect(parts.some(({ is }) => is === 'with')).toBe(isWith)
  })

  test('[HC13] a cyclist who brings water is no help that one waits with', () => {
    const history = [...underWay, raised(1, aidar), claimed(1, dana), withInjured]
    expect(rollSentence(viewOf(history, { places: fresh }), NOW_MS)[0]).toEqual({ is: 'out', count: 2 })
  })

  test('[HC11] after the end tells who is in, who went home, and names who is missing', () => {
    const end = event({ type: 'run-ended', reason: 'by-leader', missing: [aidar], missingGuestCount: 0 })
    const view = viewOf([...underWay, sets(timur), home, begun, stopped(madina), sets(lena), end])
    expect(rollSentence(view, NOW_MS)).toEqual([
      { is: 'in', count: 2 },
      { is: 'went-home', count: 1 },
      { is: 'waiting', count: 1 },
      { is: 'missing', count: 1, memberIds: [aidar] },
    ])
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
