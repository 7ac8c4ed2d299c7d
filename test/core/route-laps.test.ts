import { describe, expect, test } from 'vitest'
import { plannedLine } from '../../server/ingest/planned-line.ts'
import { distanceM, movedPlace } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { lapAt } from '../../shared/geo/laps.ts'
import { passesOf } from '../../shared/geo/passes.ts'
import { type PlannedRoute, plannedRoute } from '../../shared/geo/planned-route.ts'
import { partOfLine, placeAtM, routeLine } from '../../shared/geo/route.ts'
import { changedRoute, type RouteChange } from '../../shared/geo/route-change.ts'

const astana: Place = { latitudeDeg: 51.13, longitudeDeg: 71.43 }
const line = (...eastNorthM: readonly (readonly [number, number])[]) =>
  eastNorthM.map(([e, n]) => movedPlace(astana, e, n))
const about = (metres: readonly number[]) => metres.map((m) => Math.round(m / 5) * 5)
/** 1,200 m round, begun in the middle of a side; its recording ends 20 m before it. */
const loop = line([0, 0], [150, 0], [150, 300], [-150, 300], [-150, 0], [-20, 0])
const oneWay = line([0, 0], [1_000, 0], [2_000, 500], [3_000, 500])
const outAndBack = [...oneWay, ...oneWay.toReversed().slice(1)]

const changed = (route: PlannedRoute, change: RouteChange): PlannedRoute => {
  const answer = changedRoute(route, change)
  if (!answer.ok) throw new Error(answer.detail)
  return answer.route
}
const refusal = (route: PlannedRoute, change: RouteChange) => {
  const answer = changedRoute(route, change)
  return answer.ok ? null : answer.field
}
const planned = (points: readonly Place[]) => plannedRoute(points, [])
const fourLaps = changed(planned(loop), { kind: 'laps', laps: 4 })

describe('[RT4] where a line passes a place', () => {
  test('[RT4] a way out and back passes a place twice, in order, and its turn-round once', () => {
    const there = routeLine(outAndBack)
    const half = there.lengthM / 2
    expect(about(passesOf(there, movedPlace(astana, 400, 20), 40))).toEqual(about([400, 2 * half - 400]))
    expect(about(passesOf(there, placeAtM(there, half - 10), 40))).toEqual([about([half - 10])[0]])
    expect(about(passesOf(there, astana, 40))).toEqual(about([0, 2 * half]))
  })

  test('[RT4] laps pass a place once each, their seam too, and a straight as long as it is finds no second pass', () => {
    const laps = routeLine(fourLaps.points)
    expect(about(passesOf(laps, movedPlace(astana, 150, 150), 40))).toEqual([300, 1_500, 2_700, 3_900])
    expect(about(passesOf(laps, astana, 40))).toEqual([0, 1_200, 2_400, 3_600, 4_800])
  })

  test('[RT4] the other bank is no pass, and a line that stays away has none', () => {
    const banks = routeLine(line([0, 0], [2_000, 0], [2_000, 80], [0, 80]))
    expect(about(passesOf(banks, movedPlace(astana, 1_000, 0), 40))).toEqual([1_000])
    expect(passesOf(banks, movedPlace(astana, 1_000, 500), 40)).toEqual([])
    expect(passesOf(routeLine([astana]), astana, 40)).toEqual([0])
  })

  test('[RT4] named points know each of their passes', () => {
    const table = { name: 'Water', ...movedPlace(astana, 1_000, 0) }
    const parking = { name: 'Car park', ...movedPlace(astana, 0, -400) }
    const { namedPoints, lengthM } = plannedRoute(outAndBack, [table, parking])
    expect(namedPoints.map(({ atM }) => about(atM))).toEqual([about([1_000, lengthM - 1_000]), []])
  })
})

