/**
 * The frozen half of the meeting bench: courses, people, habits and noise. Written and committed before the rule that
 * is judged by them; changed afterwards only where the world itself was wrong.
 *
 * A course is ridden on its trail: the paths that are really there, without the laps and returns that runners write
 * out on them. The rule under test knows only the line of the run, as a phone does.
 */

import type { Course } from '../../../client/simulate/courses/course.ts'
import { type CourseName, courses } from '../../../client/simulate/courses.ts'
import { amongHouses, openSky, type Reception } from '../../../client/simulate/gps-noise.ts'
import { clubTemper } from '../../../client/simulate/person.ts'
import type { Random } from '../../../client/simulate/random.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import { nearestOnLine, placeAtM, type RouteLine, routeLine } from '../../../shared/geo/route.ts'

export const COURSES = ['bike-path', 'river', 'park-laps', 'ice', 'half-marathon', 'dawn'] as const
export const RECEPTIONS = { 'open sky': openSky, 'among houses': amongHouses } as const satisfies Record<
  string,
  Reception
>
export type ReceptionName = keyof typeof RECEPTIONS

export const habits = {
  runners: 25,
  cyclists: 4,
  thirst: clubTemper,
  fixEveryS: 5,
  /** From the taking of a fix to the server. */
  reportDelayS: { from: 0.3, to: 4 },
  /** What each cyclist rides at most, and how much that swings with wind and legs. */
  ridesMps: { from: 4.5, to: 6 },
  rideSwingShare: 0.06,
  handOverS: 6,
  handOverM: 12,
  /** Nearer than this along the path a cyclist looks up from the screen. */
  seesWithEyesM: 80,
  claimsMax: 2,
  /** With one claim in hand, only somebody this near is taken along. */
  secondClaimWithinM: 800,
  /** Near first, but nobody is forgotten: each second of waiting counts like so many metres. */
  waitingMps: 2,
} as const

/** The paths of a course, measured by metres of path: a spot is one place on the ground, however often the run passes it. */
export type Trail = {
  /** What a bike rides on. A ring is laid three times, so that both ways round it are open. */
  readonly rideLine: RouteLine
  /** The spot of so many metres along the run. */
  spotM(atM: number): number
  spotOfPlace(place: Place): number
  /** The shortest way over the paths. */
  wayM(fromSpotM: number, toSpotM: number): number
}

export type Scenario = {
  readonly course: Course
  readonly line: RouteLine
  readonly trail: Trail
}

export function scenarioOf(name: CourseName): Scenario {
  const course = courses[name]
  const line = routeLine(course.points)
  return { course, line, trail: trailOf(course, line) }
}

function trailOf({ drawing }: Course, line: RouteLine): Trail {
  if (drawing.kind === 'out-and-back') {
    const rideLine = routeLine(drawing.line)
    return {
      rideLine,
      spotM: (atM) => Math.min(atM, Math.max(0, line.lengthM - atM)),
      spotOfPlace: (place) => nearestOnLine(rideLine, place).atM,
      wayM: (from, to) => Math.abs(from - to),
    }
  }
  const laps = drawing.kind === 'laps' ? drawing.laps : 1
  const lapM = line.lengthM / laps
  const lap = routeLine([...line.points.filter((_, index) => (line.atM[index] as number) < lapM), placeAtM(line, lapM)])
  return {
    rideLine: routeLine([...lap.points, ...lap.points, ...lap.points]),
    spotM: (atM) => lapM + (atM % lapM),
    spotOfPlace: (place) => lapM + nearestOnLine(lap, place).atM,
    wayM(from, to) {
      const onwardM = (((to - from) % lapM) + lapM) % lapM
      return Math.min(onwardM, lapM - onwardM)
    },
  }
}

/** From and to, in seconds: no network for a runner. Frost and open ice as in the whole simulation. */
export function deadZonesOf(name: string, random: Random): (readonly [fromS: number, toS: number])[] {
  const isIce = name === 'ice'
  const count = isIce ? 3 : random.next() < 0.15 ? 1 : 0
  return Array.from({ length: count }, () => {
    const fromS = random.between(300, 4_500)
    return [fromS, fromS + (isIce ? random.between(90, 600) : random.between(20, 90))] as const
  })
}
