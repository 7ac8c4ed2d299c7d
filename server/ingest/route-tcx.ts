/** Training Center XML, version 2: courses as planners export them, and activities as watches do. */
import { childrenOf, type Found, type FoundPlace, type FoundPoint } from './found-places.ts'
import { below, textOf } from './route-xml.ts'

/** A sign to turn is no place where people meet. */
const TURNS = new Set(['Left', 'Right', 'Straight'])

/**
 * The line is every `Trackpoint` with a `Position` of every `Course` in file order; if there is none, of every lap of every
 * `Activity`. A `CoursePoint` that is no turn is a point, called by its name or else its type.
 */
export function tcxRoute(database: unknown): Found {
  const [course] = below(database, '', 'Courses', 'Course')
  return {
    line: courseOrActivity(database),
    points: coursePoints(database),
    name: course && textOf(course.node, 'Name'),
    latitudeAt: '/LatitudeDegrees',
    longitudeAt: '/LongitudeDegrees',
    whole: 'TrainingCenterDatabase',
    wants: 'Trackpoint with a Position',
  }
}

function* courseOrActivity(database: unknown): Generator<FoundPlace> {
  let hasCourse = false
  for (const place of positions(database, 'Courses', 'Course', 'Track', 'Trackpoint')) {
    hasCourse = true
    yield place
  }
  if (!hasCourse) yield* positions(database, 'Activities', 'Activity', 'Lap', 'Track', 'Trackpoint')
}

function* positions(database: unknown, ...tags: readonly string[]): Generator<FoundPlace> {
  // A watch without reception writes points without a position.
  for (const each of below(database, '', ...tags, 'Position')) yield placeOf(each)
}

function* coursePoints(database: unknown): Generator<FoundPoint> {
  for (const { path, node } of below(database, '', 'Courses', 'Course', 'CoursePoint')) {
    const type = textOf(node, 'PointType')
    const [position] = childrenOf(node, 'Position')
    if (position === undefined || (type !== undefined && TURNS.has(type))) continue
    const name = textOf(node, 'Name') ?? type
    yield { ...placeOf({ path: `${path}/Position`, node: position }), name }
  }
}

const placeOf = ({ path, node }: { path: string; node: unknown }): FoundPlace => ({
  path,
  latitude: textOf(node, 'LatitudeDegrees'),
  longitude: textOf(node, 'LongitudeDegrees'),
})
