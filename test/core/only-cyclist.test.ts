import { expect, test } from 'vitest'
import { MINUTE_MS } from '../../shared/units.ts'
import { event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, raised, sunday, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const asked = [...underWay, raised(1, aidar)]
const alone = [...underWay, p.stopped(timur)]
const atOnce = claimed(1, dana, { isAutomatic: true })
const water = wishes({ type: 'raise-request', requestId, kind: 'water', quantity: 1, note: null })
const gel = wishes({ type: 'raise-request', requestId: p.request(2), kind: 'gel', quantity: 1, note: null })
const giveBack = wishes({ type: 'release-request', requestId })
const givenBack = event({ type: 'request-released', requestId, reason: 'by-cyclist' })
const leftBehind = event({ type: 'request-released', requestId, reason: 'helper-left' })

test('[RQ5] with one cyclist in the run there is no claim tap: a request is theirs at once', () => {
  const placeOf = (id: string) => ({ latitudeDeg: id === dana ? 51.10226 : 51.1, longitudeDeg: 71.4 })
  given(...alone)
    .when(water, aidar, { placeOf })
    .gives(raised(1, aidar), { ...atOnce, distanceM: 250 })
})

test('[RQ5] what waited is theirs when the first cyclist joins', () => {
  const inviteId = p.invite('cyclist')
  const invite = { inviteId, role: 'cyclist', groupId: null, wardId: null, maxUses: 9 } as const
  const issued = event({ type: 'invite-issued', ...invite, expiresAtMs: p.LATEST_END_MS })
  const history = [...sunday.slice(0, 4), p.started, issued, raised(1, aidar)]
  expect(runOf(...history).requests.get(requestId)?.status).toBe('open')
  given(...history)
    .when({ type: 'join', inviteId, name: 'Dana', phone: null, startNumber: null }, dana)
    .givesWithWords(
      [{ key: `name:${dana}`, ownerId: dana, text: 'Dana' }],
      p.joined(dana, 'cyclist', 4, { inviteId }),
      atOnce,
    )
})

test('[RQ5] what waited is theirs when the only cyclist sets out again', () => {
  given(...alone, p.stopped(dana), raised(1, aidar))
    .when({ type: 'start-sharing', sinceMs: NOW_MS }, dana)
    .gives(p.sets(dana, NOW_MS), atOnce)
})

test('[RQ5] what the other cyclist leaves behind is theirs, and what any helper had promised', () => {
  const stop = wishes({ type: 'stop', memberId: timur, reason: 'finished', untilMs: NOW_MS })
  const gone = p.stopped(timur, NOW_MS)
  given(...asked)
    .when(stop, timur)
    .gives(gone, atOnce)
  given(...asked, claimed(1, timur))
    .when(stop, timur)
    .gives(leftBehind, gone, atOnce)
  given(...alone, raised(1, aidar), claimed(1, lena))
    .when({ type: 'pass-leadership', toMemberId: madina }, lena)
    .gives(leftBehind, { type: 'leadership-passed', fromMemberId: lena, toMemberId: madina }, atOnce)
})

test('[RQ5] [LE4] what the other did not answer for is theirs, also when the clock says so', () => {
  const doubted = event({ type: 'request-doubted', requestId, reason: 'silent' })
  const refills = p.helps(timur, 'refilling')
  given(...asked, claimed(1, timur), refills, doubted)
    .when({ type: 'wake' }, null, { nowMs: p.START_MS + 2 * MINUTE_MS })
    .gives(event({ type: 'request-released', requestId, reason: 'lease-over' }), atOnce)
})

test('[RQ5] what waited is theirs when the other cyclist takes up the lead', () => {
  const gone = { is: 'leaders-gone', insteadOfId: lena, toId: timur, leaderIds: [lena] } as const
  given(...asked)
    .when({ type: 'observe', observations: [gone] }, null)
    .gives(event({ type: 'leadership-taken-up', memberId: timur, insteadOfId: lena }), atOnce)
})

test('[RQ5] what they have said they do not carry is not promised in their name', () => {
  const carries = (pieces: { kind: 'water'; count: number; forId: null }[]) =>
    p.carries(dana, { pieces, emptiesCount: 0 })
  const bottles = carries([{ kind: 'water', count: 2, forId: null }])
  given(...alone, bottles)
    .when(gel, aidar)
    .gives(raised(2, aidar, { kind: 'gel' }))
  given(...alone, bottles)
    .when(water, aidar)
    .gives(raised(1, aidar), atOnce)
  given(...alone, carries([]))
    .when(water, aidar)
    .gives(raised(1, aidar))
})

test('[RQ5] what they gave back is not thrust on them again', () => {
  const history = [...alone, raised(1, aidar), atOnce]
  given(...history)
    .when(giveBack, dana)
    .gives(givenBack)
  given(...history, givenBack)
    .when(gel, aidar)
    .gives(raised(2, aidar, { kind: 'gel' }), claimed(2, dana, { isAutomatic: true }))
})

test('[RQ5] their own wish, a call to slow down and a wish they cannot see wait for a tap', () => {
  given(...alone)
    .when(water, dana)
    .gives(raised(1, dana))
  given(...alone)
    .when({ ...water, kind: 'slow-down' } as never, aidar)
    .gives(raised(1, aidar, { kind: 'slow-down' }))
  given(...alone, p.groupAdded('red'), p.changed(dana, 'cyclist', 'red'))
    .when(water, aidar)
    .gives(raised(1, aidar))
})
