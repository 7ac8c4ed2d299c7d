import { expect, test } from 'vitest'
import { trackerClocks } from '../../server/usecase/tracker-clocks.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { START_MS, tracker } from '../support/people.ts'

const WAY_MS = 300
const fix = (takenAtMs: number) => ({ latitudeDeg: 51, longitudeDeg: 71, takenAtMs })

/** A device that posts its place every 20 s, some seconds of them after a wait, and how wrong each is then shown to be. */
function wrongBy(errorMs: number, minutes: number, waitsMs: (atMs: number) => number = () => 0): number[] {
  const clocks = trackerClocks()
  const wrong: number[] = []
  for (let atMs = 0; atMs < minutes * MINUTE_MS; atMs += 20 * SECOND_MS) {
    const heardAtMs = START_MS + atMs + WAY_MS + waitsMs(atMs)
    const [shown] = clocks.put(tracker(1), [fix(START_MS + atMs + errorMs)], heardAtMs)
    wrong.push((shown?.takenAtMs ?? Number.NaN) - (START_MS + atMs))
  }
  return wrong
}

test('[FX9] a clock that is ahead is put right from the first fix on', () => {
  expect(wrongBy(90 * SECOND_MS, 2)).toEqual(Array(6).fill(WAY_MS))
})

test('[FX9] a clock that is behind is put right once two minutes agree, and a right one stays so', () => {
  const behind = wrongBy(-40 * SECOND_MS, 3)
  expect(behind.slice(0, 3)).toEqual(Array(3).fill(-40 * SECOND_MS))
  expect(behind.slice(3)).toEqual(Array(6).fill(WAY_MS))
  for (const wrong of wrongBy(0, 5)) expect(Math.abs(wrong)).toBeLessThanOrEqual(WAY_MS)
})

test('[FX9] a backlog makes no old place look young', () => {
  // Twenty minutes without a network, then all of it within seconds.
  const silentMs = 20 * MINUTE_MS
  const wrong = wrongBy(0, 20, (atMs) => silentMs - atMs + atMs / 100)
  for (const ms of wrong) expect(ms).toBeLessThanOrEqual(WAY_MS)
})

test('[FX9] a fix from the far future, which is put aside, says nothing about the clock', () => {
  const clocks = trackerClocks()
  clocks.put(tracker(1), [fix(START_MS + 20 * MINUTE_MS)], START_MS)
  expect(clocks.put(tracker(1), [fix(START_MS)], START_MS + WAY_MS)[0]?.takenAtMs).toBe(START_MS)
})
