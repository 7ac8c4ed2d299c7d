import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFrame, encodeFrame, type Frame, type FramePlace } from '../../shared/frame/codec.ts'

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const place: fc.Arbitrary<FramePlace> = fc.record({
  memberNo: fc.integer({ min: 1, max: 65_535 }),
  latitudeDeg: within(-90, 90),
  longitudeDeg: within(-180, 180),
  ageMs: within(0, 6_553_400),
  accuracyM: fc.option(within(0, 254)),
  speedMps: fc.option(within(0, 63.5)),
  headingDeg: fc.option(within(0, 359)),
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
}
const sent = (places: readonly FramePlace[]) =>
  decodeFrame(encodeFrame({ isKey: true, no: 1, baseNo: 0, atMs: 0, places }))?.places

/** How far each number may be off: half a step of the layout. */
const steps = {
  memberNo: 0,
  latitudeDeg: 1e-6,
  longitudeDeg: 1e-6,
  ageMs: 100,
  accuracyM: 1,
  speedMps: 0.25,
  headingDeg: 1.5,
}

test('[FR1] a frame comes out as it went in, within half a step of its layout', () => {
  fc.assert(
    fc.property(frame, (original) => {
      const decoded = decodeFrame(encodeFrame(original))
      expect(decoded).toMatchObject({ ...original, places: { length: original.places.length } })
      for (const [i, before] of original.places.entries())
        for (const [key, step] of Object.entries(steps) as [keyof FramePlace, number][]) {
          const [is, was] = [decoded?.places[i]?.[key], before[key]]
          if (was === null) expect(is).toBeNull()
          else expect(Math.abs((is as number) - was)).toBeLessThanOrEqual(step / 2 + 1e-9)
        }
    }),
  )
})

test('[FR2] whatever bytes come, decoding gives a frame or nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80, size: 'max' }), fc.boolean(), (bytes, isOurLayout) => {
      if (isOurLayout && bytes.length > 0) bytes[0] = 1
      const decoded = decodeFrame(bytes)
      const isWhole = bytes.length >= 18 && (bytes.length - 18) % 15 === 0 && bytes[0] === 1
      expect(decoded?.places.length).toBe(isWhole ? (bytes.length - 18) / 15 : undefined)
    }),
  )
})

test('[FR3] numbers beyond the layout are told as the most it can say, never as unknown', () => {
  const [most] = sent([{ ...somewhere, ageMs: 9e9, accuracyM: 900, speedMps: 300, headingDeg: 360 }]) ?? []
  expect(most).toEqual({ ...somewhere, ageMs: 6_553_500, accuracyM: 254, speedMps: 63.5, headingDeg: 0 })
  expect(sent([{ ...somewhere, ageMs: -5 }])).toEqual([somewhere])
})

test('[FR4] a frame may lie anywhere in a larger buffer', () => {
  const bytes = encodeFrame({ isKey: false, no: 2, baseNo: 1, atMs: 5, places: [somewhere] })
  const larger = new Uint8Array(bytes.length + 9)
  larger.set(bytes, 4)
  expect(decodeFrame(larger.subarray(4, 4 + bytes.length))).toEqual(decodeFrame(bytes))
})
