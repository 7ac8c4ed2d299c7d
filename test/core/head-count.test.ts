import { describe, expect, test } from 'vitest'
import { headCount, isCrowd, mayICount, rosterOf } from '../../client/state/head-count.ts'
import { seenBy } from '../../server/core/snapshot.ts'
import { sightOf } from '../../server/core/visibility.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { isOut } from '../../shared/run/questions.ts'
import type { Member } from '../../shared/run/state.ts'
import { HOUR_MS, type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { at, by, event, given, NOW_MS, type Past, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, sets, stopped, sunday, timur, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

const zhanna = p.person('zhanna')
const red = p.group('red')
const seen = (atM: number | null, ...memberIds: MemberId[]) => event({ type: 'members-seen', memberIds, atM })
const see = (...memberIds: MemberId[]) => wishes({ type: 'see-members', memberIds })
const sawAt = (atMs: number, byId: MemberId, ...memberIds: MemberId[]): Past => ({
  atMs,
  byId,
  event: seen(null, ...memberIds),
})
const begin = wishes({ type: 'begin-head-count' })
const begun = event({ type: 'head-count-begun' })
const allMine = wishes({ type: 'see-group', groupId: red })

/** Red: Aidar leads it, Madina runs last, Zhanna between them; all are out. */
const reds: readonly RunEvent[] = [
  ...sunday,
  p.groupAdded('red'),
  p.changed(aidar, 'runner', 'red'),
  p.changed(madina, 'runner', 'red'),
  p.joined(zhanna, 'runner', 7, { groupId: red }),
  {
    type: 'group-changed',
    groupId: red,
    colour: '#ff0000',
    targetPaceMps: null,
    leaderId: aidar,
    backMarkerId: madina,
  },
  p.started,
  ...[aidar, madina, zhanna].map((id) => sets(id)),
]
const counted = event({ type: 'guests-counted', guestsId: p.guests(1), count: 12, startNumber: null })
const numbered = event({ type: 'guests-counted', guestsId: p.guests(2), count: 1, startNumber: '42' })
const guestsSeen = (no: number, count: number) => event({ type: 'guests-seen', guestsId: p.guests(no), count })
const seeGuests = (count: number, no = 1) => wishes({ type: 'see-guests', guestsId: p.guests(no), count })
const seeNumber = (startNumber: string) => wishes({ type: 'see-number', startNumber })

describe('ticked without network', () => {
  const late = (seenAtMs: number) => wishes({ type: 'see-members', memberIds: [aidar], seenAtMs })
  const told = (seenAtMs: number) => event({ type: 'members-seen', memberIds: [aidar], atM: null, seenAtMs })
  const world = { placeOf: () => ({ latitudeDeg: 51, longitudeDeg: 71 }), alongM: () => 9_000 }
  const AGO_MS = NOW_MS - 30 * MINUTE_MS
  const seenOf = (...history: Past[]) => runOf(...underWay, ...history).members.get(aidar)?.seen

  test('[HC16] it counts from the tap, at no place, and not before the start nor in the future', () => {
    given(...underWay)
      .when(late(AGO_MS), lena, world)
      .gives(told(AGO_MS))
    given(...underWay)
      .when(late(p.START_MS - HOUR_MS), lena, world)
      .gives(told(p.START_MS))
    for (const nearlyNowMs of [NOW_MS - 30 * SECOND_MS, NOW_MS + HOUR_MS])
      given(...underWay)
        .when(late(nearlyNowMs), lena, world)
        .gives(seen(9_000, aidar))
    given(...underWay, counted)
      .when(wishes({ type: 'see-guests', guestsId: p.guests(1), count: 3, seenAtMs: AGO_MS }), lena)
      .gives({ ...guestsSeen(1, 3), seenAtMs: AGO_MS })
    expect(seenOf({ atMs: NOW_MS, byId: lena, event: told(AGO_MS) })).toEqual({
      byId: lena,
      atMs: AGO_MS,
      atM: null,
      count: 1,
    })
  })

  test('[HC16] it does not take the place of what was seen after it, and told twice it is once', () => {
    const newer = sawAt(NOW_MS - 5 * MINUTE_MS, dana, aidar)
    const older: Past = { atMs: NOW_MS, byId: lena, event: told(AGO_MS) }
    expect(seenOf(newer, older)).toMatchObject({ byId: dana, atMs: NOW_MS - 5 * MINUTE_MS, count: 2 })
    given(...underWay, older)
      .when(late(AGO_MS + 20 * SECOND_MS), lena)
      .givesNothing()
  })
})

describe('seeing somebody', () => {
  test('[HC1] is for leaders and cyclists, and for who leads a group or runs last in it, until the run has ended', () => {
    for (const id of [lena, dana, aidar])
      given(...reds)
        .when(see(zhanna), id)
        .gives(seen(null, zhanna))
    for (const id of [zhanna, mum])
      given(...reds)
        .when(see(aidar), id)
        .isRefused('not-for-your-role')
    given(...reds, p.ended)
      .when(see(aidar), lena)
      .isRefused('run-has-ended')
  })

  test('[HC1] a back marker who only watches now counts nobody', () => {
    given(...reds, p.changed(madina, 'watcher', 'red'))
      .when(see(zhanna), madina)
      .isRefused('not-for-your-role')
  })

  test('[HC3] is of those who take part and whom one sees; others do not exist', () => {
    for (const id of [p.person('nobody'), mum])
      given(...reds)
        .when(see(aidar, id), lena)
        .isRefused('no-such-thing', 'command.memberIds')
    given(...reds, { type: 'member-removed', memberId: zhanna })
      .when(see(zhanna), lena)
      .isRefused('no-such-thing', 'command.memberIds')
    given(...reds, p.joined(p.person('asel'), 'runner', 8))
      .when(see(p.person('asel')), aidar)
      .isRefused('no-such-thing', 'command.memberIds')
  })

  test('[HC4] twice within a minute by the same person is once; later it counts again, as in the next lap', () => {
    const soon = sawAt(NOW_MS - MINUTE_MS + 1, lena, aidar)
    given(...underWay, soon)
      .when(see(aidar), lena)
      .givesNothing()
    given(...underWay, soon)
      .when(see(aidar, madina, madina), lena)
      .gives(seen(null, madina))
    given(...underWay, soon)
      .when(see(aidar), dana)
      .gives(seen(null, aidar))
    given(...underWay, sawAt(NOW_MS - MINUTE_MS, lena, aidar))
      .when(see(aidar), lena)
      .gives(seen(null, aidar))
    const laps = [1, 2, 3].map((lap) => sawAt(p.START_MS + lap * 5 * MINUTE_MS, lena, aidar))
    expect(runOf(...underWay, ...laps).members.get(aidar)?.seen).toEqual({
      byId: lena,
      atMs: p.START_MS + 15 * MINUTE_MS,
      atM: null,
      count: 3,
    })
  })

  test('[HC10] keeps how far along the route who saw them was, to 10 m, unless nobody knows where that is', () => {
    const placeOf = () => ({ latitudeDeg: 51.1, longitudeDeg: 71.4 })
    const alongM = (id: MemberId) => (id === dana ? 4_216 : undefined)
    given(...underWay)
      .when(see(aidar), dana, { placeOf, alongM })
      .gives(seen(4_220, aidar))
    given(...underWay)
      .when(see(aidar), lena, { placeOf, alongM })
      .gives(seen(null, aidar))
    // Where Dana was long ago is not where she sees them.
    given(...underWay)
      .when(see(aidar), dana, { alongM })
      .gives(seen(null, aidar))
  })

  test('[HC7] on the course of a live run is to have set out, also for who has no phone to say so', () => {
    const child = p.joined(zhanna, 'runner', 7)
    const setOut = event({ type: 'member-returned', memberId: zhanna })
    given(...underWay, child)
      .when(see(aidar, zhanna), lena)
      .gives(seen(null, aidar, zhanna), setOut)
    const member = runOf(...underWay, child, setOut).members.get(zhanna)
    expect([member && isOut(member), member?.windows]).toEqual([true, []])
    given(...sunday, child)
      .when(see(zhanna), lena)
      .gives(seen(null, zhanna))
    given(...underWay, stopped(aidar))
      .when(see(aidar), lena)
      .gives(seen(null, aidar))
  })
})

describe('a head count', () => {
  test('[HC2] is begun by a leader, and twice within a minute is one', () => {
    given(...underWay)
      .when(begin, lena)
      .gives(begun)
    given(...underWay, at(NOW_MS - MINUTE_MS + 1, begun))
      .when(begin, lena)
      .givesNothing()
    given(...underWay, at(NOW_MS - MINUTE_MS, begun))
      .when(begin, lena)
      .gives(begun)
    for (const id of [dana, aidar, mum])
      given(...underWay)
        .when(begin, id)
        .isRefused('not-for-your-role')
    given(...underWay, p.ended)
      .when(begin, lena)
      .isRefused('run-has-ended')
  })

  test('[HC5] "all mine are here" counts those of the group who are out and were not counted yet', () => {
    const history = [...reds, at(NOW_MS - 5 * MINUTE_MS, begun), sawAt(NOW_MS - 2 * MINUTE_MS, dana, zhanna)]
    for (const id of [lena, aidar, madina])
      given(...history)
        .when(allMine, id)
        .gives(seen(null, aidar, madina))
    given(...history, stopped(aidar), p.joined(p.person('late'), 'runner', 8, { groupId: red }))
      .when(allMine, madina)
      .gives(seen(null, madina))
    given(...history, sawAt(NOW_MS - SECOND_MS, lena, aidar, madina))
      .when(allMine, madina)
      .givesNothing()
  })

  test('[HC1] "all mine are here" is not for others, nor of a group that is not there', () => {
    given(...reds)
      .when(allMine, dana)
      .isRefused('not-for-your-role')
    given(...reds, p.groupAdded('blue'), p.joined(p.person('gulnar'), 'leader', 8, { groupId: p.group('blue') }))
      .when(allMine, p.person('gulnar'))
      .isRefused('not-for-your-role')
    given(...reds)
      .when({ type: 'see-group', groupId: p.group('blue') }, lena)
      .isRefused('no-such-thing', 'command.groupId')
  })

  test('[HC6] having been seen counts until the next one begins, and for 15 minutes where there is none', () => {
    const idsOf = (members: ReturnType<typeof headCount>['seen']) => members.map(({ memberId }) => memberId)
    const saw = sawAt(NOW_MS - 15 * MINUTE_MS, lena, aidar)
    const before = headCount(viewOf([...underWay, saw]), NOW_MS)
    expect([idsOf(before.seen), idsOf(before.unseen)]).toEqual([[aidar], [madina]])
    expect(idsOf(headCount(viewOf([...underWay, saw]), NOW_MS + 1).seen)).toEqual([])
    const during = viewOf([...underWay, at(NOW_MS - HOUR_MS, begun), saw])
    expect(idsOf(headCount(during, NOW_MS + HOUR_MS).seen)).toEqual([aidar])
    const next = viewOf([...underWay, saw, at(NOW_MS - MINUTE_MS, begun)])
    expect(headCount(next, NOW_MS)).toMatchObject({ sinceMs: NOW_MS - MINUTE_MS, seen: [] })
  })

  test('[HC12] whoever has a place newer than two minutes is heard, and so is who reads it', () => {
    const view = viewOf([...underWay, sets(lena)], {
      places: [
        [aidar, placed(0, 0, NOW_MS - 2 * MINUTE_MS)],
        [madina, placed(0, 0, NOW_MS - 2 * MINUTE_MS - 1)],
      ],
    })
    const { heard, unseen } = headCount(view, NOW_MS)
    expect([heard, unseen].map((some) => some.map(({ memberId }) => memberId))).toEqual([[lena, aidar], [madina]])
  })
})

describe('numbers and guests', () => {
  const numbers = [...underWay, p.joined(zhanna, 'runner', 7, { startNumber: '17a' }), sets(zhanna), numbered]

  test('[HC8] a number is a member’s, else that of guests who are out', () => {
    given(...numbers)
      .when(seeNumber('17A'), dana)
      .gives(seen(null, zhanna))
    given(...numbers)
      .when(seeNumber('42'), dana)
      .gives(guestsSeen(2, 1))
    given(...numbers)
      .when(seeNumber('7'), dana)
      .isRefused('no-such-thing', 'command.startNumber')
    given(...numbers, { type: 'guests-accounted', guestsId: p.guests(2), count: 1 })
      .when(seeNumber('42'), dana)
      .givesNothing()
  })

  test('[HC8] two who wear the same number are told apart by name, and not by chance', () => {
    given(...numbers, p.joined(p.person('asel'), 'runner', 8, { startNumber: '42' }))
      .when(seeNumber('42'), dana)
      .isRefused('malformed', 'command.startNumber')
  })

  test('[HC9] of guests at most as many are seen as are out, by those who see guests', () => {
    const history = [...reds, counted, event({ type: 'guests-accounted', guestsId: p.guests(1), count: 5 })]
    given(...history)
      .when(seeGuests(7), dana)
      .gives(guestsSeen(1, 7))
    given(...history)
      .when(seeGuests(8), dana)
      .isRefused('malformed', 'command.count')
    for (const [no, id] of [
      [1, madina],
      [3, lena],
    ] as const)
      given(...history)
        .when(seeGuests(1, no), id)
        .isRefused('no-such-thing', 'command.guestsId')
    given(...history, { type: 'guests-accounted', guestsId: p.guests(1), count: 7 })
      .when(seeGuests(1), dana)
      .givesNothing()
  })

  test('[HC9] another number of guests is put right at once; the same twice within a minute is one', () => {
    const history = [...underWay, counted, { atMs: NOW_MS - SECOND_MS, byId: dana, event: guestsSeen(1, 7) }]
    given(...history)
      .when(seeGuests(7), dana)
      .givesNothing()
    given(...history)
      .when(seeGuests(8), dana)
      .gives(guestsSeen(1, 8))
    given(...history)
      .when(seeGuests(7), lena)
      .gives(guestsSeen(1, 7))
    expect(headCount(viewOf(history), NOW_MS)).toMatchObject({ guestsSeen: 7, guestsUnseen: 5 })
    const back = event({ type: 'guests-accounted', guestsId: p.guests(1), count: 10 })
    expect(headCount(viewOf([...history, back]), NOW_MS)).toMatchObject({ guestsSeen: 2, guestsUnseen: 0 })
  })
})

describe('[HC14] the roster', () => {
  const lap = NOW_MS - 6 * MINUTE_MS
  const history = [
    ...underWay,
    p.joined(zhanna, 'runner', 7),
    sawAt(lap - MINUTE_MS, lena, aidar, madina),
    at(lap, begun),
  ]

  test('[HC14] of a coach has who may be ticked: who was seen in this lap is', () => {
    const view = viewOf([...history, stopped(timur), sawAt(lap + MINUTE_MS, lena, madina)], {
      waiting: [see(zhanna)] as never,
    })
    const { ticks, tickedCount } = rosterOf(view, NOW_MS)
    expect(ticks.map(({ member, isTicked, isOnItsWay }) => [member.memberId, isTicked, isOnItsWay])).toEqual([
      [aidar, false, false],
      [madina, true, false],
      [dana, false, false],
      [zhanna, false, true],
    ])
    expect([tickedCount, ticks[1]?.member.seen?.count]).toEqual([1, 2])
  })

  test('[HC14] of who leads the run has all, in groups or not', () => {
    const ids = rosterOf(viewOf(reds), NOW_MS).ticks.map(({ member }) => member.memberId)
    expect(ids).toEqual([aidar, madina, dana, timur, zhanna])
  })

  test('[HC14] of a back marker has their group alone', () => {
    const ids = rosterOf(viewOf(reds, { by: madina }), NOW_MS).ticks.map(({ member }) => member.memberId)
    expect(ids).toEqual([aidar, zhanna])
    expect([aidar, zhanna].map((id) => mayICount(viewOf(reds, { by: id })))).toEqual([true, false])
  })

  test('[HC15] two people alone have no head count, groups or place to meet at', () => {
    const dawn = [p.planned, p.joined(lena, 'leader', 1), p.joined(dana, 'cyclist', 2)]
    expect(isCrowd(viewOf(dawn))).toBe(false)
    expect(isCrowd(viewOf([...dawn, p.joined(mum, 'watcher', 3)]))).toBe(false)
    expect(isCrowd(viewOf([...dawn, counted]))).toBe(true)
    expect(isCrowd(viewOf([...dawn, p.groupAdded('red')]))).toBe(true)
    expect(isCrowd(viewOf([...dawn, p.joined(aidar, 'runner', 3)]))).toBe(true)
  })
})

test('[HC10] who saw them, when and where is kept with them', () => {
  const run = runOf(...underWay, by(dana, seen(4_220, aidar)))
  expect(run.members.get(aidar)?.seen).toEqual({ byId: dana, atMs: p.START_MS, atM: 4_220, count: 1 })
})

test('[HC10] helpers are told, and a guardian of their child alone, whose ticks stand for a place', () => {
  const ata = p.person('ata')
  const history = [...underWay, p.joined(ata, 'guardian', 7, { wardId: aidar })]
  const before = runOf(...history)
  const sightFor = (fact: RunEvent, viewerId: MemberId) =>
    sightOf(before, runOf(...history, by(lena, fact)), fact, viewerId)
  expect([dana, ata, madina, mum].map((id) => sightFor(seen(2_000, aidar, madina), id))).toEqual([
    'shown',
    'shown',
    'hidden',
    'hidden',
  ])
  expect(sightFor(seen(2_000, madina), ata)).toBe('hidden')
  const after = runOf(...history, by(lena, seen(2_000, aidar, madina)))
  const known = (id: MemberId) => seenBy(after, after.members.get(id) as Member).members
  expect(known(ata).get(aidar)?.seen).toMatchObject({ atM: 2_000, count: 1 })
  expect(known(madina).get(aidar)?.seen).toBeNull()
})
