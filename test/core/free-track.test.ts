import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { firstGpsError, nextGpsError } from '../../client/simulate/gps-noise.ts'
import { seededRandom } from '../../client/simulate/random.ts'
import { readRecordedFile } from '../../client/simulate/recorded-files.ts'
import { distanceM, movedPlace } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { type FreeTrack, freeTrackAt } from '../../shared/geo/pace/free-estimate.ts'
import { type FreeTrackState, freeTrackAfter, noFreeTrack } from '../../shared/geo/pace/free-track.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { freeCourses, toldIn } from '../bench/free-scenes.ts'

const START_MS = Date.UTC(2025, 5, 1, 2)
const astana = { latitudeDeg: 51.13, longitudeDeg: 71.43 }
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** A fix so many metres east and north of the start, so many seconds after it. */
const fixAt = (seconds: number, eastM: number, northM = 0): Fix => ({
  ...movedPlace(astana, eastM, northM),
  takenAtMs: START_MS + seconds * SECOND_MS,
})
const followed = (fixes: readonly Fix[], state: FreeTrackState = noFreeTrack) => fixes.reduce(freeTrackAfter, state)
const estimate = (state: FreeTrackState, seconds = 0) => freeTrackAt(state, START_MS + seconds * SECOND_MS) as FreeTrack
/** Every 5 s from one second to another, at a way east by the second. */
const fixes = (fromS: number, toS: number, eastM: (seconds: number) => number): Fix[] =>
  Array.from({ length: Math.floor((toS - fromS) / 5) + 1 }, (_, index) =>
    fixAt(fromS + 5 * index, eastM(fromS + 5 * index)),
  )
const running = (seconds: number) => 3 * seconds
const minutesRun = (minutes: number) => followed(fixes(0, minutes * 60, running))

/** Somebody who stands at the start, as a bad phone tells of it. */
function wandering(seed: number, seconds: number, correlationS = 10): Fix[] {
  const random = seededRandom(seed)
  const reception = { sigmaM: 10, correlationS, outlierChance: 0, outlierM: 0 }
  let error = firstGpsError(reception, random)
  return fixes(0, seconds, () => 0).map((fix) => {
    error = nextGpsError(error, 5, reception, random)
    return { ...fix, ...movedPlace(fix, error.eastM, error.northM) }
  })
}

function errorPct(course: (typeof freeCourses)[number], seed: number, sigmaM: number, everyS = 5): number {
  const told = toldIn({ course, seed, sigmaM, everyS, correlationS: 10, outlierChance: 0, gapShare: 0 })
  const trueM = (told.at(-1)?.trueAtM as number) - (told[0]?.trueAtM as number)
  return (100 * (estimate(followed(told.map(({ fix }) => fix))).distanceM - trueM)) / trueM
}

describe('distance', () => {
  test.each([
    { sigmaM: 5, withinPct: 1 },
    { sigmaM: 10, withinPct: 3 },
  ])('[FT1] noise of $sigmaM m does not lengthen the way', ({ sigmaM, withinPct }) => {
    const errors = freeCourses.flatMap((course) => [1, 2, 3].map((seed) => errorPct(course, seed, sigmaM)))
    expect(Math.abs(mean(errors)), `seeds 1-3, mean ${mean(errors)} %`).toBeLessThan(withinPct)
  })

  test.each(freeCourses)('[FT2] bends and corners are not cut off: $name', (course) => {
    expect(Math.abs(errorPct(course, 1, 0))).toBeLessThan(1)
    const noisy = mean([1, 2, 3, 4].map((seed) => errorPct(course, seed, 5)))
    expect(Math.abs(noisy), `seeds 1-4, mean ${noisy} %`).toBeLessThan(2.5)
  })

  test('[FT3] what the phone claims of its accuracy changes nothing', () => {
    const told = wandering(3, 300)
    const claimed = told.map((fix, index) => ({ ...fix, accuracyM: index % 2 === 0 ? 3 : 60 }))
    expect(followed(claimed)).toEqual(followed(told))
  })

  test('[FT4] fixes every second make no longer a way than fixes every 15 s', () => {
    const errors = freeCourses.map((course) => errorPct(course, 1, 5, 1) - errorPct(course, 1, 5, 15))
    expect(Math.abs(mean(errors)), `seed 1, mean ${mean(errors)} %`).toBeLessThan(2)
  })

  test('[FT5] who stands does not get on, however the fixes wander, and the pause is timed', () => {
    for (const correlationS of [10, 40])
      for (const seed of [1, 2, 3, 4]) {
        const told = wandering(seed, 1_860, correlationS)
        const begun = estimate(followed(told.slice(0, 13))).distanceM
        const { distanceM: endedM, pausedMs } = estimate(followed(told))
        expect(endedM - begun, `seed ${seed}, correlated ${correlationS} s`).toBeLessThan(150)
        expect(pausedMs).toBeGreaterThan(25 * MINUTE_MS)
      }
  })

  test('[FT5] a pause between two runs is neither way nor moving time', () => {
    const paused = followed(
      fixes(605, 900, () => 1_800),
      minutesRun(10),
    )
    expect(estimate(paused)).toMatchObject({ isStopped: true, speedMps: 0, courseDeg: null })
    const {
      distanceM: wayM,
      pausedMs,
      movingMs,
      isStopped,
    } = estimate(
      followed(
        fixes(905, 1_500, (seconds) => 1_800 + 3 * (seconds - 900)),
        paused,
      ),
    )
    expect(isStopped).toBe(false)
    expect(Math.abs(wayM - 3_600)).toBeLessThan(30)
    expect(Math.abs(pausedMs - 5 * MINUTE_MS)).toBeLessThan(20 * SECOND_MS)
    expect(Math.abs(movingMs - 20 * MINUTE_MS)).toBeLessThan(20 * SECOND_MS)
  })

  test('[FT6] a fix somewhere else altogether adds nothing and moves nobody', () => {
    const run = minutesRun(5)
    const stray = followed([fixAt(305, 915, 120)], run)
    expect(distanceM(estimate(stray).place, estimate(run).place)).toBeLessThan(1)
    const on = (state: FreeTrackState) => estimate(followed(fixes(310, 600, running), state)).distanceM
    expect(Math.abs(on(stray) - on(run))).toBeLessThan(1)
  })

  test('[FT6] two fixes that agree on another place are followed there', () => {
    const moved = followed([fixAt(305, 915, 400), fixAt(310, 930, 400)], minutesRun(5))
    expect(distanceM(estimate(moved).place, fixAt(310, 930, 400))).toBeLessThan(60)
  })

  test.each([
    { says: 'straight on', endM: 3_600 + 360, wayM: 360 },
    { says: 'faster than before', endM: 3_600 + 500, wayM: 500 },
    { says: 'half a circle', endM: 3_600 + 360 / (Math.PI / 2), wayM: 360 },
    { says: 'nowhere', endM: 3_600, wayM: 0 },
  ])('[FT7] in a gap somebody goes on at their pace, $says', ({ endM, wayM }) => {
    const run = minutesRun(20)
    const on = followed([fixAt(1_320, endM)], run)
    expect(Math.abs(estimate(on).distanceM - estimate(run).distanceM - wayM)).toBeLessThan(10)
    const stoodMs = wayM === 0 ? 2 * MINUTE_MS : 0
    expect(Math.abs(estimate(on).pausedMs - estimate(run).pausedMs - stoodMs)).toBeLessThan(5 * SECOND_MS)
  })
})

