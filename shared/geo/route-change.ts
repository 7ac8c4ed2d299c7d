/**
 * What a leader may make of the route while people are on it. Each change gives a whole new line: whoever is on the way is
 * found again on it, and the old one stays as it was.
 */
import { z } from 'zod/mini'
import { unreachable } from '../unreachable.ts'
import { bearingDeg } from './distance.ts'
import type { Place } from './fix.ts'
import { isClosed, LAPS_MAX, type Laps, lapsWrittenOut, openM } from './laps.ts'
import type { NamedPoint } from './named-points.ts'
import { passesOf } from './passes.ts'
import { type PlannedRoute, plannedRoute } from './planned-route.ts'
import { partOfLine, placeAtM, type RouteLine, routeLine } from './route.ts'

/** A line of laps may be longer than one that was drawn: it is mostly the same again. */
export const ROUTE_POINTS_MAX = 10_000
/** Both sides of a path, as two recordings see it. */
const SAME_PATH_M = 30
const COURSE_OVER_M = 20
/** The length a page shows is rounded: who turns round there turns round at the end. */
const AT_END_M = 100
const OPPOSITE_FROM_DEG = 120
/** Rounding begins no lap. */
const NO_LAP_M = 1

export const lapCountSchema = z.int().check(z.minimum(1), z.maximum(LAPS_MAX))
export const routeChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reverse') }),
  z.strictObject({ kind: z.literal('turn-round'), atM: z.number().check(z.positive()) }),
  z.strictObject({ kind: z.literal('end'), atM: z.number().check(z.positive()) }),
  z.strictObject({ kind: z.literal('laps'), laps: lapCountSchema }),
])
export type RouteChange = z.infer<typeof routeChangeSchema>

type BaseRoute = Pick<PlannedRoute, 'points' | 'laps'> & { readonly namedPoints: readonly NamedPoint[] }

export type ChangedRoute =
  | { readonly ok: true; readonly route: PlannedRoute }
  /** `field`: of the change. */
  | { readonly ok: false; readonly field: string; readonly detail: string }

/**
 * The route after a change. Refused is what the route cannot become: a turn or an end beyond its own, laps of a line that is
 * open by more than 60 m, more than 10,000 points. Named points stay where they are, with their new metres along the line.
 *
 * - `reverse`: the whole line the other way round.
 * - `turn-round`: out to `atM`, then back: by the line's own way back where it returns within 30 m (what lies between is
 *   cut out), else the way one came. At the end of a line that is open it makes a way out and back.
 * - `end`: the line up to `atM`.
 * - `laps`: so many times the lap it has, or, without laps, the closed line.
 */
export function changedRoute(route: BaseRoute, change: RouteChange): ChangedRoute {
  const line = routeLine(route.points)
  switch (change.kind) {
    case 'reverse':
      return changed(route, line.points.toReversed(), route.laps)
    case 'turn-round':
      if (change.atM > line.lengthM + AT_END_M) return beyondEnd(line)
      if (line.points.length > ROUTE_POINTS_MAX / 2) return refused('atM', `more than ${ROUTE_POINTS_MAX} points`)
      return changed(route, turnedRound(line, Math.min(change.atM, line.lengthM)))
    case 'end':
      if (change.atM >= line.lengthM) return beyondEnd(line)
      return changed(route, partOfLine(line, 0, change.atM), lapsUntil(route.laps, change.atM))
    case 'laps':
      return inLaps(route, line, change.laps)
    default:
      return unreachable(change)
  }
}

function changed({ namedPoints }: BaseRoute, points: readonly Place[], laps?: Laps): ChangedRoute {
  return { ok: true, route: plannedRoute(points, namedPoints, laps) }
}

const refused = (field: string, detail: string): ChangedRoute => ({ ok: false, field, detail })

/** What is left of the laps when the line ends there; a part of one lap is none. */
function lapsUntil(laps: Laps | undefined, endM: number): Laps | undefined {
  const count = laps ? Math.ceil((endM - NO_LAP_M) / laps.lengthM) : 0
  return laps && count >= 2 ? { ...laps, count } : undefined
}

function turnedRound(line: RouteLine, atM: number): Place[] {
  const out = partOfLine(line, 0, atM)
  const courseDeg = courseAt(line, atM)
  const backM = passesOf(line, placeAtM(line, atM), SAME_PATH_M).find(
    (passM) => passM > atM + SAME_PATH_M && turnDeg(courseDeg, courseAt(line, passM)) >= OPPOSITE_FROM_DEG,
  )
  return [...out, ...(backM === undefined ? out.toReversed() : partOfLine(line, backM, line.lengthM))]
}

const courseAt = (line: RouteLine, atM: number): number =>
  bearingDeg(placeAtM(line, atM - COURSE_OVER_M), placeAtM(line, atM + COURSE_OVER_M))

const turnDeg = (fromDeg: number, toDeg: number): number => Math.abs(((toDeg - fromDeg + 540) % 360) - 180)

function inLaps(route: BaseRoute, line: RouteLine, count: number): ChangedRoute {
  if (!route.laps && !isClosed(line)) {
    const detail = `the line is open: its end is ${Math.round(openM(line))} m from its start; turn round at its end first`
    return refused('laps', detail)
  }
  const lap = route.laps ? partOfLine(line, 0, route.laps.lengthM) : line.points
  if (count * lap.length > ROUTE_POINTS_MAX) return refused('laps', `more than ${ROUTE_POINTS_MAX} points`)
  const points = lapsWrittenOut(lap, count)
  const lengthM = routeLine(points).lengthM / count
  return changed(route, points, count >= 2 ? { count, lengthM } : undefined)
}

const beyondEnd = ({ lengthM }: RouteLine): ChangedRoute => refused('atM', `the route ends at ${Math.floor(lengthM)} m`)