describe('[RT5] laps of a closed course', () => {
  test('[RT5] so many laps are so many times the closed line, each as long', () => {
    expect(fourLaps.lengthM).toBeCloseTo(4_800, -1)
    expect(fourLaps.laps?.lengthM).toBeCloseTo(fourLaps.lengthM / 4, 6)
    expect(fourLaps.points).toHaveLength(1 + 4 * loop.length)
    expect(changed(fourLaps, { kind: 'laps', laps: 2 })).toEqual(changed(planned(loop), { kind: 'laps', laps: 2 }))
    const one = changed(fourLaps, { kind: 'laps', laps: 1 })
    expect([Math.round(one.lengthM / 10), one.laps]).toEqual([120, undefined])
  })

  test('[RT5] metres along the route are a lap and metres in it', () => {
    const laps = { count: 4, lengthM: 1_200 }
    const at = (atM: number, lengthM = 4_800) => Object.values(lapAt({ laps, lengthM }, atM) ?? {})
    expect(at(-5)).toEqual([1, 4, 0])
    expect(at(1_199)).toEqual([1, 4, 1_199])
    expect(at(1_200)).toEqual([2, 4, 0])
    expect(at(4_000)).toEqual([4, 4, 400])
    expect(at(9_999)).toEqual([4, 4, 1_200])
    expect(at(9_999, 4_000)).toEqual([4, 4, 400])
    expect(lapAt({ lengthM: 4_800 }, 100)).toBeUndefined()
  })

  test('[RT5] laps of a line that is open, of a single point, or of too many points are refused', () => {
    for (const open of [oneWay, line([0, 0], [50, 0]), [astana]])
      expect(refusal(planned(open), { kind: 'laps', laps: 3 })).toBe('laps')
    const crooked = line(
      ...Array.from({ length: 201 }, (_, i) => [500 * Math.cos(i / 32), 500 * Math.sin(i / 32)] as const),
    )
    expect(refusal(planned(crooked), { kind: 'laps', laps: 49 })).toBeNull()
    expect(refusal(planned(crooked), { kind: 'laps', laps: 50 })).toBe('laps')
  })

  test('[RT5] an open line turned round at its end can be run in laps', () => {
    const back = changed(planned(oneWay), { kind: 'turn-round', atM: routeLine(oneWay).lengthM })
    expect(back.points).toEqual(outAndBack)
    expect(changed(back, { kind: 'laps', laps: 3 }).lengthM).toBeCloseTo(3 * back.lengthM, 6)
  })
})

describe('[RT6] laps of a file', () => {
  const gpxOf = (points: readonly Place[]) =>
    `<gpx><rte>${points.map((p) => `<rtept lat="${p.latitudeDeg}" lon="${p.longitudeDeg}"/>`).join('')}</rte></gpx>`
  const read = (points: readonly Place[], laps: number | null = null) => {
    const answer = plannedLine({ text: gpxOf(points), laps })
    if (!answer.ok) throw new Error(answer.detail)
    return answer.route
  }

  test('[RT6] a line that repeats itself to the point has laps, and no other line', () => {
    expect(read(fourLaps.points)).toMatchObject({ laps: { count: 4 }, lengthM: expect.closeTo(4_800, -1) })
    const shuttle = [...outAndBack, ...outAndBack]
    expect(read(shuttle).laps?.count).toBe(2)
    for (const once of [loop, [...loop, astana], outAndBack, [...fourLaps.points, ...loop.slice(1, 3)]])
      expect(read(once).laps).toBeUndefined()
  })

  test('[RT6] the laps asked for are those of the run, also when the file has others', () => {
    for (const points of [loop, fourLaps.points]) {
      expect(read(points, 6)).toMatchObject({ laps: { count: 6 }, lengthM: expect.closeTo(7_200, -1) })
      expect(read(points, 1).laps).toBeUndefined()
    }
    expect(plannedLine({ text: gpxOf(oneWay), laps: 2 })).toMatchObject({
      ok: false,
      of: 'laps',
      detail: expect.stringContaining('open'),
    })
  })
})

