import { describe, expect, test } from 'vitest'
import { audienceOf, isSeenWithPlace } from '../../server/core/audience.ts'
import { seenBy } from '../../server/core/snapshot.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, mum, raised, sunday, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const [asel, ata, late] = ['asel', 'ata', 'late'].map(p.person) as [MemberId, MemberId, MemberId]
const callForHelp = wishes({ type: 'raise-request', requestId, kind: 'help', quantity: 1, note: null })
const help = (toldIds: MemberId[] = []) => raised(1, aidar, { kind: 'help', toldIds })
const needsCheck = event({ type: 'request-needs-check', requestId })
const closed = event({ type: 'request-closed', requestId, distanceM: null })
const cancel = wishes({ type: 'cancel-request', requestId })
const close = wishes({ type: 'close-request', requestId })
const wake = wishes({ type: 'wake' })
const repeated = (toldIds: MemberId[] = []) => event({ type: 'request-repeated', requestId, toldIds })

/** Aidar and Madina run for red, Asel for blue with a cyclist and a leader; Ata is Aidar's guardian. */
const groups = [
  ...underWay,
  p.groupAdded('red'),
  p.groupAdded('blue'),
  p.joined(asel, 'runner', 7, { groupId: p.group('blue') }),
  p.joined(ata, 'guardian', 8, { wardId: aidar }),
  p.changed(aidar, 'runner', 'red'),
  p.changed(madina, 'runner', 'red'),
  p.changed(timur, 'cyclist', 'blue'),
  p.joined(p.person('gulnar'), 'leader', 9, { groupId: p.group('blue') }),
]
const viewersOf = (run: RunState) =>
  [...run.members.values()]
    .filter((viewer) => seenBy(run, viewer).requests.has(requestId))
    .map(({ memberId }) => memberId)
    .sort()

/** Metres north of Aidar. */
const away = (metres: Partial<Record<MemberId, number>>) => (id: MemberId) => {
  const northM = id === aidar ? 0 : metres[id]
  return northM === undefined ? undefined : ({ latitudeDeg: 51.1 + northM / 111_262, longitudeDeg: 71.4 } as Place)
}

test('[AL1] a call for help may come before the start, and from who has stopped', () => {
  for (const history of [sunday, [...underWay, p.stopped(aidar)]])
    given(...history)
      .when(callForHelp, aidar)
      .gives(help())
  given(...underWay, p.ended)
    .when(callForHelp, aidar)
    .isRefused('run-has-ended')
})

test('[AL1] it is seen by every leader and helper of whatever group and the guardian, by no watcher', () => {
  const helpers = [lena, dana, timur, p.person('gulnar')]
  expect(viewersOf(runOf(...groups, help()))).toEqual([aidar, ata, ...helpers].sort())
  expect(viewersOf(runOf(...groups, help([asel])))).toEqual([aidar, asel, ata, ...helpers].sort())
})

describe('[AL2] who is near is told', () => {
  test('[AL2] runners within 1 km, nearest first; helpers need not be, watchers and those removed never are', () => {
    const metres = { [madina]: 900, [asel]: 10, [late]: 1_100, [dana]: 5, [mum]: 5, [p.person('gone')]: 5 }
    const gone = p.joined(p.person('gone'), 'runner', 10)
    given(...groups, p.joined(late, 'runner', 9), gone, { type: 'member-removed', memberId: gone.memberId })
      .when(callForHelp, aidar, { placeOf: away(metres) })
      .gives(help([asel, madina]))
  })

  test('[AL2] nobody, when it is not known where the caller is', () => {
    given(...groups)
      .when(callForHelp, aidar, { placeOf: (id) => (id === aidar ? undefined : away({ [id]: 1 })(id)) })
      .gives(help())
  })

  test('[AL2] at most fifty', () => {
    const crowd = Array.from({ length: 60 }, (_, i) => p.joined(p.person(`r${i}x`), 'runner', 10 + i))
    const metres = Object.fromEntries(crowd.map(({ memberId }, i) => [memberId, 60 - i]))
    const nearest = crowd.map(({ memberId }) => memberId).reverse()
    given(...underWay, ...crowd)
      .when(callForHelp, aidar, { placeOf: away(metres) })
      .gives(help(nearest.slice(0, 50)))
  })
})

