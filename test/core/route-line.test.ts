import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bearingDeg, distanceM, movedPlace } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { namedPointSchema, nearestNamedPoint } from '../../shared/geo/named-points.ts'
import { KEPT_LENGTH_SHARE, nearestOnLine, placeAtM, routeLine, simplifyLine } from '../../shared/geo/route.ts'

const place = (latitudeDeg: number, longitudeDeg: number): Place => ({ latitudeDeg, longitudeDeg })
const astana = place(51.13, 71.43)
const line = (...eastNorthM: readonly (readonly [number, number])[]) =>
  eastNorthM.map(([e, n]) => movedPlace(astana, e, n))
const lengthM = (points: readonly Place[]) => routeLine(points).lengthM
const SEED = 20_261_102

// The expected metres are those of Vincenty's inverse formula on WGS 84.
test.each([
  ['along a river', [51.155, 71.43], [51.13, 71.47], 3_946.1, 0.0005],
  ['east on the equator', [0, 0], [0, 0.5], 55_659.7, 0.0005],
  ['north from the equator', [0, 0], [0.5, 0], 55_287.2, 0.0005],
  ['in Iceland', [64.1, -21.9], [64.2, -21.5], 22_433.6, 0.0005],
  ['in Australia', [-33.9, 151.2], [-33.5, 151.9], 78_611.8, 0.0005],
  ['over the date line', [-16.9, 179.9], [-17, -179.9], 24_005.9, 0.0005],
  ['in the high Arctic', [82, 10], [82.3, 12], 45_306.8, 0.006],
  ['from Astana to Berlin', [51.1283, 71.4305], [52.52, 13.405], 3_894_219.3, 0.006],
] as const)('[GE1] a distance is right %s', (_, from, to, expectedM, error) => {
  const [a, b] = [place(from[0], from[1]), place(to[0], to[1])]
  expect(Math.abs(distanceM(a, b) / expectedM - 1)).toBeLessThan(error)
  expect(distanceM(b, a)).toBe(distanceM(a, b))
  expect(distanceM(a, a)).toBe(0)
})

test('[GE1] a bearing points the way, and moving a place by metres is measured as those metres', () => {
  const bearingTo = (eastM: number, northM: number) => bearingDeg(astana, movedPlace(astana, eastM, northM))
  const bearings = [bearingTo(0, 99), bearingTo(99, 0), bearingTo(0, -99), bearingTo(-99, 0), bearingTo(99, 99)]
  expect(bearings.map(Math.round)).toEqual([0, 90, 180, 270, 45])
  expect(bearingDeg(place(0, 179.9), place(0, -179.9))).toBeCloseTo(90, 6)
  expect(distanceM(place(-17, 179.999), movedPlace(place(-17, 179.999), 3_000, 4_000))).toBeCloseTo(5_000, -1)
  expect(movedPlace(place(0, 179.999), 1_000, 0).longitudeDeg).toBeCloseTo(-179.992, 3)
})

test('[GE2] a line drops only repeats next to each other, and keeps turn-rounds and passes', () => {
  const [a, b, c] = line([0, 0], [100, 0], [200, 0]) as [Place, Place, Place]
  const measured = routeLine([a, a, b, c, c, c, b, a, b])
  expect(measured.points).toEqual([a, b, c, b, a, b])
  expect(measured.atM.map(Math.round)).toEqual([0, 100, 200, 300, 400, 500])
  expect(Math.round(measured.lengthM)).toBe(500)
  expect(routeLine([a, a])).toEqual({ points: [a], atM: [0], lengthM: 0 })
  expect(() => routeLine([])).toThrow(RangeError)
})

test('[GE3] metres along the line give a place, and that place those metres', () => {
  const measured = routeLine(line([0, 0], [1_000, 0], [1_000, 500], [300, 900]))
  for (let atM = 0; atM <= measured.lengthM; atM += 7) {
    const nearest = nearestOnLine(measured, placeAtM(measured, atM))
    expect(nearest.atM).toBeCloseTo(atM, 0)
    expect(nearest.distanceM).toBeLessThan(0.1)
  }
  expect(placeAtM(measured, -5)).toEqual(measured.points[0])
  expect(placeAtM(measured, Number.NaN)).toEqual(measured.points[0])
  expect(placeAtM(measured, 1e9)).toEqual(measured.points.at(-1))
})

test('[GE3] the nearest point of the line is on its first pass, beside a corner too, and over the date line', () => {
  const outAndBack = routeLine(line([0, 0], [1_000, 0], [0, 0]))
  const beside = nearestOnLine(outAndBack, movedPlace(astana, 400, 30))
  expect([Math.round(beside.atM), Math.round(beside.distanceM)]).toEqual([400, 30])
  const behind = nearestOnLine(outAndBack, movedPlace(astana, -40, 30))
  expect([Math.round(behind.atM), Math.round(behind.distanceM)]).toEqual([0, 50])
  const overDateLine = routeLine([place(0, 179.99), place(0, -179.99)])
  expect(placeAtM(overDateLine, overDateLine.lengthM / 2).longitudeDeg).toBeCloseTo(180, 6)
  expect(nearestOnLine(overDateLine, place(0, -179.995)).distanceM).toBeLessThan(1)
})

