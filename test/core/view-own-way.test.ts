import { expect, test } from 'vitest'
import { freeProgress, newerOf, ownProgress, ownWayAfter } from '../../client/state/own-way.ts'
import { packView } from '../../client/state/pack-view.ts'
import { noTrails } from '../../client/state/trails.ts'
import { type FreeTrackState, noFreeTrack } from '../../shared/geo/pace/free-track.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { steady } from '../support/on-route.ts'
import { aidar, lena, madina, sets, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'
import { LENGTH_M, nowAt, routeSet, seenAt, spotAtM, watched } from '../support/watched.ts'

const onRoute = [...underWay, routeSet, sets(lena)]

test('[VW36] a runner reads the own kilometre, pace, neighbours, and when the end comes, in a range', () => {
  const { view, outlook, nowMs } = watched(
    viewOf(onRoute, { by: madina }),
    new Map([
      [aidar, steady(3)],
      [madina, steady(3, 30)],
      [lena, steady(3, 70)],
    ]),
    600,
  )
  const own = ownProgress(view, outlook.pack, nowMs)
  expect(own).toMatchObject({
    atM: 1_710,
    lengthM: LENGTH_M,
    ageMs: 0,
    paceMps: 3,
    ahead: { memberId: aidar, gap: { gapM: 90, gapMs: 30_000 } },
    behind: { memberId: lena, gap: { gapM: 120, gapMs: 40_000 } },
  })
  expect(own?.end?.atMs).toBeCloseTo(nowMs + ((LENGTH_M - 1_710) / 3) * 1_000, -1)
  expect(own?.end?.earliestMs).toBeLessThan(own?.end?.atMs ?? 0)
})

test('[VW36] of a place older than two minutes it is said how old it is, and nothing is reckoned from it', () => {
  const ownAfter = (ageMs: number, said: Partial<PlaceProgress> = {}) => {
    const nowMs = nowAt(600)
    const places = new Map([[madina, seenAt(1_500, nowMs - ageMs, said)] as const])
    const view = { ...viewOf(onRoute, { by: madina }), places }
    return ownProgress(view, packView(view, noTrails, null, nowMs), nowMs)
  }
  expect(ownAfter(2 * MINUTE_MS)).toMatchObject({ paceMps: 3, end: { kind: 'coming' } })
  expect(ownAfter(2 * MINUTE_MS + 1)).toMatchObject({ ageMs: 2 * MINUTE_MS + 1, atM: 1_500, paceMps: null, end: null })
  expect(ownAfter(0, { isStopped: true, speedMps: 0 })).toMatchObject({ paceMps: null, end: { latestMs: null } })
  expect(ownAfter(0, { isOffRoute: true })).toMatchObject({ isOffRoute: true, end: null, ahead: null })
  expect(ownProgress(viewOf(underWay, { by: madina }), null, nowAt(600))).toBeNull()
})

/** East at 3 m/s, a fix every 5 s; what the phone's clock is wrong by is added to each time. */
function walked(way: FreeTrackState, fromS: number, untilS: number, clockMs = 0): FreeTrackState {
  let now = way
  for (let s = fromS; s <= untilS; s += 5) now = ownWayAfter(now, { ...spotAtM(3 * s), takenAtMs: nowAt(s) + clockMs })
  return now
}

test('[VW37] on a route, too, pace is of the own fixes once the place along it is a minute old, as without network', () => {
  const free = freeProgress(walked(noFreeTrack, 0, 600), null, nowAt(600))
  const alongAfter = (ageMs: number) => {
    const nowMs = nowAt(600)
    const view = {
      ...viewOf(onRoute, { by: madina }),
      places: new Map([[madina, seenAt(1_500, nowMs - ageMs)] as const]),
    }
    return ownProgress(view, packView(view, noTrails, null, nowMs), nowMs)
  }
  const [fresh, old] = [alongAfter(59_000), alongAfter(MINUTE_MS)]
  expect(newerOf(fresh, free)).toBe(fresh)
  expect(newerOf(old, free)).toBe(free)
  expect(newerOf(old, null)).toBe(old)
  expect(newerOf(old, free && { ...free, ageMs: 2 * MINUTE_MS })).toBe(old)
  expect(newerOf(null, free)).toBe(free)
})

test('[VW37] without a route distance and pace are of this phone’s own fixes', () => {
  const own = freeProgress(walked(noFreeTrack, 0, 1_200), null, nowAt(1_200))
  expect(own?.distanceM).toBeCloseTo(3_600, -2)
  expect(own?.paceMps).toBeCloseTo(3, 1)
  expect(own).toMatchObject({ ageMs: 0, goal: null })
  expect(freeProgress(walked(noFreeTrack, 0, 1_200), null, nowAt(1_200) + 3 * MINUTE_MS)?.paceMps).toBeNull()
  expect(freeProgress(noFreeTrack, null, nowAt(0))).toBeNull()
})

test('[VW37] a clock that is put right loses nothing of the way, and it goes on', () => {
  const wrong = walked(noFreeTrack, 0, 600, HOUR_MS)
  expect(freeProgress(walked(wrong, 605, 1_200), null, nowAt(1_200))?.distanceM).toBeGreaterThan(3_500)
})

test('[VW38] a goal is told as what is left and when that is done, in a range; of old fixes without a time', () => {
  const way = walked(noFreeTrack, 0, 1_200)
  const goal = freeProgress(way, 38_000, nowAt(1_200))?.goal
  expect(goal?.remainingM).toBeCloseTo(38_000 - 3_600, -2)
  expect(goal?.arrival?.atMs).toBeGreaterThan(goal?.arrival?.earliestMs ?? 0)
  expect(freeProgress(way, 3_000, nowAt(1_200))?.goal).toEqual({ remainingM: 0, arrival: null })
  const later = freeProgress(way, 38_000, nowAt(1_200) + 3 * MINUTE_MS)?.goal
  expect(later).toEqual({ remainingM: goal?.remainingM, arrival: null })
})
