import { describe, expect, test } from 'vitest'
import { movedPlace } from '../../shared/geo/distance.ts'
import { type FreeTrack, freeTrackAt } from '../../shared/geo/pace/free-estimate.ts'
import { freeTrackAfter, noFreeTrack } from '../../shared/geo/pace/free-track.ts'
import { distanceGoal, passerBy, passersBy } from '../../shared/geo/pace/goals.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { freeCourses, toldIn } from '../bench/free-scenes.ts'

const NOW_MS = Date.UTC(2025, 5, 1, 3)
const astana = { latitudeDeg: 51.13, longitudeDeg: 71.43 }
/** Somebody who runs east at 3 m/s, ten kilometres done without a pause. */
const east: FreeTrack = {
  place: astana,
  spreadM: 5,
  atMs: NOW_MS,
  takenAtMs: NOW_MS,
  courseDeg: 90,
  courseSpreadDeg: 4,
  speedMps: 3,
  forecastMps: 3,
  forecastSpreadMps: 0.15,
  distanceM: 10_000,
  movingMs: 55 * MINUTE_MS,
  pausedMs: 0,
  isStopped: false,
}
const standing: FreeTrack = { ...east, courseDeg: null, speedMps: 0, isStopped: true }
const minutesFromNow = (atMs: number | null | undefined) => ((atMs ?? Number.NaN) - NOW_MS) / MINUTE_MS
const placeAt = (eastM: number, northM: number) => movedPlace(astana, eastM, northM)

describe('so many kilometres', () => {
  test('[GO1] what is left takes as long as the forecast pace says, rather late than early', () => {
    const { remainingM, arrival } = distanceGoal(east, 13_600)
    expect(remainingM).toBe(3_600)
    expect(minutesFromNow(arrival?.atMs)).toBeCloseTo(20, 5)
    expect(minutesFromNow(arrival?.earliestMs)).toBeCloseTo(18.76, 1)
    expect(minutesFromNow(arrival?.latestMs)).toBeCloseTo(21.32, 1)
    expect(distanceGoal(east, 10_000)).toEqual({ remainingM: 0, arrival: null })
  })

  test('[GO2] who has paused will pause again, and who stands has no latest moment', () => {
    const resting = { ...east, pausedMs: 25 * MINUTE_MS }
    const [usual, slow] = [distanceGoal(east, 20_000).arrival, distanceGoal(resting, 20_000).arrival]
    expect(slow?.atMs).toBeGreaterThan((usual?.atMs as number) + 10 * MINUTE_MS)
    expect(slow?.earliestMs).toBeLessThan(usual?.atMs as number)
    expect(distanceGoal(standing, 20_000).arrival?.latestMs).toBeNull()
    // Time that passes while standing puts the end off; while running it is way.
    const later = (track: FreeTrack) => distanceGoal({ ...track, atMs: NOW_MS + MINUTE_MS }, 20_000).arrival?.atMs
    expect(later(standing)).toBe((distanceGoal(standing, 20_000).arrival?.atMs as number) + MINUTE_MS)
    expect(later(east)).toBe(usual?.atMs)
  })

  test('[GO3] four in five arrivals lie in their range', () => {
    let [asked, held] = [0, 0]
    for (const course of freeCourses)
      for (const seed of [1, 2]) {
        const told = toldIn({ course, seed, sigmaM: 10, correlationS: 10, everyS: 5, outlierChance: 0, gapShare: 0 })
        let state = noFreeTrack
        for (const [index, { fix, trueAtM }] of told.entries()) {
          state = freeTrackAfter(state, fix)
          const goal = told.find((later) => later.trueAtM >= trueAtM + 1_000)
          if (index < 60 || index % 30 > 0 || !goal) continue
          const now = freeTrackAt(state, fix.takenAtMs) as FreeTrack
          const { arrival } = distanceGoal(now, now.distanceM + 1_000)
          asked++
          const isHeld =
            goal.fix.takenAtMs >= (arrival?.earliestMs ?? 0) &&
            goal.fix.takenAtMs <= (arrival?.latestMs ?? Number.POSITIVE_INFINITY)
          if (isHeld) held++
        }
      }
    expect(held / asked, `seeds 1-2, ${held} of ${asked}`).toBeGreaterThan(0.8)
  })
})

describe('a place on the map', () => {
  test('[GO4] who heads for a place comes by, how near and when', () => {
    const passing = passerBy(east, placeAt(1_800, 90))
    if (passing.kind !== 'coming') throw new Error(passing.kind)
    expect(Math.abs(passing.closestM - 90)).toBeLessThan(2)
    const { earliestMs, atMs, latestMs } = passing.arrival
    expect([earliestMs, atMs, latestMs].map((at) => Math.round(minutesFromNow(at)))).toEqual([9, 11, 21])
    expect(passerBy(east, placeAt(60, -60))).toEqual({ kind: 'here' })
  })

  test('[GO5] the cone widens with the distance and with doubt about the course', () => {
    const at = (aheadM: number, asideM: number, track = east) => passerBy(track, placeAt(aheadM, asideM)).kind
    expect([at(200, 400), at(1_000, 700), at(1_000, 900)]).toEqual(['elsewhere', 'coming', 'elsewhere'])
    expect(at(1_000, 1_100, { ...east, courseSpreadDeg: 15 })).toBe('coming')
  })

  test('[GO6] who heads elsewhere does not come by, and of who stands or is silent nothing is said', () => {
    for (const eastM of [-110, -500]) expect(passerBy(east, placeAt(eastM, 0))).toEqual({ kind: 'elsewhere' })
    expect(passerBy(standing, placeAt(500, 0))).toEqual({ kind: 'unknown' })
    expect(passerBy({ ...east, takenAtMs: NOW_MS - 3 * MINUTE_MS }, placeAt(500, 0))).toEqual({ kind: 'unknown' })
  })

  test('[GO7] who is there is named first, then the soonest', () => {
    const tracks = new Map([
      ['slow', { ...east, forecastMps: 2 }],
      ['away', { ...east, courseDeg: 270 }],
      ['fast', east],
      ['there', { ...standing, place: placeAt(950, 0) }],
    ])
    expect(passersBy(tracks, placeAt(1_000, 0)).map(({ id }) => id)).toEqual(['there', 'fast', 'slow'])
  })
})
