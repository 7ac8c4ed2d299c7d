import { expect, test } from 'vitest'
import { alongRoute, lapOf } from '../../client/state/along-route.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { MemberId } from '../../shared/units.ts'
import { aidar, dana, lena, madina, route, START_MS, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

const along: PlaceProgress = {
  atM: 4_000,
  spreadM: 8,
  speedMps: 3,
  forecastMps: 3,
  forecastSpreadMps: 0.1,
  confidence: 1,
  rival: null,
  isOffRoute: false,
  isWrongWay: false,
  isStopped: false,
}
const routeSet: RunEvent = { type: 'route-set', routeId: route(1), lengthM: 6_000 }
const seen = (more: Partial<PlaceProgress>, afterMs = 0, by: MemberId = lena) => {
  const place = { ...placed(0, 0), progress: { ...along, ...more } }
  return alongRoute(viewOf([...underWay, routeSet], { by, places: [[aidar, place]] }), aidar, START_MS + afterMs)
}

test('[VW28] a live place is carried on along the route, at most to its ends; a stale one and one off it are not', () => {
  expect(seen({}, 10_000)?.atM).toBe(4_030)
  expect(seen({ speedMps: -2 }, 10_000)?.atM).toBe(3_980)
  expect(seen({ atM: 5_990 }, 10_000)?.atM).toBe(6_000)
  expect(seen({ atM: 5, speedMps: -3 }, 10_000)?.atM).toBe(0)
  expect(seen({}, 61_000)?.atM).toBe(4_000)
  expect(seen({ isOffRoute: true }, 10_000)?.atM).toBe(4_000)
})

test('[VW28] without a route or without progress nothing is said', () => {
  const places = [[aidar, placed(0, 0)]] as const
  expect(alongRoute(viewOf([...underWay, routeSet], { places }), aidar, START_MS)).toBeNull()
  expect(alongRoute(viewOf([...underWay, routeSet], { places }), madina, START_MS)).toBeNull()
  const withProgress = [[aidar, { ...placed(0, 0), progress: along }]] as const
  expect(alongRoute(viewOf(underWay, { places: withProgress }), aidar, START_MS)).toBeNull()
})

test('[VW29] the other place in question is told, and by its lap where that is another', () => {
  const laps = { laps: { count: 4, lengthM: 1_500 }, lengthM: 6_000 }
  const one = seen({ atM: 1_600, rival: { atM: 3_100, share: 0.3 } }) ?? expect.fail()
  expect([one.orAtM, one.isSure]).toEqual([3_100, true])
  expect(lapOf(one, laps)).toEqual({ lap: 2, of: 4, orLap: 3 })
  expect(lapOf({ ...one, orAtM: 2_900 }, laps)).toEqual({ lap: 2, of: 4, orLap: null })
  expect(lapOf({ ...one, orAtM: null }, laps)).toEqual({ lap: 2, of: 4, orLap: null })
  expect(lapOf(one, { lengthM: 6_000 })).toBeUndefined()
  expect(seen({ confidence: 0.3 })?.isSure).toBe(false)
})

test('[VW30] that somebody may be off the route or on the wrong way is for themself and for leaders', () => {
  const doubts = { isOffRoute: true, isWrongWay: true }
  for (const by of [lena, aidar]) expect(seen(doubts, 0, by)).toMatchObject(doubts)
  for (const by of [dana, madina]) expect(seen(doubts, 0, by)).toMatchObject({ isOffRoute: false, isWrongWay: false })
})
