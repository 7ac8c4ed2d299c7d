import { describe, expect, test } from 'vitest'
import { seesRequest } from '../../server/core/visibility.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { policyOf, type RequestKind, requestKindNames } from '../../shared/run/requests.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, raised, sunday, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const raise = (kind: RequestKind = 'water', more: object = {}) =>
  wishes({ type: 'raise-request', requestId, kind, quantity: 1, note: null, ...more } as never)
const about = (type: 'claim' | 'release' | 'cancel' | 'close') => wishes({ type: `${type}-request`, requestId })
const asked = [...underWay, raised(1, aidar)]
const cancelled = event({ type: 'request-cancelled', requestId, reason: 'by-author' })
const released = event({ type: 'request-released', requestId, reason: 'by-cyclist' })
const delivered = p.delivered(1, null)

/** Dana is 250 m north of Aidar, more or less. */
const placeOf = (id: string): Place | undefined =>
  ({ [aidar]: { latitudeDeg: 51.1, longitudeDeg: 71.4 }, [dana]: { latitudeDeg: 51.10226, longitudeDeg: 71.4 } })[id]

describe('asking', () => {
  test('[RQ1] needs a live run and an author who is not home', () => {
    given(...underWay)
      .when(raise(), aidar)
      .gives(raised(1, aidar))
    given(...sunday)
      .when(raise(), aidar)
      .isRefused('run-not-live')
    given(...underWay, p.ended)
      .when(raise(), aidar)
      .isRefused('run-has-ended')
    given(...underWay, p.stopped(aidar))
      .when(raise(), aidar)
      .isRefused('not-out')
  })

  test.each(requestKindNames)('[RQ18] %s is a row of the table of kinds, and can be asked for', (kind) => {
    given(...underWay)
      .when(raise(kind), aidar)
      .gives(raised(1, aidar, { kind }))
  })

  test('[RQ18] the kinds are those a run needs', () => {
    const things = ['water', 'isotonic', 'gel', 'snack', 'salt']
    expect(requestKindNames).toEqual([...things, 'mechanical', 'slow-down', 'first-aid', 'help'])
    expect(requestKindNames.filter((kind) => policyOf(kind).isItem)).toEqual(things)
  })

  test.each([
    ['while it is open', []],
    ['after it has ended', [cancelled]],
  ])('[RQ2] a tap sent twice is one request, %s, and its id is nobody else’s', (_when, since) => {
    given(...asked, ...since)
      .when(raise(), aidar)
      .givesNothing()
    given(...asked, ...since)
      .when(raise(), madina)
      .isRefused('no-such-thing')
  })

  test('[RQ3] a runner has one open request of a kind', () => {
    const second = { requestId: p.request(2) }
    given(...asked)
      .when(raise('water', second), aidar)
      .isRefused('already-open')
    given(...asked, claimed(1, dana))
      .when(raise('water', second), aidar)
      .isRefused('already-open')
    given(...asked)
      .when(raise('gel', second), aidar)
      .gives(raised(2, aidar, { kind: 'gel' }))
    given(...asked)
      .when(raise('water', second), madina)
      .gives(raised(2, madina))
    given(...asked, cancelled)
      .when(raise('water', second), aidar)
      .gives(raised(2, aidar))
  })

  test('[RQ4] has a quantity up to the most of its kind, and may have a note, which lies apart', () => {
    given(...underWay)
      .when(raise('gel', { quantity: 5, note: 'the one with caffeine' }), aidar)
      .givesWithWords(
        [{ key: `note:${requestId}`, ownerId: aidar, text: 'the one with caffeine' }],
        raised(1, aidar, { kind: 'gel', quantity: 5, hasNote: true }),
      )
    given(...underWay)
      .when(raise('mechanical', { quantity: 2 }), aidar)
      .isRefused('malformed', 'command.quantity')
  })
})

test('[RQ19] once the last cyclist has gone they are told too; who refills comes back', () => {
  const near = (id: string) => (id === aidar || id === madina ? { latitudeDeg: 51.1, longitudeDeg: 71.4 } : undefined)
  const history = [...underWay, p.stopped(timur), raised(1, aidar), claimed(1, dana)]
  const released = (reason: 'helper-left' | 'helper-busy') => event({ type: 'request-released', requestId, reason })
  const told = event({ type: 'request-repeated', requestId, toldIds: [madina] })
  const helps = (state: 'puncture' | 'refilling') => ({ type: 'set-helping', kind: 'bike', state }) as const
  const helping = (state: 'puncture' | 'refilling') => p.helps(dana, state)
  given(...history)
    .when({ type: 'stop', memberId: dana, reason: 'finished', untilMs: NOW_MS }, dana, { placeOf: near })
    .gives(released('helper-left'), p.stopped(dana, NOW_MS), told)
  given(...history)
    .when(helps('puncture'), dana, { placeOf: near })
    .gives(helping('puncture'), released('helper-busy'), told)
  given(...underWay, p.stopped(timur), raised(1, aidar))
    .when(helps('refilling'), dana, { placeOf: near })
    .gives(helping('refilling'))
  given(...history, event({ type: 'request-released', requestId, reason: 'by-cyclist' }))
    .when({ type: 'stop', memberId: dana, reason: 'finished', untilMs: NOW_MS }, dana, { placeOf: near })
    .gives(p.stopped(dana, NOW_MS), told)
  // Timur has it at once, and nobody else is disturbed.
  given(...underWay, raised(1, aidar), claimed(1, dana))
    .when({ type: 'stop', memberId: dana, reason: 'finished', untilMs: NOW_MS }, dana, { placeOf: near })
    .gives(released('helper-left'), p.stopped(dana, NOW_MS), claimed(1, timur, { isAutomatic: true, distanceM: null }))
  given(...history, p.stopped(dana), told)
    .when({ type: 'remove-member', memberId: dana }, lena, { placeOf: near })
    .gives(released('helper-left'), { type: 'member-removed', memberId: dana })
})

