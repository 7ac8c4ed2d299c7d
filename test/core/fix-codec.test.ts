import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asSent, fixDecoder, fixEncoder } from '../../shared/frame/fix-codec.ts'
import { FIXES_MAX } from '../../shared/frame/fix-layout.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { type Fixes, fixesSchema } from '../../shared/protocol/wire.ts'

const START_MS = 1_780_000_000_000
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const anyFix: fc.Arbitrary<Fix> = fc
  .record({
    latitudeDeg: fc.oneof(within(-90, 90), within(51.1, 51.101)),
    longitudeDeg: fc.oneof(within(-180, 180), within(71.4, 71.401)),
    takenAtMs: fc.oneof(fc.integer({ min: 0, max: 2 ** 51 }), fc.integer({ min: START_MS, max: START_MS + 60_000 })),
    accuracyM: optional(fc.oneof(within(0, 200), within(0, 1e300))),
    speedMps: optional(fc.oneof(within(0, 12), within(0, 1e300))),
    headingDeg: optional(within(0, 360)),
    altitudeM: optional(fc.oneof(within(-400, 9_000), within(-1e300, 1e300))),
    battery: optional(within(0, 1)),
  })
  .map((fix) => fixesSchema.shape.fixes.def.element.parse({ seq: 1, ...withoutUnknown(fix) }))
  .map(({ seq: _, ...fix }) => fix)
const withoutUnknown = (fix: object) =>
  Object.fromEntries(Object.entries(fix).filter(([, value]) => value !== undefined))
const seqs = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5 }), fc.integer({ min: -(2 ** 45), max: 2 ** 45 }))
const message: fc.Arbitrary<Fixes> = fc
  .tuple(
    fc.constantFrom('aaaaaaaa', 'b0b0b0b0b0b0b0b0b0b0b0b0'),
    fc.array(fc.tuple(seqs, anyFix), { minLength: 1, maxLength: 5 }),
  )
  .map(([streamId, told]) => {
    let seq = 0
    const fixes = told.map(([step, fix]) => {
      seq = Math.max(1, seq + step)
      return { seq, ...asSent(fix) }
    })
    return { streamId, fixes }
  })

test('[FC8] fixes come out exactly as they went in, once they are as precise as can be sent', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
      const [encoder, decoder] = [fixEncoder(), fixDecoder()]
      for (const sent of messages) expect(decoder.decode(encoder.encode(sent))).toEqual(sent)
    }),
  )
})

const fix: Fix = { latitudeDeg: 51.128, longitudeDeg: 71.4304, takenAtMs: START_MS, accuracyM: 8 }
const streamId = 'abcdefgh'
const onlyFix = (seq: number, more: Partial<Fix> = {}): Fixes => ({ streamId, fixes: [{ seq, ...fix, ...more }] })

test('[FC8] as it is sent, a fix is near what it was, and stays as it is', () => {
  fc.assert(
    fc.property(anyFix, (was) => {
      const is = asSent(was)
      expect(asSent(is)).toEqual(is)
      expect(Object.keys(is).toSorted()).toEqual(Object.keys(was).toSorted())
      expect(is.takenAtMs).toBe(was.takenAtMs)
      expect(Math.abs(is.latitudeDeg - was.latitudeDeg)).toBeLessThan(0.6e-6)
      expect(Math.abs(is.longitudeDeg - was.longitudeDeg)).toBeLessThan(0.6e-6)
      for (const key of ['accuracyM', 'speedMps', 'altitudeM'] as const)
        expect(Math.abs((is[key] ?? 0) - Math.min(1e6, Math.max(-1e6, was[key] ?? 0)))).toBeLessThan(0.051)
      expect(Math.abs((is.battery ?? 0) - (was.battery ?? 0))).toBeLessThan(0.0051)
      expect(Math.abs((((is.headingDeg ?? 0) - (was.headingDeg ?? 0) + 540) % 360) - 180)).toBeLessThan(0.76)
    }),
  )
  expect(asSent({ ...fix, headingDeg: 360, latitudeDeg: -1e-9 })).toEqual({ ...fix, headingDeg: 0, latitudeDeg: 0 })
})

test('[FC9] a message that goes on from one that was lost or refused is refused, until one starts over', () => {
  const [encoder, decoder] = [fixEncoder(), fixDecoder()]
  const [first, lost, third] = [1, 2, 3].map((seq) => encoder.encode(onlyFix(seq)))
  if (!first || !lost || !third) throw new Error('three messages')
  const isAstray = { field: 'message', detail: 'stands on one that was not taken: start over' }
  expect(fixDecoder().decode(lost)).toEqual(isAstray)
  expect(decoder.decode(first)).toEqual(onlyFix(1))
  expect(decoder.decode(third)).toEqual(isAstray)
  expect(decoder.decode(lost)).toEqual(isAstray)
  expect(decoder.decode(fixEncoder().encode(onlyFix(4)))).toEqual(onlyFix(4))
})

test('[FC9] after 255 messages the numbers begin anew', () => {
  const [encoder, decoder] = [fixEncoder(), fixDecoder()]
  for (let seq = 1; seq <= 600; seq++) expect(decoder.decode(encoder.encode(onlyFix(seq)))).toEqual(onlyFix(seq))
})

test.each<readonly [string, Fixes]>([
  ['fixes.0.latitudeDeg', onlyFix(1, { latitudeDeg: 90.1 })],
  ['fixes.0.longitudeDeg', onlyFix(1, { longitudeDeg: -180.1 })],
  ['fixes.0.takenAtMs', onlyFix(1, { takenAtMs: -1 })],
  ['fixes.0.battery', onlyFix(1, { battery: 1.1 })],
  [
    'fixes.1.seq',
    {
      streamId,
      fixes: [
        { seq: 5, ...fix },
        { seq: 0, ...fix },
      ],
    },
  ],
  ['streamId', { ...onlyFix(1), streamId: 'SHORT' }],
  ['fixes', { streamId, fixes: [] }],
  ['fixes', { streamId, fixes: Array.from({ length: FIXES_MAX + 1 }, (_, i) => ({ seq: i + 1, ...fix })) }],
])('[FC9] out of range, %s is named', (field, fixes) => {
  expect(fixDecoder().decode(fixEncoder().encode(fixes))).toMatchObject({ field })
})

test('[FC9] a message that is cut within a fix is refused', () => {
  const whole = fixEncoder().encode(onlyFix(1, { speedMps: 3, headingDeg: 90, altitudeM: 350, battery: 0.5 }))
  for (let length = 0; length < whole.length; length++)
    expect(fixDecoder().decode(whole.subarray(0, length))).toHaveProperty('field')
  expect(fixDecoder().decode(whole)).toHaveProperty('streamId')
})
