import { expect, test } from 'vitest'
import { heldPlaces } from '../../client/state/held-places.ts'
import { encodeFrame } from '../../shared/frame/codec.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import { aidar, lena, raised, sets, sunday } from '../support/people.ts'

const after = (...events: RunEvent[]): RunState =>
  events.reduce((run, event, i) => evolve(run, { version: i + 1, atMs: 1, byId: lena, event }), newRun)
const place = {
  latitudeDeg: 51,
  longitudeDeg: 71,
  ageMs: 0,
  accuracyM: 5,
  speedMps: null,
  headingDeg: null,
  progress: null,
}
const frame = (memberNo: number) =>
  encodeFrame({ isKey: true, no: 1, baseNo: 0, atMs: 1_000, places: [{ memberNo, ...place }] })

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

test('[FR7] a frame that does not stand on the last is taken, and asks for a key frame', () => {
  const places = heldPlaces()
  expect(places.frame(frame(2))).toBe(true)
  const skipped = encodeFrame({ isKey: false, no: 4, baseNo: 3, atMs: 2_000, places: [{ memberNo: 2, ...place }] })
  expect(places.frame(skipped)).toBe(false)
  expect(places.of(after(...sunday, sets(aidar, 1))).get(aidar)?.takenAtMs).toBe(2_000)
})
