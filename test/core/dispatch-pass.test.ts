import { expect, test } from 'vitest'
import { noMeetings } from '../../client/state/meetings.ts'
import { onePass } from '../../client/state/one-pass.ts'
import { noProposals, type Stop } from '../../client/state/proposals.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { aidar, carries, claimed, dana, madina, raised, request, START_MS, timur, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'

const stop = (no: number, runnerId: MemberId, atM: number | null, rideM = 900): Stop => ({
  requestId: request(no),
  runnerId,
  isProposed: true,
  atMs: START_MS,
  atM,
  rideM,
})
const points = [{ name: 'Bridge', atM: [3_000, 9_000] }, { name: 'Beach', atM: [5_000] }, { name: 'Off the route' }]
const asked = [...underWay, raised(1, aidar), claimed(1, dana), raised(2, madina, { quantity: 2 })]
const twelve = carries(dana, { pieces: [{ kind: 'water', count: 12, forId: null }], emptiesCount: 0 })
const passOver = (history: readonly RunEvent[], stops: readonly Stop[]) =>
  onePass(viewOf(history, { by: dana }), { proposals: { ...noProposals, pass: stops }, meetings: noMeetings }, points)
const aidars = { runnerId: aidar, name: 'Aidar', kind: 'water', atM: 2_000, rideM: 900 } as const
const madinas = { runnerId: madina, name: 'Madina', kind: 'water', atM: 3_500, rideM: 1_100 } as const
const two = [stop(1, aidar, 2_000), stop(2, madina, 3_500, 1_100)]

test('[DI14] one ride in one sentence: who, in which order, how far, what is left then, and where to refill next', () => {
  expect(passOver([...asked, twelve], two)).toEqual({
    stops: [
      { ...aidars, requestId: request(1), quantity: 1, isProposed: false },
      { ...madinas, requestId: request(2), quantity: 2, isProposed: true },
    ],
    rideM: 2_000,
    rideMps: 5,
    bottlesLeft: 9,
    refill: { name: 'Beach', atM: 5_000 },
  })
})

test('[DI14] what is promised beyond what is carried is told as missing', () => {
  const one = carries(dana, { pieces: [{ kind: 'water', count: 1, forId: null }], emptiesCount: 0 })
  expect(passOver([...asked, one], two)).toMatchObject({ bottlesLeft: -2 })
})

test('[DI14] who is due by plan is one of them, with one drink', () => {
  const due = { ...stop(2, madina, 3_500, 1_100), requestId: null }
  expect(passOver([...asked, twelve], [stop(1, aidar, 2_000), due])).toMatchObject({
    stops: [{}, { ...madinas, requestId: null, quantity: 1, isProposed: true }],
    bottlesLeft: 10,
  })
})

test('[DI14] nothing is said of bottles that nobody told of, nor of a place to refill when none is ahead', () => {
  const last = [stop(1, aidar, 2_000), stop(2, madina, 9_500)]
  expect(passOver(asked, last)).toMatchObject({ bottlesLeft: null, refill: null })
  expect(passOver(asked, [stop(1, aidar, null), stop(2, madina, null)])).toMatchObject({ refill: null })
})

test('[DI14] one alone is no pass; what has ended, or is another’s by now, is left out', () => {
  expect(passOver(asked, two.slice(0, 1))).toBeNull()
  expect(
    passOver([...asked, { type: 'request-cancelled', requestId: request(2), reason: 'by-author' }], two),
  ).toBeNull()
  expect(passOver([...asked, claimed(2, timur)], two)).toBeNull()
})