test('[RQ19] where no cyclist could bring it the nearest who see its author are told', () => {
  const names = ['asel', 'bolat', 'erlan', 'gulnar', 'olzhas', 'zere'].map(p.person)
  const alone = [...underWay.filter((past) => !('role' in past && past.role === 'cyclist'))]
  const many = names.flatMap((id, i) => [p.joined(id, 'runner', 10 + i), p.sets(id)])
  const near = (id: string) => ({
    latitudeDeg: 51.1 + [aidar, ...names, madina].indexOf(id as never) * 0.001,
    longitudeDeg: 71.4,
  })
  given(...alone, ...many)
    .when(raise(), aidar, { placeOf: near })
    .gives(raised(1, aidar, { toldIds: names.slice(0, 5) }))
  given(
    ...alone,
    ...many,
    p.stopped(names[0] as never),
    p.groupAdded('red'),
    p.changed(names[1] as never, 'runner', 'red'),
  )
    .when(raise(), aidar, { placeOf: near })
    .gives(raised(1, aidar, { toldIds: [...names.slice(2), madina] }))
  given(...alone, ...many)
    .when(raise('slow-down'), aidar, { placeOf: near })
    .gives(raised(1, aidar, { kind: 'slow-down' }))
  given(...underWay, ...many)
    .when(raise(), aidar, { placeOf: near })
    .gives(raised(1, aidar))
  const none = (memberId: typeof dana) => p.carries(memberId, { pieces: [], emptiesCount: 0 })
  given(...underWay, ...many, none(dana))
    .when(raise(), aidar, { placeOf: near })
    .gives(raised(1, aidar))
  given(...underWay, ...many, none(dana), p.groupAdded('red'), p.changed(timur, 'cyclist', 'red'))
    .when(raise(), aidar, { placeOf: near })
    .gives(raised(1, aidar, { toldIds: names.slice(0, 5) }))
  const run = runOf(...alone, ...many, raised(1, aidar, { toldIds: [madina] }))
  const sees = (id: typeof aidar) =>
    seesRequest(run, run.members.get(id) as never, run.requests.get(requestId) as never)
  expect([aidar, lena, madina, names[0] as typeof aidar, p.mum].map(sees)).toEqual([true, true, true, false, false])
})

describe('claiming', () => {
  test('[RQ6] of two who claim, one gets it and the other is told that it is taken', () => {
    const history = [...asked, claimed(1, dana)]
    given(...asked)
      .when(about('claim'), dana, { placeOf })
      .gives(claimed(1, dana, { distanceM: 250 }))
    given(...history)
      .when(about('claim'), timur)
      .isRefused('someone-else-has-it')
    given(...history)
      .when(about('claim'), dana)
      .givesNothing()
    given(...history, delivered)
      .when(about('claim'), timur)
      .isRefused('already-ended')
    expect(runOf(...asked, at(NOW_MS, claimed(1, dana, { distanceM: 250 }))).requests.get(requestId)).toMatchObject({
      status: 'claimed',
      cyclistId: dana,
      claimedAtMs: NOW_MS,
      claimDistanceM: 250,
    })
  })

  test('[RQ6] a claim of one who helps no more stands in nobody’s way', () => {
    given(...asked, claimed(1, dana), p.stopped(dana))
      .when(about('claim'), timur)
      .gives(claimed(1, timur))
  })

  test('[RQ7] the claimer gives it back, or a leader takes it; then it is open again', () => {
    const history = [...asked, claimed(1, dana)]
    for (const id of [dana, lena])
      given(...history)
        .when(about('release'), id)
        .gives(released)
    given(...history)
      .when(about('release'), timur)
      .isRefused('not-for-your-role')
    given(...asked)
      .when(about('release'), dana)
      .givesNothing()
    given(...history, delivered)
      .when(about('release'), dana)
      .isRefused('already-ended')
    expect(runOf(...history, released).requests.get(requestId)).toEqual(runOf(...asked).requests.get(requestId))
  })

  test('[RQ11] only a helper who has not stopped claims, and never their own wish', () => {
    given(...asked)
      .when(about('claim'), lena)
      .gives(claimed(1, lena))
    given(...asked)
      .when(about('claim'), aidar)
      .isRefused('not-for-your-role')
    given(...underWay, raised(1, dana))
      .when(about('claim'), dana)
      .isRefused('not-for-your-role')
    given(...asked, p.stopped(dana))
      .when(about('claim'), dana)
      .isRefused('not-out')
  })
})
