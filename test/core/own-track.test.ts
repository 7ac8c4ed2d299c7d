import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { firstGpsError, nextGpsError, openSky } from '../../client/simulate/gps-noise.ts'
import { seededRandom } from '../../client/simulate/random.ts'
import { recordedTrack } from '../../client/simulate/recorded-track.ts'
import { gpxPoints } from '../../client/simulate/recorded-xml.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { heightsOf } from '../../shared/geo/track/heights.ts'
import { type OwnTrack, ownTrack, trackAtM, trackAtMs } from '../../shared/geo/track/own-track.ts'
import { paceCurve, splitsOf } from '../../shared/geo/track/splits.ts'
import { START_MS } from '../support/people.ts'

const SEED = 'own-track'

type Course = {
  readonly speedMps: (second: number) => number
  readonly altitudeM?: (metres: number) => number
  readonly seconds: number
}

/** A fix each five seconds on a wide circle, with a phone's errors of place and height (which wander for minutes). */
function fixesOn({ speedMps, altitudeM, seconds }: Course, noiseM = 1): { fixes: Fix[]; distanceM: number } {
  const random = seededRandom(SEED)
  let error = firstGpsError(openSky, random)
  let [metres, heightErrorM] = [0, 5 * random.normal()]
  const fixes: Fix[] = []
  for (let second = 0; second <= seconds; second++) {
    if (second % 5 === 0) {
      const turn = metres / 1_500
      error = nextGpsError(error, 5, openSky, random)
      const kept = Math.exp(-5 / 120)
      heightErrorM = heightErrorM * kept + 5 * Math.sqrt(1 - kept ** 2) * random.normal()
      const place = movedPlace(
        { latitudeDeg: 51.128, longitudeDeg: 71.43 },
        1_500 * Math.cos(turn) + noiseM * error.eastM,
        1_500 * Math.sin(turn) + noiseM * error.northM,
      )
      const height = altitudeM && { altitudeM: altitudeM(metres) + noiseM * heightErrorM }
      fixes.push({ ...place, takenAtMs: START_MS + second * 1_000, accuracyM: 5, ...height })
    }
    metres += speedMps(second)
  }
  return { fixes, distanceM: metres }
}

function trackOf(course: Course, noiseM = 1): { track: OwnTrack; distanceM: number } {
  const { fixes, distanceM } = fixesOn(course, noiseM)
  const track = ownTrack(fixes)
  if (!track) throw new Error('no track')
  return { track, distanceM }
}

/** An hour with two stops of three minutes. */
const stops = (second: number) => ((second > 900 && second <= 1_080) || (second > 2_000 && second <= 2_180) ? 0 : 3)

test('[AF4] distance and moving time of a track are the truth within 2 %, pauses left out', () => {
  const { track, distanceM } = trackOf({ speedMps: stops, seconds: 3_600 })
  expect(Math.abs(track.distanceM / distanceM - 1)).toBeLessThan(0.02)
  expect(Math.abs(track.movingMs / (3_240 * 1_000) - 1)).toBeLessThan(0.02)
  expect(track.wholeMs).toBe(3_600_000)
  for (const [i, point] of track.points.entries()) {
    const next = track.points[i + 1]
    if (next) expect(next.distanceM).toBeGreaterThanOrEqual(point.distanceM)
    if (next) expect(next.movingMs).toBeGreaterThanOrEqual(point.movingMs)
  }
})

test('[AF4] fixes in any order and twice are the same track, and one fix is none', () => {
  const { fixes } = fixesOn({ speedMps: () => 3, seconds: 600 })
  expect(ownTrack([...fixes, ...fixes.slice(10, 40)].reverse())).toEqual(ownTrack(fixes))
  expect(ownTrack(fixes.slice(0, 1))).toBeNull()
})

