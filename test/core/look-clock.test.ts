import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lookClock } from '../../client/screens/run/look-clock.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const MINUTE_MS = 60_000

function heardEvery(everyMs: number) {
  const looksAtMs: number[] = []
  let apart = 0
  const clock = lookClock(() => looksAtMs.push(performance.now()))
  const startedAtMs = performance.now()
  for (let atMs = everyMs; atMs <= MINUTE_MS; atMs += everyMs) {
    vi.advanceTimersByTime(startedAtMs + atMs - performance.now())
    const before = looksAtMs.at(-1)
    clock.heard()
    if (looksAtMs.at(-1) === before) apart++
  }
  clock.stop()
  const gaps = looksAtMs.map((atMs, i) => atMs - (looksAtMs[i - 1] ?? startedAtMs))
  return { looks: looksAtMs.length, apart, longestMs: Math.max(...gaps) }
}

test('[VW47] what comes each second is drawn with the look of that second', () => {
  const { looks, apart, longestMs } = heardEvery(1_010)
  expect(apart).toBeLessThanOrEqual(1)
  expect(looks).toBeGreaterThanOrEqual(58)
  expect(longestMs).toBeLessThanOrEqual(1_200)
})

test.each([130, 400, 900, 1_300, 2_000, 5_000])('[VW47] what comes every %i ms keeps no look waiting', (everyMs) => {
  const { looks, longestMs } = heardEvery(everyMs)
  expect(longestMs).toBeLessThanOrEqual(1_200)
  expect(looks).toBeGreaterThanOrEqual(MINUTE_MS / 1_200)
})
