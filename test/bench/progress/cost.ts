/** What a fix costs: CPU time a fix on a 42 km route, many runners interleaved, as a node would see them. */

import { shortened } from '../../../client/simulate/courses/shortened.ts'
import { courses } from '../../../client/simulate/courses.ts'
import { noProgress, type ProgressState, progressAfter } from '../../../shared/geo/progress/filter.ts'
import { routeMap } from '../../../shared/geo/progress/route-map.ts'
import { nearestOnLine, routeLine } from '../../../shared/geo/route.ts'
import type { BenchCourse } from './bench-courses.ts'
import { recordingOf } from './recording.ts'

const RUNNERS = 50

export type Cost = {
  readonly course: string
  readonly lengthM: number
  readonly microsPerFix: number
  /** The nearest point of the whole line, the first thing people write. */
  readonly scanMicrosPerFix: number
  readonly stateBytes: number
}

export function costOn(course: BenchCourse, fixEveryS: number, minutes: number): Cost {
  const map = routeMap(course.line)
  const conditions = { sigmaM: 10, correlationS: 10, fixEveryS, gapS: 0, hasDetours: false, outlierChance: 0.001 }
  const runners = Array.from({ length: RUNNERS }, (_, seed) =>
    recordingOf(course, seed, conditions).moments.flatMap(({ fix }) => (fix ? [fix] : [])),
  )
  const fixes = Math.min(...runners.map(({ length }) => length), Math.floor((minutes * 60) / fixEveryS))
  let states: ProgressState[] = []
  const pass = () => {
    states = runners.map(() => noProgress)
    for (let index = 0; index < fixes; index++)
      for (const [runner, own] of runners.entries())
        states[runner] = progressAfter(map, states[runner] as ProgressState, own[index] as (typeof own)[number])
  }
  pass()
  const microsPerFix = cpuMicros(pass) / (fixes * RUNNERS)
  const sample = runners.flatMap((own) => own.slice(0, 20))
  const scanMicrosPerFix = cpuMicros(() => sample.map((fix) => nearestOnLine(course.line, fix))) / sample.length
  const stateBytes = states.reduce((sum, state) => sum + JSON.stringify(state).length, 0) / states.length
  return { course: course.name, lengthM: course.line.lengthM, microsPerFix, scanMicrosPerFix, stateBytes }
}

function cpuMicros(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

export function longCourse(): BenchCourse {
  const course = shortened(courses['bike-path'], 42.195)
  return { name: 'bike-path 42 km', line: routeLine(course.points), paceMps: course.typicalPaceMps }
}
