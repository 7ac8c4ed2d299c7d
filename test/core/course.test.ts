import { expect, test } from 'vitest'
import { type Course, courseAfter } from '../../client/state/course.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { START_MS } from '../support/people.ts'
import { placed } from '../support/view-of.ts'

const at = (s: number, eastM: number, northM: number, more: Partial<Fix> = {}): Fix => ({
  ...movedPlace(placed(0, 0), eastM, northM),
  takenAtMs: START_MS + s * 1_000,
  ...more,
})
const after = (fixes: readonly Fix[]): number | null => {
  let course: Course | null = null
  for (const fix of fixes) course = courseAfter(course, fix)
  return course?.deg ?? null
}

test('[MA3] the course is the way somebody has gone, and nothing before they have moved', () => {
  expect(after([at(0, 0, 0)])).toBeNull()
  expect(after([at(0, 0, 0), at(5, 20, 0)])).toBeCloseTo(90, 0)
})

test('[MA3] it turns calmly', () => {
  const east = [at(0, 0, 0), at(5, 20, 0), at(10, 40, 0)]
  const turning = after([...east, at(12, 40, 20)]) as number
  expect(turning).toBeGreaterThan(30)
  expect(turning).toBeLessThan(80)
  expect(after([...east, at(12, 40, 20), at(22, 40, 70), at(32, 40, 120)])).toBeLessThan(5)
})

test('[MA3] it turns the short way round over north', () => {
  const said = { speedMps: 5 }
  const course = after([at(0, 0, 0, { ...said, headingDeg: 350 }), at(2, 0, 10, { ...said, headingDeg: 10 })]) as number
  expect(course > 350 || course < 10).toBe(true)
})

test('[MA3] who stands keeps it, whatever the compass or the noise of a few metres says', () => {
  const east = [at(0, 0, 0), at(5, 20, 0)]
  expect(
    after([...east, at(10, 22, 6), at(15, 18, -5), at(20, 20, 3, { speedMps: 0.2, headingDeg: 200 })]),
  ).toBeCloseTo(90, 0)
  expect(after([...east, at(10, 20, 30, { accuracyM: 60 })])).toBeCloseTo(90, 0)
})
