import { expect, onTestFinished, test, vi } from 'vitest'
import { liveSlots, slotAfter } from '../../client/net/live-slots.ts'
import { serverClock } from '../../client/net/server-clock.ts'
import type { Rhythm } from '../../shared/protocol/wire.ts'

const NOW_MS = 1_000_000
/** Ticks at a third of each second. */
const rhythm: Rhythm = { fixEveryMs: 5_000, frameEveryMs: 2_000, nextTickAtMs: NOW_MS + 333, tickMs: 1_000 }

function someSlots(timeScale = 1) {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
  onTestFinished(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  const clock = serverClock()
  clock.anchor(NOW_MS, timeScale)
  const slots = liveSlots(clock)
  slots.welcomed()
  return { clock, slots }
}

test('[OB12] the first message after a while leaves at once, the next one beat later and 40 ms before a tick', () => {
  const { slots } = someSlots()
  slots.hear(rhythm)
  expect(slots.waitMs()).toBe(0)
  vi.advanceTimersByTime(400)
  slots.left()
  expect(slots.waitMs()).toBe(5_333 - 40 - 400)
  vi.advanceTimersByTime(60_000)
  expect(slots.waitMs()).toBe(0)
})

test('[OB12] whoever was a little early or late keeps to the same ticks', () => {
  const leftMs = [-30, 0, 30, 400].map((late) => slotAfter(rhythm, NOW_MS + 293 + late, 40))
  expect(new Set(leftMs)).toEqual(new Set([NOW_MS + 5_293]))
  expect(slotAfter({ ...rhythm, fixEveryMs: 100 }, NOW_MS + 293, 40)).toBe(NOW_MS + 1_293)
})

test('[OB12] the shortest answer tells how long before the tick to send, and a long one is no way', () => {
  const { slots } = someSlots()
  slots.hear(rhythm)
  for (const tookMs of [3_000, 160, 90, 120]) slots.answered(tookMs)
  slots.left()
  expect(slots.waitMs()).toBe(5_333 - 40 - 90)
  slots.welcomed()
  slots.left()
  expect(slots.waitMs()).toBe(5_333 - 40)
})

test('[OB13] beats and ticks go by the clock of the server, however fast, and the way by the wall', () => {
  const { slots } = someSlots(10)
  slots.hear({ ...rhythm, nextTickAtMs: NOW_MS + 10_000, tickMs: 10_000, fixEveryMs: 20_000 })
  slots.answered(60)
  slots.left()
  // That tick is at 20 s of the server's, 2 s by the wall.
  expect(slots.waitMs()).toBe(2_000 - 40 - 60)
})

test('[OB12] without a rhythm, and with any, messages are 200 ms apart', () => {
  const { slots } = someSlots(60)
  slots.left()
  expect(slots.waitMs()).toBe(200)
  slots.hear({ ...rhythm, tickMs: 3_000 })
  expect(slots.waitMs()).toBe(200)
})

test('[OB14] a fix that is taken when the phone says so leaves at once, and its tick is near', () => {
  const { clock, slots } = someSlots()
  expect(slots.nextFixAtMs()).toBe(clock.nowMs() + 5_000)
  slots.hear(rhythm)
  slots.left()
  for (let beat = 1; beat < 5; beat++) {
    vi.advanceTimersByTime(slots.nextFixAtMs() - clock.nowMs())
    expect(slots.waitMs()).toBe(0)
    expect(clock.nowMs()).toBe(NOW_MS + beat * 5_000 + 333 - 40)
    slots.left()
  }
})

test('[CK7] a clock that a slow welcome set is put right by what comes next, and never back', () => {
  const { clock } = someSlots()
  clock.hear(NOW_MS - 500)
  expect(clock.nowMs()).toBe(NOW_MS)
  clock.hear(NOW_MS + 700)
  vi.advanceTimersByTime(300)
  expect(clock.nowMs()).toBe(NOW_MS + 1_000)
})
