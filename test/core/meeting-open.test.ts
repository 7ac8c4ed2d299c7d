import { describe, expect, test } from 'vitest'
import { bearingDeg, distanceM } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { interceptOf, type Mover } from '../../shared/geo/meeting/intercept.ts'
import { type RiderState, riderAfter, riderAt } from '../../shared/geo/meeting/rider.ts'
import { inSeconds, NOW_MS, riderIn, spot } from '../support/meeting-ground.ts'

const mover = (more: Partial<Mover> = {}): Mover => ({
  place: spot(1_000, 0),
  atMs: NOW_MS,
  spreadM: 10,
  speedMps: 2.5,
  courseDeg: 90,
  ...more,
})
const meet = (more: Partial<Mover> = {}, rider = riderIn(spot(0, 0), { rideMps: 6.5 })) => {
  const meeting = interceptOf(rider, mover(more))
  return meeting && inSeconds(meeting)
}

describe('meeting without a route', () => {
  test('[MT15] a runner ahead is caught up with, over streets that are 1.3 times the air line', () => {
    const meeting = meet()
    // 1 km at 6.5 / 1.3 - 2.5 m/s.
    expect(meeting).toMatchObject({ kind: 'ride-on', atM: null, inS: 400 })
    expect(distanceM(meeting?.place ?? spot(0), spot(2_000))).toBeLessThan(2)
    expect(meeting?.rideM).toBeCloseTo(2_600, -1)
  })

  test('[MT15] a runner who comes, stands or crosses is met where both can be', () => {
    expect(meet({ courseDeg: 270 })?.inS).toBeCloseTo(1_000 / 7.5, 1)
    expect(meet({ courseDeg: null })?.inS).toBe(200)
    const across = meet({ courseDeg: 0 })
    expect(across?.inS).toBeCloseTo(1_000 / Math.sqrt(25 - 6.25), 1)
    expect(bearingDeg(spot(0), across?.place ?? spot(0))).toBeCloseTo(60, 0)
  })

  test('[MT15] a place that is a minute old has moved on since', () => {
    expect(meet({ atMs: NOW_MS - 60_000 })?.inS).toBeCloseTo(460, 0)
  })

  test('[MT15] who is faster and goes away is never met, who comes towards is', () => {
    expect(meet({ speedMps: 5 })).toBeUndefined()
    expect(meet({ speedMps: 6 })).toBeUndefined()
    expect(meet({ speedMps: 5, courseDeg: 270 })?.inS).toBeCloseTo(100, 1)
    expect(meet({ speedMps: 6, courseDeg: 270 })?.inS).toBeCloseTo(1_000 / 11, 1)
    expect(meet({}, riderIn(spot(0), { rideMps: 0 }))).toBeUndefined()
  })

  test('[MT15] the range grows with the way the runner may wander', () => {
    const width = (placeM: number) => {
      const meeting = meet({ place: spot(placeM) })
      return (meeting?.toS ?? 0) - (meeting?.fromS ?? 0)
    }
    expect(width(2_000)).toBeGreaterThan(1.8 * width(1_000))
  })

  test('[MT15] turning round is said', () => {
    const [onward, back] = [90, 270].map((headingDeg) => meet({}, riderIn(spot(0, 0), { rideMps: 6.5, headingDeg })))
    expect([onward?.kind, back?.kind]).toEqual(['ride-on', 'turn-round'])
  })
})

describe('how a cyclist rides', () => {
  /** Fixes each 5 s at some speeds, due east. */
  function ridden(...speedsMps: number[]): RiderState | undefined {
    let [eastM, atMs] = [0, NOW_MS]
    return speedsMps.reduce<RiderState | undefined>((state, mps) => {
      eastM += 5 * mps
      atMs += 5_000
      return riderAfter(state, { ...spot(eastM), takenAtMs: atMs })
    }, undefined)
  }
  const times = (count: number, mps: number) => Array.from({ length: count }, () => mps)

  test('[MT16] the speed is that of riding, whatever is ridden in company or stood', () => {
    const riding = ridden(...times(120, 5.8), ...times(200, 2.8), ...times(100, 0), ...times(200, 3.3))
    expect(riding?.rideMps).toBeGreaterThan(5.6)
    expect(ridden(...times(300, 4.2))?.rideMps).toBeCloseTo(4.2, 1)
  })

  test('[MT16] a fix somewhere else makes nobody fast', () => {
    const state = ridden(...times(120, 5)) as RiderState
    const jump: Fix = { ...spot(5_000), takenAtMs: state.newest.takenAtMs + 20_000 }
    expect(riderAfter(state, jump).rideMps).toBe(state.rideMps)
    expect(riderAfter(state, { ...jump, takenAtMs: state.newest.takenAtMs })).toBe(state)
  })

  test('[MT16] under way one counts from the newest fix, standing or unheard from now', () => {
    const state = ridden(...times(10, 5)) as RiderState
    const { takenAtMs } = state.newest
    expect(riderAt(state, takenAtMs + 7_000)).toMatchObject({ atMs: takenAtMs, headingDeg: expect.closeTo(90, 0) })
    expect(riderAt(state, takenAtMs + 90_000)).toMatchObject({ atMs: takenAtMs + 90_000, headingDeg: null })
    const stood = ridden(...times(10, 5), 0, 0) as RiderState
    expect(riderAt(stood, takenAtMs + 12_000)).toMatchObject({ atMs: takenAtMs + 12_000, headingDeg: null })
  })
})