test('[AF5] each kilometre has its time without pauses, and the rest its own', () => {
  // 3 m/s, then 4 m/s after 30 min: kilometres of 5:33, later of 4:10.
  const { track } = trackOf({ speedMps: (second) => (second < 1_800 ? 3 : 4), seconds: 3_000 }, 0)
  const splits = splitsOf(track)
  expect(splits.map(({ fromM }) => fromM)).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].slice(0, splits.length).map((km) => km * 1_000),
  )
  expect(splits[1]?.speedMps).toBeCloseTo(3, 1)
  expect(splits[8]?.speedMps).toBeCloseTo(4, 1)
  expect(splits.reduce((sum, { movingMs }) => sum + movingMs, 0)).toBeCloseTo(track.movingMs, 3)
  expect(splitsOf(trackOf({ speedMps: () => 3, seconds: 350 }, 0).track).at(-1)).toMatchObject({ speedMps: null })
})

test('[AF5] the pace curve follows a change of pace and forgets the noise', () => {
  const { track } = trackOf({ speedMps: (second) => (second < 1_800 ? 2.5 : 3.5), seconds: 3_600 })
  const curve = paceCurve(track)
  const slow = curve.filter(({ atM }) => atM > 300 && atM < 4_200)
  const fast = curve.filter(({ atM }) => atM > 4_800 && atM < 10_000)
  for (const { speedMps } of slow) expect(Math.abs(speedMps - 2.5)).toBeLessThan(0.25)
  for (const { speedMps } of fast) expect(Math.abs(speedMps - 3.5)).toBeLessThan(0.35)
})

test('[AF6] heights are summed within a tenth of the truth on hills, and on the flat they are next to nothing', () => {
  // Five hills of 40 m, 2 km each.
  const hills = trackOf({
    speedMps: () => 2.8,
    seconds: 3_600,
    altitudeM: (m) => 350 - 20 * Math.cos((m / 2_000) * 2 * Math.PI),
  })
  const up = heightsOf(hills.track)
  expect(Math.abs((up?.gainM ?? 0) / 201 - 1)).toBeLessThan(0.1)
  expect(Math.abs((up?.lossM ?? 0) / 200 - 1)).toBeLessThan(0.12)
  const flat = heightsOf(trackOf({ speedMps: () => 2.8, seconds: 3_600, altitudeM: () => 350 }).track)
  expect(flat?.gainM).toBeLessThan(30)
  // As a barometer tells: low hills of 8 m, one each 600 m, still count.
  const low = {
    speedMps: () => 2.8,
    seconds: 3_600,
    altitudeM: (m: number) => 350 - 4 * Math.cos((m / 600) * 2 * Math.PI),
  }
  expect(heightsOf(trackOf(low, 0.1).track)?.gainM).toBeGreaterThan(70)
  expect(heightsOf(trackOf({ ...low, altitudeM: () => 350 }, 0.1).track)?.gainM).toBeLessThan(5)
  expect(heightsOf(trackOf({ speedMps: () => 0, seconds: 1_800, altitudeM: () => 350 }).track)?.gainM).toBeLessThan(5)
})

test('[AF6] a track without heights says so, and a tracker’s "none" is none', () => {
  expect(heightsOf(trackOf({ speedMps: () => 3, seconds: 600 }).track)).toBeNull()
  expect(heightsOf(trackOf({ speedMps: () => 3, seconds: 600, altitudeM: () => -9_999 }).track)).toBeNull()
})

test('[AF4] how far at a moment and when at a distance are each other’s answer', () => {
  const { track } = trackOf({ speedMps: () => 3, seconds: 1_200 })
  for (const metres of [0, 500, 1_234, 3_000])
    expect(trackAtMs(track, trackAtM(track, metres).takenAtMs)).toBeCloseTo(metres, 0)
  expect(trackAtMs(track, START_MS - 60_000)).toBe(0)
  expect(trackAtMs(track, START_MS + 9_000_000)).toBeCloseTo(track.distanceM)
})

const RECORDED = fileURLToPath(new URL('../../../shared/data/ultra_part1.gpx', import.meta.url))
test.skipIf(!existsSync(RECORDED))(
  '[AF4] a recorded ultra is as long as its runner’s watch says [no recording here: skipped]',
  () => {
    const { fixes } = recordedTrack('ultra', 'ultra.gpx', gpxPoints(readFileSync(RECORDED, 'utf8')))
    const track = ownTrack(fixes)
    expect((track?.distanceM ?? 0) / 1_000).toBeGreaterThan(50)
    expect((track?.distanceM ?? 0) / 1_000).toBeLessThan(58)
  },
)
