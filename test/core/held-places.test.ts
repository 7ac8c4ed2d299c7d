import { expect, test } from 'vitest'
import { heldPlaces } from '../../client/state/held-places.ts'
import { type FrameLane, frameLane } from '../../shared/frame/frame-lane.ts'
import type { FramePlace } from '../../shared/frame/frame-place.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import { aidar, lena, raised, sets, sunday } from '../support/people.ts'

const after = (...events: RunEvent[]): RunState =>
  events.reduce((run, event, i) => evolve(run, { version: i + 1, atMs: 1, byId: lena, event }), newRun)
const placeOf = (memberNo: number, takenAtMs = 1_000): FramePlace => ({
  memberNo,
  latitudeDeg: 51,
  longitudeDeg: 71,
  takenAtMs,
  accuracyM: 5,
  speedMps: null,
  headingDeg: null,
  progress: null,
})
const keyOf = (lane: FrameLane) => lane.key(() => true)
/** A key frame of these. */
function frame(...memberNos: number[]): Uint8Array {
  const lane = frameLane()
  lane.next(
    1_000,
    memberNos.map((no) => placeOf(no)),
  )
  return keyOf(lane)
}

test('[AL8] who calls for help is seen on the map also by who folds nothing else of them', () => {
  const places = heldPlaces()
  places.frame(frame(77))
  const call = raised(1, aidar, { kind: 'help', runnerNo: 77 })
  expect([...places.of(after(call)).keys()]).toEqual([aidar])
  const closed: RunEvent = { type: 'request-closed', requestId: call.requestId, distanceM: null }
  expect([...places.of(after(call, closed)).keys()]).toEqual([])
})

test('[FR6] a held place is shown while its owner shares, and never again after', () => {
  const places = heldPlaces()
  places.frame(frame(2))
  expect([...places.of(after(...sunday)).keys()]).toEqual([])
  expect([...places.of(after(...sunday, sets(aidar, 1))).keys()]).toEqual([aidar])
  const stopped: RunEvent = { type: 'sharing-stopped', memberId: aidar, toMs: 5 }
  expect([...places.of(after(...sunday, sets(aidar, 1), stopped)).keys()]).toEqual([])
})

test('[FR9] a frame that does not stand on the last changes nothing, until a key frame comes', () => {
  const places = heldPlaces()
  const run = after(...sunday, sets(aidar, 1))
  const lane = frameLane()
  lane.next(1_000, [placeOf(2)])
  expect(places.frame(keyOf(lane))).toBe(1_000)
  lane.next(2_000, [placeOf(2, 2_000)])
  expect(places.frame(lane.next(3_000, [placeOf(2, 3_000)]) as Uint8Array)).toBeUndefined()
  expect(places.of(run).get(aidar)?.takenAtMs).toBe(1_000)
  expect(places.frame(Uint8Array.of(99))).toBeUndefined()
  expect(places.of(run).get(aidar)?.takenAtMs).toBe(1_000)
  expect(places.frame(keyOf(lane))).toBe(3_000)
  expect(places.of(run).get(aidar)?.takenAtMs).toBe(3_000)
})

test('[FR10] over a new connection nothing stands on the frames of the old one, and what is held stays', () => {
  const places = heldPlaces()
  const run = after(...sunday, sets(aidar, 1))
  const lane = frameLane()
  lane.next(1_000, [placeOf(2)])
  places.frame(keyOf(lane))
  places.startOver()
  expect(places.frame(lane.next(2_000, [placeOf(2, 2_000)]) as Uint8Array)).toBeUndefined()
  expect(places.of(run).get(aidar)?.takenAtMs).toBe(1_000)
})

test('[FR11] places are the same map until one of them changes, and then another one', () => {
  const places = heldPlaces()
  const lane = frameLane()
  lane.next(1_000, [placeOf(1), placeOf(2)])
  places.frame(keyOf(lane))
  const run = after(...sunday, sets(lena, 1), sets(aidar, 1))
  const before = places.of(run)
  expect([...before.keys()].sort()).toEqual([aidar, lena].sort())
  expect(places.of({ ...run, version: 9 })).toBe(before)
  places.frame(lane.next(2_000, [placeOf(2, 2_000)]) as Uint8Array)
  const next = places.of(run)
  expect([before, next].map((each) => each.get(aidar)?.takenAtMs)).toEqual([1_000, 2_000])
  expect(next.get(lena)).toBe(before.get(lena))
})

test('[FR11] whom a key frame does not name is shown no more', () => {
  const places = heldPlaces()
  const run = after(...sunday, sets(lena, 1), sets(aidar, 1))
  places.frame(frame(1, 2))
  expect(places.of(run).size).toBe(2)
  places.frame(frame(2))
  expect([...places.of(run).keys()]).toEqual([aidar])
})