describe('place, speed and forecast', () => {
  test('[FT8] place, course and speed are those of the newest fixes, and are reckoned on from them', () => {
    const run = minutesRun(5)
    const now = estimate(run, 300)
    expect(distanceM(now.place, fixAt(300, 900))).toBeLessThan(1)
    expect(now.courseDeg).toBeCloseTo(90, 0)
    expect(now.speedMps).toBeCloseTo(3, 1)
    const later = estimate(run, 320)
    expect(distanceM(later.place, fixAt(320, 960))).toBeLessThan(3)
    expect(later).toMatchObject({ atMs: START_MS + 320_000, takenAtMs: START_MS + 300_000, distanceM: now.distanceM })
    expect(later.spreadM).toBeGreaterThan(now.spreadM + 10)
    expect(distanceM(estimate(run, 900).place, estimate(run, 420).place)).toBe(0)
  })

  test('[FT8] a fix that comes too soon to be a step still moves the place', () => {
    const now = estimate(followed([fixAt(302, 906)], minutesRun(5)))
    expect(now.takenAtMs).toBe(START_MS + 302_000)
    expect(distanceM(now.place, fixAt(302, 906))).toBeLessThan(1)
  })

  test('[FT9] the forecast pace is that of moving, and its spread holds what comes', () => {
    const rested = followed(
      fixes(605, 1_200, () => 1_800),
      minutesRun(10),
    )
    const { forecastMps, forecastSpreadMps } = estimate(rested)
    expect(forecastMps).toBeCloseTo(3, 1)
    expect(forecastSpreadMps).toBeGreaterThan(0.05)
    expect(forecastSpreadMps).toBeLessThan(0.6)
    const sprint = followed(
      fixes(605, 635, (seconds) => 1_800 + 6 * (seconds - 600)),
      minutesRun(10),
    )
    expect(estimate(sprint).speedMps).toBeGreaterThan(4)
    expect(estimate(sprint).forecastMps).toBeLessThan(3.4)
  })

  test('[FT9] nothing is said before the first fix, and little after it', () => {
    expect(freeTrackAt(noFreeTrack, START_MS)).toBeUndefined()
    expect(estimate(followed([fixAt(0, 0)]))).toMatchObject({
      distanceM: 0,
      speedMps: 0,
      courseDeg: null,
      isStopped: false,
    })
  })
})

describe('the state', () => {
  test('[FT10] it is bounded plain data, and goes on elsewhere as it would have here', () => {
    const told = wandering(1, 7_200)
    const half = followed(told.slice(0, 700))
    const moved: FreeTrackState = JSON.parse(JSON.stringify(half))
    expect(followed(told.slice(700), moved)).toEqual(followed(told.slice(700), half))
    const everySecond = Array.from({ length: 2_000 }, (_, seconds) => fixAt(seconds, running(seconds)))
    expect(JSON.stringify(followed(everySecond)).length).toBeLessThan(4_000)
  })

  test('[FT11] a fix that is not newer than the last changes nothing', () => {
    const run = followed([fixAt(302, 906)], minutesRun(5))
    for (const seconds of [302, 301, 300, 10]) expect(followed([fixAt(seconds, 50)], run)).toBe(run)
  })

  const recordings = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
  test.skipIf(!existsSync(recordings)).each(['group3_boat_alex.gpx', 'track_200m_reps.gpx', 'bikeA_edge605.gpx'])(
    '[FT12] a recorded way is as long from fixes every 5 s as from all (skipped without the recordings): %s',
    async (file) => {
      const [track] = await readRecordedFile(recordings + file)
      const all = track?.fixes ?? []
      let nextMs = 0
      const some = all.filter(({ takenAtMs }) => {
        if (takenAtMs < nextMs) return false
        nextMs = takenAtMs + 5_000
        return true
      })
      const [fromAllM, fromSomeM] = [estimate(followed(all)).distanceM, estimate(followed(some)).distanceM]
      expect(Math.abs(fromSomeM - fromAllM) / fromAllM).toBeLessThan(0.01)
    },
  )
})
