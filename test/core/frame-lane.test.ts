import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameLane, frameOf } from '../../shared/frame/frame-lane.ts'
import type { FramePlace } from '../../shared/frame/frame-place.ts'
import { type FrameReader, frameReader, type ReadFrame } from '../../shared/frame/frame-reader.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const progress: fc.Arbitrary<PlaceProgress> = fc.record({
  atM: within(0, 100_000),
  spreadM: within(0, 500),
  speedMps: within(-12, 12),
  forecastMps: within(0, 12),
  forecastSpreadMps: within(0, 3),
  confidence: within(0, 1),
  rival: fc.option(fc.record({ atM: within(0, 100_000), share: within(0, 1) })),
  isOffRoute: fc.boolean(),
  isWrongWay: fc.boolean(),
  isStopped: fc.boolean(),
})
const START_MS = 1_780_000_000_000
/** Somewhere on the earth, or near the same spot, so that all kinds of record come. */
const place = (memberNo: fc.Arbitrary<number>): fc.Arbitrary<FramePlace> =>
  fc.record({
    memberNo,
    latitudeDeg: fc.oneof({ weight: 5, arbitrary: within(51.1, 51.1005) }, within(-90, 90)),
    longitudeDeg: fc.oneof({ weight: 5, arbitrary: within(71.4, 71.4005) }, within(-180, 180)),
    takenAtMs: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: START_MS - 6_000, max: START_MS + 200 }) },
      fc.integer({ min: 0, max: START_MS * 2 }),
    ),
    accuracyM: fc.option(within(0, 200)),
    speedMps: fc.option(within(0, 12)),
    headingDeg: fc.option(within(0, 360)),
    progress: fc.option(progress),
  })
const few = fc.integer({ min: 0, max: 20 })
const anyNo = fc.integer({ min: 0, max: 65_535 })

/** One frame: who moved, after how long, and whom a key frame made behind it hides. */
const turn = (memberNo: fc.Arbitrary<number>) =>
  fc.record({
    afterMs: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 5_000 }) },
      fc.integer({ min: -1e9, max: 1e9 }),
    ),
    moved: fc.array(place(memberNo), { minLength: 1, maxLength: 12 }),
    hidden: fc.option(fc.array(memberNo, { maxLength: 4 }), { freq: 3 }),
  })
const turns = fc.oneof(fc.array(turn(few), { maxLength: 15 }), fc.array(turn(anyNo), { maxLength: 8 }))

type Held = Map<number, FramePlace>
/** What a phone holds after a frame. */
function hold(held: Held, frame: ReturnType<FrameReader['read']>): ReadFrame {
  if (typeof frame === 'string') throw new Error(frame)
  if (frame.isKey) held.clear()
  for (const read of frame.places) held.set(read.memberNo, read)
  return frame
}

test('[FC1] who reads every frame and who joined by any key frame hold the same', () => {
  fc.assert(
    fc.property(turns, (frames) => {
      const lane = frameLane()
      const readers: { reader: FrameReader; held: Held; hidden: Set<number> }[] = []
      const join = (hidden: readonly number[]): void => {
        const joined = { reader: frameReader(), held: new Map(), hidden: new Set(hidden) }
        hold(joined.held, joined.reader.read(lane.key((no) => !joined.hidden.has(no))))
        readers.push(joined)
      }
      join([])
      let atMs = START_MS
      for (const { afterMs, moved, hidden } of frames) {
        atMs += afterMs
        const bytes = lane.next(atMs, moved)
        if (!bytes) throw new Error('somebody moved')
        const numbers = new Set(moved.map(({ memberNo }) => memberNo))
        for (const { reader, held, hidden: missing } of readers) {
          const frame = hold(held, reader.read(bytes))
          expect(frame.atMs).toBe(Math.floor(atMs / 100) * 100)
          expect(new Set(frame.places.map(({ memberNo }) => memberNo))).toEqual(numbers)
          for (const no of numbers) missing.delete(no)
        }
        if (hidden) join(hidden)
        const [first] = readers
        for (const { held, hidden: missing } of readers) {
          for (const [no, is] of held) expect(is).toEqual(first?.held.get(no))
          for (const no of first?.held.keys() ?? []) expect(held.has(no)).toBe(!missing.has(no))
        }
      }
    }),
  )
})

