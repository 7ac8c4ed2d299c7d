import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixDecoder, fixEncoder } from '../../shared/frame/fix-codec.ts'
import { frameLane, frameOf } from '../../shared/frame/frame-lane.ts'
import { frameReader } from '../../shared/frame/frame-reader.ts'
import { begin, byteWriter, finish, putSigned, putVarint } from '../../shared/frame/varint.ts'
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

const written = (put: (writer: ReturnType<typeof byteWriter>) => void): number[] => {
  const writer = byteWriter()
  begin(writer)
  put(writer)
  return [...finish(writer)]
}
const varint = (value: number) => written((writer) => putVarint(writer, value))
const signed = (value: number) => written((writer) => putSigned(writer, value))

test.each<readonly [string, readonly number[]]>([
  ['a slot that is not there', [35, 0, 1, 0, 1, 1, 119, 2]],
  ['more slots than there are', [35, 0, 1, 0, 2, 0, 119, 2]],
  ['a bit of no slot', [3, 0, 1, 0, 3, 119, 2, 119, 2]],
  ['a place beyond the pole', [3, 0, 1, 0, 1, 240, ...signed(1), 0, 2]],
  ['a time before all', [3, 0, 1, 0, 1, 119, 63, ...signed(1e11)]],
  ['a way along no route', [3, 0, 1, 0, 1, 119, 66, 2]],
  ['a heading beyond the circle', [3, 0, 1, 0, 1, 119, 130, 4, 241]],
  ['a speed beyond all', [3, 0, 1, 0, 1, 119, 130, 2, ...varint(2 ** 31)]],
])('[FC6] %s makes a frame unreadable', (_, bytes) => {
  const pole = { latitudeDeg: 90, longitudeDeg: 0, takenAtMs: 1e12, accuracyM: null, speedMps: null, headingDeg: null }
  const reader = frameReader()
  reader.read(frameOf(1e12, [{ ...pole, memberNo: 1, progress: null }]).fill(0, 1, 3))
  expect(reader.read(Uint8Array.from(bytes))).toBe('unreadable')
})

test.each<readonly [string, readonly number[]]>([
  ['flags', [1, 0, 0, 0]],
  ['seq', [129, 1, 0, 0]],
  ['accuracyM', [132, 0, 0, ...varint(1e7 + 2)]],
  ['headingDeg', [144, 0, 0, 241]],
  ['altitudeM', [160, 0, 0, 2]],
  ['altitudeM', [160, 0, 0, 1, ...signed(1e7 + 1)]],
])('[FC9] %s out of range is refused, whoever wrote it', (field, fix) => {
  const start = [0, 8, ...Buffer.from('abcdefgh')]
  expect(fixDecoder().decode(Uint8Array.from([...start, 128, 0, 0]))).toHaveProperty('streamId')
  expect(fixDecoder().decode(Uint8Array.from([...start, ...fix]))).toMatchObject({ field: `fixes.0.${field}` })
})
