import { bikePath } from './courses/bike-path.ts'
import { city } from './courses/city.ts'
import type { Course } from './courses/course.ts'
import { dawn } from './courses/dawn.ts'
import { halfMarathon } from './courses/half-marathon.ts'
import { ice } from './courses/ice.ts'
import { parkLaps } from './courses/park-laps.ts'
import { river } from './courses/river.ts'

/** Every course by the name of its scenario. A new one is a file and a row. */
export const courses = {
  'bike-path': bikePath,
  river,
  'park-laps': parkLaps,
  city,
  dawn,
  ice,
  'half-marathon': halfMarathon,
} as const satisfies Record<string, Course>

export type CourseName = keyof typeof courses
