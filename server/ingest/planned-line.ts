import { lapsIn } from '../../shared/geo/laps.ts'
import { type PlannedRoute, plannedRoute } from '../../shared/geo/planned-route.ts'
import { routeLine, simplifyLine } from '../../shared/geo/route.ts'
import { changedRoute } from '../../shared/geo/route-change.ts'
import { readRouteFile } from './route-file.ts'

/** Finer than a phone's fix, coarser than a recorder's chatter. */
const TOLERANCE_M = 3

/** What a leader gives: the text of a file, and how many laps its line is run; `null`: as the file has it. */
export type GivenRoute = { readonly text: string; readonly laps: number | null }

/** `of`: which of the two is refused, and where in it. */
export type RouteRead =
  | { readonly ok: true; readonly route: PlannedRoute }
  | { readonly ok: false; readonly of: 'file'; readonly field: string; readonly detail: string }
  | { readonly ok: false; readonly of: 'laps'; readonly detail: string }

/**
 * The route of a GPX, TCX or GeoJSON file, simplified without losing a turn-round, with its laps written out: those that were
 * asked for, else those of a line that repeats itself to the point. May take seconds: see read-route.ts.
 */
export function plannedLine({ text, laps }: GivenRoute): RouteRead {
  const read = readRouteFile(text)
  if (!read.ok) return { ...read, of: 'file' }
  const { points } = routeLine(read.points)
  const written = lapsIn(points)
  const once = plannedRoute(simplifyLine(written?.lap ?? points, TOLERANCE_M), read.namedPoints)
  const count = laps ?? written?.count
  if (count === undefined) return { ok: true, route: once }
  const inLaps = changedRoute(once, { kind: 'laps', laps: count })
  return inLaps.ok ? inLaps : { ok: false, of: 'laps', detail: inLaps.detail }
}
