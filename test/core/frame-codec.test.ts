import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFrame, encodeFrame, type Frame, type FramePlace } from '../../shared/frame/codec.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const progress: fc.Arbitrary<PlaceProgress> = fc.record({
  atM: within(0, 1_677_721),
  spreadM: within(0, 6_553),
  speedMps: within(-32, 31.75),
  forecastMps: within(0, 12.75),
  forecastSpreadMps: within(0, 5.1),
  confidence: within(0, 1),
  rival: fc.option(fc.record({ atM: within(0, 1_677_721), share: within(0, 1) })),
  isOffRoute: fc.boolean(),
  isWrongWay: fc.boolean(),
  isStopped: fc.boolean(),
})
const place: fc.Arbitrary<FramePlace> = fc.record({
  memberNo: fc.integer({ min: 1, max: 65_535 }),
  latitudeDeg: within(-90, 90),
  longitudeDeg: within(-180, 180),
  ageMs: within(0, 6_553_400),
  accuracyM: fc.option(within(0, 254)),
  speedMps: fc.option(within(0, 63.5)),
  headingDeg: fc.option(within(0, 359)),
  progress: fc.option(progress),
})
const frame: fc.Arbitrary<Frame> = fc.record({
  isKey: fc.boolean(),
  no: fc.nat(2 ** 32 - 1),
  baseNo: fc.nat(2 ** 32 - 1),
  atMs: fc.integer({ min: 0, max: 2 ** 45 }),
  places: fc.array(place, { maxLength: 30 }),
})
const somewhere: FramePlace = {
  memberNo: 7,
  latitudeDeg: 51.128,
  longitudeDeg: 71.4304,
  ageMs: 0,
  accuracyM: null,
  speedMps: null,
  headingDeg: null,
  progress: null,
}
const along: PlaceProgress = {
  atM: 12_400,
  spreadM: 8,
  speedMps: 3,
  forecastMps: 2.9,
  forecastSpreadMps: 0.1,
  confidence: 1,
  rival: { atM: 30_100, share: 0.2 },
  isOffRoute: false,
  isWrongWay: false,
  isStopped: false,
}
const sent = (places: readonly FramePlace[]) =>
  decodeFrame(encodeFrame({ isKey: true, no: 1, baseNo: 0, atMs: 0, places }))?.places

/** How far each number may be off: half a step of the layout. */
const steps: Readonly<Record<string, number>> = {
  memberNo: 0,
  latitudeDeg: 1e-6,
  longitudeDeg: 1e-6,
  ageMs: 100,
  accuracyM: 1,
  speedMps: 0.25,
  headingDeg: 1.5,
}
const progressSteps: Readonly<Record<string, number>> = {
  atM: 0.1,
  spreadM: 0.1,
  speedMps: 0.25,
  forecastMps: 0.05,
  forecastSpreadMps: 0.02,
  confidence: 1 / 250,
}

/** The same shape, each number within half a step. */
function expectNear(is: unknown, was: unknown, step: number): void {
  if (typeof was === 'number') expect(Math.abs((is as number) - was)).toBeLessThanOrEqual(step / 2 + 1e-9)
  else expect(is).toEqual(was)
}

test('[FR1] a frame comes out as it went in, within half a step of its layout', () => {
  fc.assert(
    fc.property(frame, (original) => {
      const decoded = decodeFrame(encodeFrame(original))
      expect(decoded).toMatchObject({ ...original, places: { length: original.places.length } })
      for (const [i, before] of original.places.entries()) {
        const { progress: is, ...after } = decoded?.places[i] ?? somewhere
        const { progress: was, ...sentPlace } = before
        for (const [key, value] of Object.entries(sentPlace))
          expectNear(after[key as keyof typeof after], value, steps[key] ?? 0)
        if (!was || !is) expect(is).toBe(was)
        else
          for (const [key, value] of Object.entries(was)) {
            if (key !== 'rival') expectNear(is[key as keyof PlaceProgress], value, progressSteps[key] ?? 0)
            else if (!was.rival) expect(is.rival).toBeNull()
            else {
              expectNear(is.rival?.atM, was.rival.atM, 0.1)
              expectNear(is.rival?.share, was.rival.share, 1 / 250)
            }
          }
      }
    }),
  )
})

test('[FR2] whatever bytes come, decoding gives a frame or nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120, size: 'max' }), fc.boolean(), (bytes, isOurLayout) => {
      if (isOurLayout && bytes.length > 0) bytes[0] = 2
      const decoded = decodeFrame(bytes)
      if (bytes.length < 18 || bytes[0] !== 2) expect(decoded).toBeUndefined()
      if (decoded) expect(encodeFrame(decoded)).toHaveLength(bytes.length)
    }),
  )
})

test('[FR2] a frame that is cut anywhere within a place is nothing', () => {
  const bytes = encodeFrame({ isKey: true, no: 1, baseNo: 0, atMs: 0, places: [{ ...somewhere, progress: along }] })
  for (let length = 0; length < bytes.length; length++)
    expect(decodeFrame(bytes.subarray(0, length))?.places).toEqual(length === 18 ? [] : undefined)
})

test('[FR8] who is on no route costs no more than a flag', () => {
  const size = (of: PlaceProgress | null) =>
    encodeFrame({ isKey: true, no: 1, baseNo: 0, atMs: 0, places: [{ ...somewhere, progress: of }] }).length - 18
  expect([size(null), size({ ...along, rival: null }), size(along)]).toEqual([16, 25, 29])
})

test('[FR3] numbers beyond the layout are told as the most it can say, never as unknown', () => {
  const [most] = sent([{ ...somewhere, ageMs: 9e9, accuracyM: 900, speedMps: 300, headingDeg: 360 }]) ?? []
  expect(most).toEqual({ ...somewhere, ageMs: 6_553_500, accuracyM: 254, speedMps: 63.5, headingDeg: 0 })
  expect(sent([{ ...somewhere, ageMs: -5 }])).toEqual([somewhere])

  const beyond = {
    ...along,
    atM: 9e9,
    spreadM: 9e9,
    speedMps: 90,
    forecastMps: 90,
    forecastSpreadMps: 9,
    confidence: 2,
  }
  const [far, back] =
    sent([
      { ...somewhere, progress: beyond },
      { ...somewhere, progress: { ...along, atM: -3, speedMps: -90 } },
    ]) ?? []
  expect(far?.progress).toEqual({
    ...along,
    atM: 1_677_721.5,
    spreadM: 6_553.5,
    speedMps: 31.75,
    forecastMps: 12.75,
    forecastSpreadMps: 5.1,
    confidence: 1,
  })
  expect(back?.progress).toEqual({ ...along, atM: 0, speedMps: -32 })
})

test('[FR4] a frame may lie anywhere in a larger buffer', () => {
  const bytes = encodeFrame({ isKey: false, no: 2, baseNo: 1, atMs: 5, places: [somewhere] })
  const larger = new Uint8Array(bytes.length + 9)
  larger.set(bytes, 4)
  expect(decodeFrame(larger.subarray(4, 4 + bytes.length))).toEqual(decodeFrame(bytes))
})