test('[RT7] reversed, the line runs the other way, and twice reversed as before', () => {
  const route = plannedRoute(oneWay, [{ name: 'Bridge', ...movedPlace(astana, 1_000, 0) }])
  const back = changed(route, { kind: 'reverse' })
  expect(back.points).toEqual(oneWay.toReversed())
  expect(back.namedPoints[0]?.atM.map((m) => Math.round(m + 1_000))).toEqual([Math.round(route.lengthM)])
  expect(changed(back, { kind: 'reverse' }).points).toEqual(route.points)
  expect(changed(fourLaps, { kind: 'reverse' }).laps).toEqual(fourLaps.laps)
})

describe('[RT8] shortened', () => {
  test('[RT8] an earlier turn-round cuts out what lies between, and goes back by the way back', () => {
    const back = line([3_000, 500], [2_000, 510], [1_000, 10], [0, 10])
    const twoSides = planned([...oneWay, ...back])
    const short = changed(twoSides, { kind: 'turn-round', atM: 500 })
    expect(about([short.lengthM])).toEqual([1_010])
    expect(short.points.at(-1)).toEqual(back.at(-1))
    const onWayBack = changed(twoSides, { kind: 'turn-round', atM: 5_000 })
    expect(onWayBack.points.at(-1)).toEqual(oneWay[0])
    for (const beyond of short.points) expect(distanceM(beyond, astana)).toBeLessThan(510)
  })

  test('[RT8] a turn-round where the line does not come back leads home the way one came', () => {
    const banks = planned(line([0, 0], [2_000, 0], [2_000, 90], [0, 90]))
    const short = changed(banks, { kind: 'turn-round', atM: 800 })
    expect(about([short.lengthM])).toEqual([1_600])
    expect(short.points.at(-1)).toEqual(banks.points[0])
    const onLaps = changed(fourLaps, { kind: 'turn-round', atM: 300 })
    expect([about([onLaps.lengthM]), onLaps.laps]).toEqual([[600], undefined])
  })

  test('[RT8] an earlier end keeps the line up to it, and the laps that are begun', () => {
    const short = changed(planned(oneWay), { kind: 'end', atM: 1_500 })
    expect(short.lengthM).toBeCloseTo(1_500, 3)
    expect(short.points.slice(0, 2)).toEqual(oneWay.slice(0, 2))
    expect(changed(fourLaps, { kind: 'end', atM: 2_500 }).laps).toMatchObject({ count: 3 })
    expect(changed(fourLaps, { kind: 'end', atM: 2 * (fourLaps.laps?.lengthM ?? 0) }).laps).toMatchObject({ count: 2 })
    expect(changed(fourLaps, { kind: 'end', atM: 900 }).laps).toBeUndefined()
  })

  test('[RT8] beyond its end no route turns or ends, and none grows past its points', () => {
    for (const kind of ['turn-round', 'end'] as const)
      expect(refusal(planned(oneWay), { kind, atM: 9_999 })).toBe('atM')
    const long = line(...Array.from({ length: 5_001 }, (_, i) => [i * 10, i % 2] as const))
    expect(refusal(planned(long), { kind: 'turn-round', atM: 40_000 })).toBe('atM')
  })

  test('[RT8] a part of a line has its ends, and the line’s own points where they fall on them', () => {
    const whole = routeLine(oneWay)
    expect(partOfLine(whole, 0, whole.lengthM)).toEqual(oneWay)
    expect(partOfLine(whole, whole.atM[1] as number, whole.atM[2] as number)).toEqual(oneWay.slice(1, 3))
    const part = partOfLine(whole, 200, 700)
    expect(part.map((p) => Math.round(distanceM(astana, p)))).toEqual([200, 700])
    expect(routeLine(partOfLine(whole, 900, 2_345)).lengthM).toBeCloseTo(1_445, 3)
  })
})
