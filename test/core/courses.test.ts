import { expect, test } from 'vitest'
import { type Course, lengthOfM } from '../../client/simulate/courses/course.ts'
import { shortened } from '../../client/simulate/courses/shortened.ts'
import { courses } from '../../client/simulate/courses.ts'
import { distanceM } from '../../shared/geo/distance.ts'
import { namedPointSchema } from '../../shared/geo/named-points.ts'
import { nearestOnLine, routeLine } from '../../shared/geo/route.ts'

const statedKm = {
  'bike-path': 50,
  river: 21,
  'park-laps': 6,
  city: 38,
  dawn: 12,
  ice: 20,
  'half-marathon': 21.0975,
}
const all = Object.values(courses) as Course[]
const table = all.map((course) => [course.name, course] as const)

test('[SM1] every scenario has its course, under its name', () => {
  expect(Object.keys(courses)).toEqual(Object.keys(statedKm))
  expect(all.map(({ name }) => name)).toEqual(Object.keys(statedKm))
})

test.each(table)('[SM1] %s is as long as stated, without leaps, and its named points lie on it', (name, course) => {
  const line = routeLine(course.points)
  expect(Math.abs(line.lengthM / 1_000 / statedKm[name as keyof typeof statedKm] - 1)).toBeLessThan(0.03)
  const stepsM = line.atM.slice(1).map((atM, index) => atM - (line.atM[index] as number))
  expect(Math.max(...stepsM)).toBeLessThan(260)
  expect(course.about).toMatch(/approximate and drawn by hand\.$/)
  expect(course.namedPoints.length).toBeGreaterThan(2)
  for (const point of course.namedPoints) {
    expect(namedPointSchema.safeParse(point).success).toBe(true)
    expect(nearestOnLine(line, point).distanceM).toBeLessThan(1)
  }
})

test('[SM1] only the city run has no route to give', () => {
  expect(all.filter(({ hasRoute }) => !hasRoute).map(({ name }) => name)).toEqual(['city'])
})

test('[SM1] the banks of the river stay 55 to 255 m apart', () => {
  const { drawing } = courses.river
  if (drawing.kind !== 'two-banks') throw new Error('the river has two banks')
  const apartM = drawing.line.map((point, index) => distanceM(point, drawing.returnLine[index] ?? point))
  expect(Math.min(...apartM)).toBeGreaterThan(55)
  expect(Math.max(...apartM)).toBeLessThan(255)
})

test.each(table)('[SM2] %s cut short has the wished length and keeps its character', (_, course) => {
  for (const km of [0.5, 1, 2.5, 5]) {
    const short = shortened(course, km)
    expect(Math.abs(lengthOfM(short.points) - km * 1_000)).toBeLessThan(Math.max(50, 20 * km))
    expect(distanceM(short.points[0] ?? farAway, course.points[0] ?? farAway)).toBeLessThan(1)
    const endsAtStart = distanceM(short.points[0] ?? farAway, short.points.at(-1) ?? farAway) < 1
    expect(endsAtStart).toBe(course.name !== 'city')
    const { points } = short
    if (course.drawing.kind === 'out-and-back') expect(points).toEqual(points.toReversed())
    if (short.drawing.kind === 'laps' && course.drawing.kind === 'laps')
      expect(short.drawing.laps).toBeGreaterThanOrEqual(Math.min(2, course.drawing.laps))
    for (const point of short.namedPoints) expect(nearestOnLine(routeLine(points), point).distanceM).toBeLessThan(1)
  }
  expect(shortened(course, 60)).toBe(course)
  expect(() => shortened(course, 0)).toThrow(RangeError)
})
const farAway = { latitudeDeg: 0, longitudeDeg: 0 }
