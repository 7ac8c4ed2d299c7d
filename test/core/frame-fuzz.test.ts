import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixDecoder, fixEncoder } from '../../shared/frame/fix-codec.ts'
import { frameLane } from '../../shared/frame/frame-lane.ts'
import { frameReader } from '../../shared/frame/frame-reader.ts'
import { fixesSchema } from '../../shared/protocol/wire.ts'
import { simulatedPack } from '../support/simulated-pack.ts'

const ticks = simulatedPack(6)
const lane = frameLane()
const frames = [lane.key(() => true), ...ticks.map(({ atMs, moved }) => lane.next(atMs, moved) ?? new Uint8Array())]
frames.push(lane.key((no) => no % 3 > 0))

const encoder = fixEncoder()
const messages = ticks.map(({ moved }, i) =>
  encoder.encode({
    streamId: 'abcdefgh',
    fixes: moved.slice(0, 3).map(({ latitudeDeg, longitudeDeg, takenAtMs }, j) => ({
      ...{ seq: 3 * i + j + 1, latitudeDeg, longitudeDeg, takenAtMs, accuracyM: 8.2, altitudeM: 350 + i, battery: 0.5 },
    })),
  }),
)

/** Good messages in order, with bytes changed, cut off or put in, and others that are nothing but chance. */
const broken = (good: readonly Uint8Array[], starts: readonly number[]) =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.nat(good.length - 1).map((i) => good[i] ?? new Uint8Array()) },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.nat(good.length - 1), fc.nat(300), fc.nat(3), fc.uint8Array({ maxLength: 3 }))
          .map(([i, at, cut, put]) => {
            const bytes = [...(good[i] ?? [])]
            bytes.splice(at % bytes.length, cut, ...put)
            return Uint8Array.from(bytes)
          }),
      },
      fc
        .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200, size: 'max' }))
        .map(([first, rest]) => Uint8Array.from([first, ...rest])),
      fc.uint8Array({ maxLength: 10 }),
    ),
    { maxLength: 10 },
  )

test('[FC6] whatever bytes come, reading gives a frame of possible places, a gap, or says that they are unreadable', () => {
  fc.assert(
    fc.property(broken(frames, [3, 35, 67, 131]), (bytes) => {
      const reader = frameReader()
      reader.read(frames[0] ?? new Uint8Array())
      for (const each of bytes) {
        const frame = reader.read(each)
        if (typeof frame === 'string') {
          if (frame === 'unreadable') expect(['gap', 'unreadable']).toContain(reader.read(frames[1] ?? each))
          continue
        }
        expect(frame.places.length).toBeLessThanOrEqual(30 + 4 * bytes.reduce((sum, { length }) => sum + length, 0))
        for (const { latitudeDeg, longitudeDeg, takenAtMs, memberNo } of frame.places) {
          expect(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180).toBe(true)
          expect(Number.isInteger(takenAtMs) && takenAtMs >= 0 && memberNo >= 0 && memberNo <= 65_535).toBe(true)
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

test('[FC6] bytes that claim thousands of slots, or numbers without end, are found out by what is missing', () => {
  const key = Uint8Array.from([131, 0, 0, ...(frames[0]?.slice(3, 11) ?? [])])
  const read = (...bytes: number[]) => {
    const reader = frameReader()
    reader.read(key)
    return reader.read(Uint8Array.from(bytes))
  }
  expect(read(3, 0, 1, 0)).toMatchObject({ places: [] })
  expect(read(3, 0, 1, ...Array(10_000).fill(255))).toBe('unreadable')
  expect(read(35, 0, 1, 0, 255, 255, 255, 127)).toBe('unreadable')
  expect(read(67, 0, 1, 0, 1)).toBe('unreadable')
  expect(read(...key, ...Array(70_000).fill(1))).toBe('unreadable')
})

test('[FC9] fixes of whatever bytes are well-formed, or the field is named', () => {
  fc.assert(
    fc.property(broken(messages, [0, 1, 2]), (bytes) => {
      const decoder = fixDecoder()
      for (const each of bytes) {
        const fixes = decoder.decode(each)
        if ('field' in fixes) expect(fixes.field).toMatch(/^(message|streamId|fixes(\.\d+\.\w+)?)$/)
        else expect(fixesSchema.safeParse(fixes).error).toBeUndefined()
      }
    }),
    { numRuns: 3_000 },
  )
})