const isWithin = (is: number | null, was: number | null, most: number): void => {
  if (is === null || was === null) expect(is).toBe(was)
  else expect(Math.abs(is - was)).toBeLessThanOrEqual(most + 1e-6)
}
/** A quarter off goes unnoticed, and a little more by rounding. */
const isAbout = (is: number | null, was: number | null, least: number): void =>
  isWithin(is, was, Math.max(least, (is ?? 0) / 4) + least)

test('[FC2] what a reader holds is the truth but for what nobody would notice', () => {
  fc.assert(
    fc.property(turns, (frames) => {
      const [lane, reader, held] = [frameLane(), frameReader(), new Map<number, FramePlace>()]
      hold(held, reader.read(lane.key(() => true)))
      let atMs = START_MS
      for (const { afterMs, moved } of frames) {
        atMs += afterMs
        hold(held, reader.read(lane.next(atMs, moved) ?? new Uint8Array()))
        for (const was of new Map(moved.map((each) => [each.memberNo, each])).values()) {
          const is = held.get(was.memberNo)
          if (!is) throw new Error('who moved is told')
          isWithin(is.latitudeDeg, was.latitudeDeg, 0.5e-5)
          isWithin(is.longitudeDeg, was.longitudeDeg, 0.5e-5)
          isWithin(is.takenAtMs, was.takenAtMs, 50)
          isAbout(is.accuracyM, was.accuracyM, 1)
          isWithin(is.speedMps, was.speedMps, 0.35)
          if (is.headingDeg === null || was.headingDeg === null) expect(is.headingDeg).toBe(was.headingDeg)
          else isWithin(Math.abs(((is.headingDeg - was.headingDeg + 540) % 360) - 180), 0, 12.75)
          isNearProgress(is.progress, was.progress)
        }
      }
    }),
  )
})

function isNearProgress(is: PlaceProgress | null, was: PlaceProgress | null): void {
  if (!is || !was) {
    expect(is).toBe(was)
    return
  }
  const { isOffRoute, isWrongWay, isStopped } = was
  expect(is).toMatchObject({ isOffRoute, isWrongWay, isStopped })
  isWithin(is.atM, was.atM, 0.5)
  isAbout(is.spreadM, was.spreadM, 0.5)
  isWithin(is.speedMps, was.speedMps, 0.35)
  isWithin(is.forecastMps, was.forecastMps, 0.125)
  isAbout(is.forecastSpreadMps, was.forecastSpreadMps, 0.04)
  isWithin(is.confidence, was.confidence, 0.042)
  isWithin(is.rival?.atM ?? null, was.rival?.atM ?? null, 20.5)
  isWithin(is.rival?.share ?? null, was.rival?.share ?? null, 0.042)
}

const runner: FramePlace = {
  memberNo: 7,
  latitudeDeg: 51.128,
  longitudeDeg: 71.4304,
  takenAtMs: START_MS,
  accuracyM: 8,
  speedMps: 3,
  headingDeg: 90,
  progress: null,
}
const along: PlaceProgress = {
  atM: 12_400,
  spreadM: 8,
  speedMps: 3,
  forecastMps: 3,
  forecastSpreadMps: 0.1,
  confidence: 1,
  rival: null,
  isOffRoute: false,
  isWrongWay: false,
  isStopped: false,
}
/** What a reader of one runner holds after each of these, at most a second apart. */
function told(...changes: Partial<FramePlace>[]): (FramePlace | undefined)[] {
  const [lane, reader] = [frameLane(), frameReader()]
  reader.read(lane.key(() => true))
  return changes.map((change, i) => {
    const atMs = START_MS + 1_000 * i
    const frame = reader.read(lane.next(atMs, [{ ...runner, takenAtMs: atMs, ...change }]) ?? new Uint8Array())
    return typeof frame === 'string' ? undefined : frame.places[0]
  })
}

