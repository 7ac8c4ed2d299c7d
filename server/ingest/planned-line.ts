import { routeLine, simplifyLine } from '../../shared/geo/route.ts'
import type { SharedRoute } from '../../shared/protocol/http.ts'
import { readRouteFile } from './route-file.ts'

/** Finer than a phone's fix, coarser than a recorder's chatter. */
const TOLERANCE_M = 3

export type RouteRead =
  | { readonly ok: true; readonly route: SharedRoute }
  | { readonly ok: false; readonly field: string; readonly detail: string }

/** The line of a GPX file, simplified without losing a turn-round. May take seconds: see read-route.ts. */
export function plannedLine(text: string): RouteRead {
  const read = readRouteFile(text)
  if (!read.ok) return read
  const points = simplifyLine(read.points, TOLERANCE_M)
  return { ok: true, route: { points, namedPoints: read.namedPoints, lengthM: routeLine(read.points).lengthM } }
}
