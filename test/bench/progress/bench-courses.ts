/** The courses the matchers are scored on: the simulator's, cut to about an hour, and the shapes that are hardest to tell apart. */

import { shortened } from '../../../client/simulate/courses/shortened.ts'
import { courses } from '../../../client/simulate/courses.ts'
import { movedPlace } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import { type RouteLine, routeLine } from '../../../shared/geo/route.ts'

export type BenchCourse = { readonly name: string; readonly line: RouteLine; readonly paceMps: number }

const START: Place = { latitudeDeg: 51.15, longitudeDeg: 71.42 }

const at = (eastM: number, northM: number): Place => movedPlace(START, eastM, northM)
const repeated = (lap: readonly Place[], laps: number): Place[] => [
  ...lap,
  ...Array.from({ length: laps - 1 }, () => lap.slice(1)).flat(),
]

/** There and back on one straight path, so many times. */
function shuttle(legM: number, legs: number): Place[] {
  const out = Array.from({ length: Math.round(legM / 20) + 1 }, (_, step) => at(step * 20, step * 5))
  const both = [...out, ...out.toReversed().slice(1)]
  const whole = repeated(both, Math.ceil(legs / 2))
  return legs % 2 === 0 ? whole : whole.slice(0, whole.length - out.length + 1)
}

/** A running track of 400 m: two straights of 84.39 m, two bends of 36.5 m. */
function track(): Place[] {
  const [straightM, radiusM] = [84.39, 36.5]
  const bend = (centreM: number, fromRad: number) =>
    Array.from({ length: 13 }, (_, step) => {
      const angle = fromRad + (Math.PI * step) / 12
      return at(centreM + radiusM * Math.cos(angle), radiusM * Math.sin(angle))
    })
  const lap = [...bend(straightM, -Math.PI / 2), ...bend(0, Math.PI / 2)]
  return [...lap, lap[0] as Place]
}

/** A figure of eight: the line crosses itself in the middle of each lap. */
function eight(): Place[] {
  return Array.from({ length: 121 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 120
    return at(450 * Math.sin(angle), 300 * Math.sin(2 * angle))
  })
}

/** Streets that cross and come near to each other without meeting, as in a town. */
function streets(): Place[] {
  const corners = [
    [0, 0],
    [1200, 0],
    [1200, 300],
    [300, 300],
    [300, -400],
    [900, -400],
    [900, 700],
    [-300, 700],
    [-300, 330],
    [1500, 330],
    [1500, -30],
    [0, -30],
    [0, 900],
  ] as const
  return corners.map(([east, north]) => at(east, north))
}

const ofSimulator = (name: keyof typeof courses, km: number): BenchCourse => {
  const course = shortened(courses[name], km)
  return { name, line: routeLine(course.points), paceMps: course.typicalPaceMps }
}
const drawn = (name: string, points: readonly Place[], paceMps: number): BenchCourse => ({
  name,
  line: routeLine(points),
  paceMps,
})

export const benchCourses = (): BenchCourse[] => [
  ofSimulator('park-laps', 10),
  ofSimulator('river', 12),
  ofSimulator('bike-path', 14),
  ofSimulator('dawn', 12),
  ofSimulator('city', 14),
  drawn('track', repeated(track(), 25), 3.2),
  drawn('shuttle-200', shuttle(200, 30), 3),
  drawn('shuttle-1000', shuttle(1_000, 9), 2.9),
  drawn('eight', repeated(eight(), 4), 2.8),
  drawn('streets', streets(), 2.7),
]