test('[FC3] what becomes known or unknown is told at once, and so is what is off, wrong or stopped', () => {
  const still = { takenAtMs: START_MS }
  const changes = [
    { ...still, accuracyM: 1, speedMps: 0, headingDeg: 0 },
    { ...still, accuracyM: null, speedMps: null, headingDeg: null },
    { ...still, accuracyM: 0, speedMps: 0.1, headingDeg: 358.5 },
    { ...still, progress: along },
    { ...still, progress: { ...along, isOffRoute: true, isStopped: true, rival: { atM: 30_000, share: 0 } } },
    { ...still, progress: null },
    { ...still, progress: { ...along, atM: 5, spreadM: 0, speedMps: 0, isWrongWay: true } },
  ]
  expect(told(...changes)).toMatchObject(changes)
})

test('[FC2] ages of hours, clocks that go back, poles and the date line are told like any other place', () => {
  const changes = [
    { latitudeDeg: 90, longitudeDeg: 179.99999 },
    { latitudeDeg: -90, longitudeDeg: -180 },
    { latitudeDeg: 0, longitudeDeg: 180, takenAtMs: START_MS - 36_000_000 },
    { takenAtMs: START_MS + 900_000 },
    { takenAtMs: START_MS + 3_000 },
    { takenAtMs: START_MS - 200 },
    { takenAtMs: 0 },
  ]
  expect(told(...changes)).toMatchObject(changes)
})

test('[FC4] a frame that stands on one that was not read is a gap, changes nothing, and a key frame mends it', () => {
  const [lane, reader] = [frameLane(), frameReader()]
  const next = (more: Partial<FramePlace> = {}) => lane.next(START_MS, [{ ...runner, ...more }]) ?? new Uint8Array()
  const key = () => lane.key(() => true)
  expect(reader.read(next())).toBe('gap')
  expect(reader.read(key())).toEqual({ isKey: true, atMs: START_MS, places: [runner] })
  const second = next({ accuracyM: 20 })
  const third = next({ headingDeg: 180 })
  expect(reader.read(third)).toBe('gap')
  expect(reader.read(second)).toMatchObject({ isKey: false, places: [{ accuracyM: 20, headingDeg: 90 }] })
  expect(reader.read(second)).toBe('gap')
  expect(reader.read(third)).toMatchObject({ places: [{ accuracyM: 8, headingDeg: 180 }] })
  expect(lane.next(START_MS, [])).toBeUndefined()
  expect(lane.no).toBe(3)
})

test('[FC4] after 65,535 the numbers go on, and a lane of thousands tells few and many alike', () => {
  const [lane, reader] = [frameLane(), frameReader()]
  for (let no = 1; no < 65_535; no++) lane.next(START_MS, [runner])
  reader.read(lane.key(() => true))
  const crowd = Array.from({ length: 10_000 }, (_, i) => ({
    ...runner,
    memberNo: 65_535 - i,
    latitudeDeg: (5_100_000 + i) / 1e5,
  }))
  const both = [
    crowd,
    crowd.slice(17, 18),
    crowd.toReversed().filter((_, i) => i % 700 !== 3),
    crowd.filter((_, i) => i % 3 === 0),
  ]
  for (const moved of both) {
    const frame = reader.read(lane.next(START_MS, moved) ?? new Uint8Array())
    if (typeof frame === 'string') throw new Error(frame)
    const byNo = (one: FramePlace, other: FramePlace) => one.memberNo - other.memberNo
    expect(frame.places.toSorted(byNo)).toEqual(moved.toSorted(byNo))
  }
  expect(lane.no).toBe(65_538)
})

test('[FC5] the place of whom a key frame does not show is not in it', () => {
  const lane = frameLane()
  const hidden = (latitudeDeg: number) => {
    lane.next(START_MS, [runner, { ...runner, memberNo: 8, latitudeDeg, progress: along }])
    return lane.key((no) => no !== 8)
  }
  const [one, other] = [hidden(51), hidden(-33)]
  expect(one.slice(3)).toEqual(other.slice(3))
  expect(frameReader().read(other)).toMatchObject({ places: [{ memberNo: 7 }] })
  expect(frameReader().read(frameOf(START_MS, [runner]))).toEqual({ isKey: true, atMs: START_MS, places: [runner] })
})