describe('[AL3] a call that nobody owns is told again', () => {
  test('[AL3] each minute, also to who is near now; who was told stays told', () => {
    const history = [...groups, at(NOW_MS, help([madina]))]
    const first = NOW_MS + MINUTE_MS
    const placeOf = away({ [asel]: 10, [madina]: 4_000 })
    given(...history)
      .when(wake, null, { nowMs: first - 1, placeOf })
      .givesNothing()
    given(...history)
      .when(wake, null, { nowMs: first, placeOf })
      .gives(repeated([asel, madina]))
    const once = [...history, at(first, repeated([asel, madina]))]
    given(...once)
      .when(wake, null, { nowMs: first + MINUTE_MS - 1 })
      .givesNothing()
    given(...once)
      .when(wake, null, { nowMs: first + MINUTE_MS })
      .gives(repeated([asel, madina]))
  })

  test('[AL3] until a helper has it, and again when they give it back', () => {
    const owned = [...underWay, at(NOW_MS, help()), claimed(1, dana)]
    const nowMs = NOW_MS + MINUTE_MS
    given(...owned)
      .when(wake, null, { nowMs })
      .givesNothing()
    given(...owned, { type: 'request-released', requestId, reason: 'helper-left' })
      .when(wake, null, { nowMs })
      .gives(repeated())
  })
})

describe('[AL4] a call taken back', () => {
  test('[AL4] stays "check on them"; a helper may own it; a leader does not cancel it for them', () => {
    for (const since of [[], [claimed(1, dana)]])
      given(...underWay, help(), ...since)
        .when(cancel, aidar)
        .gives(needsCheck)
    given(...underWay, help(), needsCheck)
      .when(cancel, aidar)
      .givesNothing()
    given(...underWay, help())
      .when(cancel, lena)
      .isRefused('not-for-your-role')
    given(...underWay, help(), needsCheck)
      .when({ type: 'claim-request', requestId }, dana)
      .gives(claimed(1, dana))
    const { requests } = runOf(...underWay, help(), needsCheck, claimed(1, dana))
    expect(requests.get(requestId)).toMatchObject({ status: 'needs-check', cyclistId: dana, endedAtMs: null })
    const givenBack = event({ type: 'request-released', requestId, reason: 'by-cyclist' })
    const { requests: after } = runOf(...underWay, help(), needsCheck, claimed(1, dana), givenBack)
    expect(after.get(requestId)).toMatchObject({ status: 'needs-check', cyclistId: null })
  })

  test('[AL4] stands in nobody’s way: its author may call again', () => {
    given(...underWay, help(), needsCheck)
      .when({ ...callForHelp, requestId: p.request(2) } as never, aidar)
      .gives({ ...help(), requestId: p.request(2) })
    given(...underWay, help())
      .when({ ...callForHelp, requestId: p.request(2) } as never, aidar)
      .isRefused('already-open')
  })
})

test('[AL5] only a helper closes a call for help, and never their own', () => {
  for (const history of [
    [...underWay, help()],
    [...underWay, help(), needsCheck],
  ]) {
    given(...history)
      .when(close, dana)
      .gives(closed)
    given(...history)
      .when(close, aidar)
      .isRefused('not-for-your-role')
    given(...history)
      .when({ type: 'confirm-delivered', requestId }, aidar)
      .isRefused('not-for-your-role')
  }
  given(...underWay, { ...help(), runnerId: dana })
    .when(close, dana)
    .isRefused('not-for-your-role')
  given(...groups, help([madina]))
    .when(close, madina)
    .isRefused('not-for-your-role')
})

test('[AL6] a call for help stays when its author leaves, until somebody has looked', () => {
  const stop = wishes({ type: 'stop', memberId: aidar, reason: 'finished', untilMs: NOW_MS })
  given(...underWay, help())
    .when(stop, aidar)
    .gives(needsCheck, p.stopped(aidar, NOW_MS))
  given(...underWay, help(), needsCheck)
    .when(stop, aidar)
    .gives(p.stopped(aidar, NOW_MS))
})

test('[AL7] a call for help is nobody’s by itself, also with one cyclist', () => {
  given(...underWay, p.stopped(timur))
    .when(callForHelp, aidar)
    .gives(help())
})

test('[AL8] while a call is open, who is told of it sees where its author is, in frames of their own', () => {
  const sees = (run: RunState, id: MemberId) => {
    const viewer = run.members.get(id) as Member
    return [audienceOf(run, viewer), isSeenWithPlace(run, viewer, run.members.get(aidar) as Member)]
  }
  const [before, called, over] = [
    runOf(...groups),
    runOf(...groups, help([asel])),
    runOf(...groups, help([asel]), closed),
  ]
  for (const run of [before, over]) {
    expect(sees(run, asel)).toEqual([`group:${p.group('blue')}`, false])
    expect(sees(run, timur)).toEqual([`group:${p.group('blue')}`, false])
  }
  expect(sees(called, asel)).toEqual([`one:${asel}`, true])
  expect(sees(called, timur)).toEqual([`one:${timur}`, true])
  expect(sees(called, madina)).toEqual([`group:${p.group('red')}`, true])
  expect(sees(called, dana)).toEqual(['run', true])
})
