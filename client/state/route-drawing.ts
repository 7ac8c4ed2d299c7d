/** A route drawn point by point, and the file it makes. */
import type { Place } from '../../shared/geo/fix.ts'
import { routeLine } from '../../shared/geo/route.ts'

export type RouteDrawn = {
  readonly points: readonly Place[]
  /** What it was before each step. */
  readonly earlier: readonly (readonly Place[])[]
}

export const nothingDrawn: RouteDrawn = { points: [], earlier: [] }

/** Enough for a marathon tapped at each bend, there and back. */
export const DRAWN_MAX = 1_000
const DIGITS = 6

const stepTo = ({ points, earlier }: RouteDrawn, next: readonly Place[]): RouteDrawn =>
  next.length > DRAWN_MAX ? { points, earlier } : { points: next, earlier: [...earlier, points] }

export const withPoint = (drawn: RouteDrawn, place: Place): RouteDrawn => stepTo(drawn, [...drawn.points, place])

export const undone = ({ points, earlier }: RouteDrawn): RouteDrawn => ({
  points: earlier.at(-1) ?? points,
  earlier: earlier.slice(0, -1),
})

export function closedLoop(drawn: RouteDrawn): RouteDrawn {
  const [first] = drawn.points
  return first && canClose(drawn) ? withPoint(drawn, first) : drawn
}

/** A loop needs a way round, and one that is closed already is no more of one. */
export const canClose = ({ points }: RouteDrawn): boolean => {
  const [first, last] = [points[0], points.at(-1)]
  return points.length >= 3 && !isSame(first, last)
}

/** The same way back, without standing at the turn. */
export const thereAndBack = (drawn: RouteDrawn): RouteDrawn =>
  drawn.points.length < 2 ? drawn : stepTo(drawn, [...drawn.points, ...drawn.points.slice(0, -1).reverse()])

export const isFull = ({ points }: RouteDrawn): boolean => points.length >= DRAWN_MAX

export const drawnLengthM = ({ points }: RouteDrawn): number => (points.length > 0 ? routeLine(points).lengthM : 0)

/** What `routeFile` takes. */
export function geojsonOf({ points }: RouteDrawn): string {
  const coordinates = points.map(({ longitudeDeg, latitudeDeg }) => [rounded(longitudeDeg), rounded(latitudeDeg)])
  return JSON.stringify({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } })
}

const rounded = (degrees: number): number => Number(degrees.toFixed(DIGITS))
const isSame = (a: Place | undefined, b: Place | undefined): boolean =>
  a?.latitudeDeg === b?.latitudeDeg && a?.longitudeDeg === b?.longitudeDeg
