import { expect, test } from 'vitest'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, mum, raised, sunday, timur, underWay } from '../support/people.ts'

const handOverId = p.handOver(1)
const give = (runnerId = aidar) =>
  wishes({ type: 'record-hand-over', handOverId, runnerId, kind: 'water', quantity: 2 })
const given1 = event({
  type: 'handed-over',
  handOverId,
  runnerId: aidar,
  cyclistId: dana,
  kind: 'water',
  quantity: 2,
  requestId: null,
})

test('[HO1] a hand-over needs no request', () => {
  given(...underWay)
    .when(give(), dana)
    .gives(given1)
  const { type: _, ...handOver } = given1
  const run = runOf(...underWay, at(NOW_MS, given1))
  expect([...run.handOvers.values()]).toEqual([{ ...handOver, atMs: NOW_MS }])
})

test.each([
  ['unclaimed', []],
  ['claimed by themself', [claimed(1, dana)]],
  ['claimed by another', [claimed(1, timur)]],
])('[HO2] a hand-over closes the runner’s open request of that kind, %s', (_how, since) => {
  const requestId = p.request(1)
  const placeOf = () => ({ latitudeDeg: 51.1, longitudeDeg: 71.4 })
  given(...underWay, raised(1, aidar), raised(2, aidar, { kind: 'gel' }), raised(3, madina), ...since)
    .when(give(), dana, { placeOf })
    .gives(
      { ...given1, requestId },
      { type: 'request-delivered', requestId, cyclistId: dana, handOverId, distanceM: 0 },
    )
})

test('[HO3] a hand-over tapped twice is one', () => {
  given(...underWay, given1)
    .when(give(), dana)
    .givesNothing()
})

test('[HO4] a helper gives, to somebody who takes part', () => {
  given(...underWay)
    .when(give(), lena)
    .gives({ ...given1, cyclistId: lena })
  for (const id of [madina, mum])
    given(...underWay)
      .when(give(), id)
      .isRefused('not-for-your-role')
  for (const id of [mum, p.person('nobody')])
    given(...underWay)
      .when(give(id), dana)
      .isRefused('no-such-thing', 'command.runnerId')
  given(...underWay, { type: 'member-removed', memberId: aidar })
    .when(give(), dana)
    .isRefused('no-such-thing', 'command.runnerId')
})

test('[HO5] not before the run has started; a tap that comes in after its end still counts', () => {
  given(...sunday)
    .when(give(), dana)
    .isRefused('run-not-live')
  given(...underWay, p.ended)
    .when(give(), dana)
    .gives(given1)
})
