import { expect, test } from 'vitest'
import { asSent, fixEncoder } from '../../shared/frame/fix-codec.ts'
import { frameLane } from '../../shared/frame/frame-lane.ts'
import type { FramePlace } from '../../shared/frame/frame-place.ts'
import { placeAlone, simulatedPack, withoutProgress } from '../support/simulated-pack.ts'

/** Of the websocket's own around a short message: down, and up with its mask. */
const [HEAD_DOWN, HEAD_UP] = [2, 6]
const ticks = simulatedPack(240)
const mbAnHour = (bytes: number) => (bytes * 3_600) / ticks.length / 1e6

function received(as: (place: FramePlace) => FramePlace): number {
  const lane = frameLane()
  const frames = ticks.map(({ atMs, moved }) => lane.next(atMs, moved.map(as))?.length ?? 0)
  return mbAnHour(frames.reduce((sum, length) => sum + length + HEAD_DOWN, 0))
}

test.each([
  ['place and age cost 0.25 MB', placeAlone, 0.25],
  ['accuracy, speed and heading beside them 0.32 MB', withoutProgress, 0.32],
  ['progress too 0.4 MB', (place: FramePlace) => place, 0.4],
])('[FC7] of 25 runners each second %s a member-hour at most', (_, as, most) => {
  expect(received(as)).toBeLessThan(most)
})

test('[FC7] a key frame has at most 24 bytes a member, 10 with nothing but place and age', () => {
  const keyBytes = (as: (place: FramePlace) => FramePlace) => {
    const lane = frameLane()
    for (const { atMs, moved } of ticks) lane.next(atMs, moved.map(as))
    return lane.key(() => true).length
  }
  expect(keyBytes((place) => place)).toBeLessThan(24 * 25)
  expect(keyBytes(placeAlone)).toBeLessThan(10 * 25)
})

test('[FC7] somebody who goes on as before costs two bytes, at whatever rhythm', () => {
  const lane = frameLane()
  const bytes = simulatedPack(600, 5).map(({ atMs, moved }) => lane.next(atMs, moved.map(placeAlone))?.length ?? 0)
  expect(bytes.reduce((sum, length) => sum + length) / bytes.length / 25).toBeLessThan(2.6)
})

test('[FC7] of thousands, few who moved cost no more than their places, and so do few who did not', () => {
  const [someone] = (ticks[0]?.moved ?? []).map(placeAlone)
  if (!someone) throw new Error('a pack')
  const all = Array.from({ length: 8_000 }, (_, i) => ({ ...someone, memberNo: i }))
  const lane = frameLane()
  lane.next(someone.takenAtMs, all)
  const bytes = (moved: FramePlace[]) => (lane.next(someone.takenAtMs, moved)?.length ?? 0) - 2 * moved.length
  expect([bytes(all.slice(0, 20)), bytes(all.slice(20)), bytes(all), bytes(all.filter((_, i) => i % 2 > 0))]).toEqual([
    25, 25, 5, 1_004,
  ])
})

test('[FC10] a fix each second, with accuracy, speed and heading, has 8 bytes at most, 0.06 MB an hour on the wire', () => {
  const encoder = fixEncoder()
  const bytes = ticks.map(({ moved }, i) => {
    const { latitudeDeg, longitudeDeg, takenAtMs, accuracyM, speedMps, headingDeg } = moved[3] ?? {}
    if (!latitudeDeg || !longitudeDeg || !takenAtMs || !accuracyM || !speedMps || !headingDeg) throw new Error('a fix')
    const fix = asSent({ latitudeDeg, longitudeDeg, takenAtMs, accuracyM, speedMps, headingDeg })
    return encoder.encode({ streamId: 'abcdefgh12345678', fixes: [{ seq: i + 1, ...fix }] }).length
  })
  const sum = bytes.reduce((all, length) => all + length, 0)
  expect(sum / bytes.length).toBeLessThan(8)
  expect(mbAnHour(sum + HEAD_UP * bytes.length)).toBeLessThan(0.06)
})
