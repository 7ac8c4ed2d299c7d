import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noPassages, passagesAfter, passedAtMs, wasAtM } from '../../shared/pack/passages.ts'
import { type Motion, passagesOf, progressOf, steady } from '../support/on-route.ts'

const SEED = 20_270_118
const secondsAt = (motion: Motion, untilS: number, placeM: number) => {
  const ms = passedAtMs(passagesOf(motion, untilS), placeM)
  return ms === undefined ? undefined : Math.round(ms / 1_000)
}

test('[PK1] a place is passed at its moment, between fixes too, and a moment has its place', () => {
  const passages = passagesOf(steady(3), 1_000)
  for (const placeM of [0, 1, 14, 1_501, 2_999, 3_000]) {
    expect(passedAtMs(passages, placeM)).toBeCloseTo((placeM / 3) * 1_000, 6)
    expect(wasAtM(passages, (placeM / 3) * 1_000)).toBeCloseTo(placeM, 6)
  }
})

test('[PK1] nothing is said of places before the first known one or beyond the newest', () => {
  const passages = passagesOf((s) => 500 + 3 * s, 1_000)
  expect([499, 3_501, Number.NaN].map((placeM) => passedAtMs(passages, placeM))).toEqual(Array(3).fill(undefined))
  expect([-1, 1_000_001].map((momentMs) => wasAtM(passages, momentMs))).toEqual([undefined, undefined])
  expect(passedAtMs(noPassages, 0)).toBeUndefined()
})

test('[PK2] a stop is between the places before and behind it', () => {
  const lunch: Motion = (s) => 3 * (s < 300 ? s : Math.max(300, s - 3_600))
  expect(secondsAt(lunch, 5_000, 890)).toBe(297)
  expect(secondsAt(lunch, 5_000, 910)).toBe(3_903)
  expect(passagesOf(lunch, 3_900).atM.length).toBe(passagesOf(lunch, 330).atM.length)
  const jittery: Motion = (s) => lunch(s) - (s > 300 && s < 3_900 ? 8 * Math.sin(s) ** 2 : 0)
  expect(secondsAt(jittery, 5_000, 885)).toBe(295)
  expect(secondsAt(jittery, 5_000, 910)).toBe(3_903)
})

test('[PK3] a lap believed too early is taken back, and the way between the right places is filled evenly', () => {
  const doubled: Motion = (s) => 3 * s + (s >= 400 && s < 600 ? 2_000 : 0)
  expect(secondsAt(doubled, 500, 3_500)).toBe(500)
  expect(secondsAt(doubled, 1_000, 1_500)).toBe(500)
  expect(secondsAt(doubled, 600, 3_500)).toBeUndefined()
})

test('[PK3] a place the belief jumped over has no moment, and those around it have', () => {
  const late: Motion = (s) => 3 * s + (s >= 400 ? 2_000 : 0)
  expect([1_100, 2_000, 3_300].map((placeM) => secondsAt(late, 800, placeM))).toEqual([367, undefined, 433])
})

test('[PK3] who turns back passes again, and who only jitters does not', () => {
  const forgot: Motion = (s) => (s < 600 ? 3 * s : s < 700 ? 1_800 - 3 * (s - 600) : 1_500 + 3 * (s - 700))
  expect(secondsAt(forgot, 1_000, 1_700)).toBe(767)
  expect(secondsAt(forgot, 1_000, 1_200)).toBe(400)
  const jittery: Motion = (s) => 3 * s + 30 * Math.sin(s)
  expect(Math.abs((secondsAt(jittery, 2_000, 3_000) ?? 0) - 1_000)).toBeLessThan(12)
})

test('[PK4] what is dead-reckoned, doubtful, off the route or old is not written down', () => {
  const passages = passagesOf(steady(3), 100)
  for (const left of [
    progressOf(400, 130, { takenAtMs: 129_000 }),
    progressOf(400, 130, { confidence: 0.4 }),
    progressOf(400, 130, { isOffRoute: true }),
    progressOf(400, 100),
  ])
    expect(passagesAfter(passages, left)).toBe(passages)
  expect(passagesAfter(passages, progressOf(400, 130))).not.toBe(passages)
})

test('[PK4] a day of 200 km stays under 1,000 samples, rising, and true to a few seconds', () => {
  const wavy: Motion = (s) => 3 * s + 200 * Math.sin(s / 300)
  const passages = passagesOf(wavy, 67_000)
  expect(passages.atM.length).toBeLessThanOrEqual(1_000)
  expect(passages.stepM).toBe(200)
  expect(passages.atM.every((atM, index) => atM > (passages.atM[index - 1] ?? -1))).toBe(true)
  for (let s = 1_000; s < 67_000; s += 997) expect(passedAtMs(passages, wavy(s))).toBeCloseTo(s * 1_000, -4)
  expect(JSON.parse(JSON.stringify(passages))).toEqual(passages)
})

test('[PK4] whatever comes, places and moments rise, and a moment is written once', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -300, max: 400 }), fc.integer({ min: -5, max: 90 })), {
    maxLength: 300,
  })
  fc.assert(
    fc.property(steps, (moves) => {
      let [passages, atM, s] = [noPassages, 0, 100]
      for (const [moveM, waitS] of moves) {
        atM = Math.max(0, atM + moveM)
        s += waitS
        passages = passagesAfter(passages, progressOf(atM, s))
      }
      const isRising = (values: readonly number[]) => values.every((value, i) => value >= (values[i - 1] ?? value))
      expect(passages.atM.length).toBe(passages.atMs.length)
      expect(isRising(passages.atM) && new Set(passages.atMs).size === passages.atMs.length).toBe(true)
      expect(isRising(passages.atMs)).toBe(true)
    }),
    { seed: SEED, numRuns: 200 },
  )
})