const leg = Array.from({ length: 400 }, (_, i) => [i * 10, 60 * Math.sin(i / 30)] as const)
const lap = Array.from({ length: 200 }, (_, i) => [240 * Math.cos(i / 31.83), 240 * Math.sin(i / 31.83)] as const)
test.each([
  ['an out-and-back', line(...leg, ...leg.toReversed()), movedPlace(astana, ...(leg.at(-1) as [number, number]))],
  ['four laps', line(...lap, ...lap, ...lap, ...lap), movedPlace(astana, -240, 0)],
  ['a short spur', line([0, 0], [500, 0], [500, 60], [500, 0], [1_000, 0]), movedPlace(astana, 500, 60)],
  ['a straight there and back', line([0, 0], [10, 0], [20, 0], [10, 0], [0, 0]), movedPlace(astana, 20, 0)],
])('[GE4] simplifying keeps the turns and the length of %s', (_, points, turn) => {
  const simple = simplifyLine(points, 15)
  expect(simple.length).toBeLessThanOrEqual(points.length)
  expect(lengthM(simple) / lengthM(points)).toBeGreaterThanOrEqual(KEPT_LENGTH_SHARE)
  expect(Math.min(...simple.map((point) => distanceM(point, turn)))).toBeLessThan(20)
})

test('[GE4] simplifying does simplify: a straight kilometre is two points', () => {
  expect(simplifyLine(line(...Array.from({ length: 101 }, (_, i) => [i * 10, 0] as const)), 5)).toHaveLength(2)
  expect(simplifyLine(line(...leg), 10).length).toBeLessThan(80)
})

test('[GE4] whatever the line, its simplified one is a part of it, as long, and nowhere further off than the tolerance', () => {
  const metres = fc.integer({ min: -2_000, max: 2_000 })
  const steps = fc.array(fc.tuple(metres, metres), { minLength: 2, maxLength: 120 })
  fc.assert(
    fc.property(
      steps,
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 300 }),
      (corners, returns, toleranceM) => {
        const once = line(...corners)
        const points = Array.from({ length: returns + 1 }, (_, i) => (i % 2 ? once.toReversed() : once)).flat()
        const simple = simplifyLine(points, toleranceM)
        expect(simple[0]).toEqual(points[0])
        expect(simple.at(-1)).toEqual(points.at(-1))
        let next = 0
        for (const point of points)
          if (point.latitudeDeg === simple[next]?.latitudeDeg && point.longitudeDeg === simple[next]?.longitudeDeg)
            next++
        expect(next).toBe(simple.length)
        const [before, after] = [routeLine(points), routeLine(simple)]
        expect(after.lengthM).toBeGreaterThanOrEqual(KEPT_LENGTH_SHARE * before.lengthM - 1e-6)
        for (const point of points) expect(nearestOnLine(after, point).distanceM).toBeLessThanOrEqual(toleranceM + 1)
      },
    ),
    { seed: SEED, numRuns: 150 },
  )
})

test('[GE5] any line is simplified to 5,000 points at most, in time', () => {
  const wild = Array.from({ length: 200_000 }, (_, i) =>
    movedPlace(astana, ((i * 7_919) % 40_009) - 20_000, ((i * 104_729) % 39_989) - 20_000),
  )
  const spiral = Array.from({ length: 200_000 }, (_, i) =>
    movedPlace(astana, 1.00005 ** i * Math.cos(i), 1.00005 ** i * Math.sin(i)),
  )
  const startedMs = performance.now()
  for (const points of [wild, spiral]) expect(simplifyLine(points, 0).length).toBeLessThanOrEqual(5_000)
  expect(performance.now() - startedMs).toBeLessThan(10_000)
  expect(simplifyLine([], 10)).toEqual([])
  expect(simplifyLine([astana], 10)).toEqual([astana])
  expect(simplifyLine([astana, astana, astana], 10)).toEqual([astana])
}, 30_000)

test('[GE5] a recorded day of 50,000 points keeps its length in 5,000', () => {
  const day = line(...Array.from({ length: 50_000 }, (_, i) => [i * 2, 300 * Math.sin(i / 200)] as const))
  const simple = simplifyLine(day, 5)
  expect(simple.length).toBeLessThanOrEqual(5_000)
  expect(lengthM(simple) / lengthM(day)).toBeGreaterThanOrEqual(KEPT_LENGTH_SHARE)
})

test('[GE6] the nearest named point is told with its distance; without any there is none', () => {
  const [bridge, table] = [
    { name: 'Bridge', ...movedPlace(astana, 0, 500) },
    { name: 'Table', ...movedPlace(astana, 0, -300) },
  ]
  expect(nearestNamedPoint([bridge, table], astana)).toEqual({ point: table, distanceM: expect.closeTo(300, 0) })
  expect(nearestNamedPoint([], astana)).toBeUndefined()
})

test('[GE6] a named point has a name of 1 to 60 characters and a place on the earth', () => {
  const good = { name: 'Bridge', ...astana }
  expect(namedPointSchema.parse({ ...good, name: ' Bridge ' })).toEqual(good)
  for (const bad of [
    { name: '' },
    { name: '  ' },
    { name: 'x'.repeat(61) },
    { latitudeDeg: 91 },
    { longitudeDeg: Number.NaN },
    { more: 1 },
  ])
    expect(namedPointSchema.safeParse({ ...good, ...bad }).success).toBe(false)
})
