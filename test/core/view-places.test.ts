import { describe, expect, test } from 'vitest'
import { fixAges } from '../../client/state/fix-age.ts'
import { noPlaceOf } from '../../client/state/no-place.ts'
import { ageMs, isStale, nearnessOf } from '../../client/state/place-age.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { aidar, dana, ended, lena, madina, mum, START_MS, sets, stopped, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

describe('the age of a place', () => {
  test.each([
    ['is live up to a minute', MINUTE_MS, MINUTE_MS, false],
    ['is stale after a minute', MINUTE_MS + 1, MINUTE_MS + 1, true],
    ['is never below zero, whatever a clock says', -5_000, 0, false],
  ])('[VW1] %s', (_what, passedMs, age, stale) => {
    const place = placed(0, 0)
    expect([ageMs(place, START_MS + passedMs), isStale(place, START_MS + passedMs)]).toEqual([age, stale])
  })

  test('[VW2] how far another is says which way, and is as old as the older of the two places', () => {
    const places = [[dana, placed(0, 0, START_MS)] as const, [aidar, placed(0.01, 0, START_MS + 4_000)] as const]
    const view = viewOf(underWay, { by: dana, places })
    const way = nearnessOf(view, dana, aidar, START_MS + 10_000)
    expect(way).toEqual({ distanceM: expect.closeTo(1_112, -1), bearingDeg: expect.closeTo(0, 3), ageMs: 10_000 })
  })

  test('[VW2] how far another is stays unknown when one of the places is', () => {
    const view = viewOf(underWay, { by: dana, places: [[aidar, placed(0, 0)]] })
    expect(nearnessOf(view, dana, aidar, START_MS)).toBeNull()
    expect(nearnessOf(view, aidar, madina, START_MS)).toBeNull()
    expect(nearnessOf(view, aidar, aidar, START_MS)).toBeNull()
    expect(nearnessOf(view, null, lena, START_MS)).toBeNull()
  })
})

describe('a place of mine that is not known', () => {
  const why = (history: Parameters<typeof viewOf>[0], seen: Parameters<typeof viewOf>[1] = {}, passedMs = 0) =>
    noPlaceOf(viewOf(history, { by: dana, ...seen }), START_MS + passedMs)?.is ?? null

  test('[MA18] is not shared, has never been told, or is old; a tap to share counts before it is sent', () => {
    const shares = [...underWay, sets(dana)]
    const places = [[dana, placed(0, 0)] as const]
    expect(why(underWay)).toBe('not-shared')
    expect(why(underWay, { waiting: [{ type: 'start-sharing', sinceMs: START_MS }] })).toBe('never')
    expect(why(shares)).toBe('never')
    expect(why(shares, { places })).toBeNull()
    expect(why(shares, { places }, MINUTE_MS + 1)).toBe('old')
  })

  test('[MA18] is nothing to whoever is in or looks on, nor when the run is over', () => {
    const shares = [...underWay, sets(dana)]
    expect(why([...shares, stopped(dana)])).toBeNull()
    expect(why([...shares, ended])).toBeNull()
    expect(why(underWay, { by: mum })).toBeNull()
  })
})

describe("a browser's position", () => {
  const wallMs = 1_700_000_000_000

  test('[VW3] is as old as the wall clock says for the first, and by the monotonic clock from then on', () => {
    const ageOf = fixAges()
    expect(ageOf(wallMs - 2_000, 10_000, wallMs)).toBe(2_000)
    expect(ageOf(wallMs + 1_000, 11_500, wallMs + 1_500)).toBe(500)
    expect(ageOf(wallMs + 1_000, 15_000, wallMs)).toBe(4_000)
  })

  test.each([
    ['behind', -600 * SECOND_MS],
    ['ahead', 600 * SECOND_MS],
  ])('[VW3] is fresh although the phone’s clock is ten minutes %s of the satellites', (_what, offMs) => {
    const ageOf = fixAges()
    expect(ageOf(wallMs, 10_000, wallMs + offMs)).toBe(0)
    expect(ageOf(wallMs + 1_000, 11_200, wallMs + offMs)).toBe(200)
  })

  test('[VW3] is fresh again after the clock behind the timestamps was set back', () => {
    const ageOf = fixAges()
    ageOf(wallMs, 10_000, wallMs)
    expect(ageOf(wallMs - 3_600_000, 11_000, wallMs)).toBe(0)
  })
})
