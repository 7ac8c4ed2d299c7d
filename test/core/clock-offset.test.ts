import { expect, test } from 'vitest'
import { seededRandom } from '../../client/simulate/random.ts'
import {
  type ClockOffset,
  clockOffsetAfter,
  clockUncertaintyMs,
  correctedMs,
  type Heard,
  offsetMs,
  unknownClock,
} from '../../shared/clock-offset.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'

const START_MS = Date.UTC(2025, 5, 1, 3)

/** Fixes every 5 s from one minute to another of a device whose clock is behind by so much; ways take 0.1 to 3 s. */
function heard(fromMin: number, toMin: number, behindMs: number, seed = 1): Heard[] {
  const random = seededRandom(seed)
  return Array.from({ length: ((toMin - fromMin) * MINUTE_MS) / (5 * SECOND_MS) }, (_, index) => {
    const trueMs = START_MS + fromMin * MINUTE_MS + index * 5 * SECOND_MS
    return { takenAtMs: trueMs - behindMs, heardAtMs: Math.round(trueMs + random.between(100, 3_000)) }
  })
}
const learned = (all: readonly Heard[], clock: ClockOffset = unknownClock) => all.reduce(clockOffsetAfter, clock)

test('[CK1] the least delay tells how far a clock is behind or ahead, by the shortest way', () => {
  for (const behindMs of [0, 7_000, -40_000, 5 * MINUTE_MS])
    expect(Math.abs(offsetMs(learned(heard(0, 5, behindMs))) - behindMs - 100)).toBeLessThan(200)
  expect([offsetMs(unknownClock), clockUncertaintyMs(unknownClock)]).toEqual([0, undefined])
})

test('[CK2] two people are compared by corrected times within the uncertainty told', () => {
  const [one, other] = [learned(heard(0, 5, 90_000, 1)), learned(heard(0, 5, -20_000, 2))]
  const [passedMs, alsoMs] = [correctedMs(one, START_MS - 90_000), correctedMs(other, START_MS + 20_000)]
  const uncertaintyMs = (clockUncertaintyMs(one) as number) + (clockUncertaintyMs(other) as number)
  expect(Math.abs(passedMs - alsoMs)).toBeLessThan(uncertaintyMs)
  expect(uncertaintyMs).toBeLessThan(4_000)
})

test('[CK3] a backlog after a dead zone changes nothing', () => {
  const clock = learned(heard(0, 5, 7_000))
  const backAtMs = START_MS + 45 * MINUTE_MS
  const backlog = heard(5, 45, 7_000).map(({ takenAtMs }, index) => ({ takenAtMs, heardAtMs: backAtMs + 100 * index }))
  const late = learned(backlog.slice(0, 400), clock)
  expect(offsetMs(late)).toBe(offsetMs(clock))
  expect(Math.abs(offsetMs(learned(heard(46, 52, 7_000), late)) - 7_100)).toBeLessThan(200)
})

test('[CK4] a clock put forward shows at the second fix, one put back after four minutes', () => {
  const clock = learned(heard(0, 10, 0))
  const [first, second] = heard(10, 11, -60_000)
  expect(Math.abs(offsetMs(learned([first as Heard, second as Heard], clock)) + 60_000)).toBeLessThan(3_100)
  expect(offsetMs(learned(heard(10, 13, 60_000), clock))).toBe(offsetMs(clock))
  expect(Math.abs(offsetMs(learned(heard(10, 14, 60_000), clock)) - 60_100)).toBeLessThan(300)
})

test('[CK5] one fix from the future is not believed', () => {
  const clock = learned(heard(0, 5, 0))
  const odd = { takenAtMs: START_MS + 60 * MINUTE_MS, heardAtMs: START_MS + 5 * MINUTE_MS }
  expect(offsetMs(learned([odd], clock))).toBe(offsetMs(clock))
  expect(offsetMs(learned([odd, ...heard(5, 6, 0)], clock))).toBe(offsetMs(learned(heard(5, 6, 0), clock)))
})

test('[CK6] the state is plain data and stays small', () => {
  const clock = learned(heard(0, 300, 1_000))
  expect(JSON.parse(JSON.stringify(clock))).toEqual(clock)
  expect(JSON.stringify(clock).length).toBeLessThan(300)
})
