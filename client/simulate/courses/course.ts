/** What a simulated run is run on, and the few strokes its line is drawn with. */
import { distanceM, eastwardDeg, movedPlace, rulerAt } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import type { NamedPoint } from '../../../shared/geo/named-points.ts'
import { placeAtM, routeLine } from '../../../shared/geo/route.ts'

/** The line of a course before its returns and laps are written out. Points of two banks lie opposite each other. */
export type Drawing =
  | { readonly kind: 'out-and-back'; readonly line: readonly Place[] }
  | { readonly kind: 'laps'; readonly line: readonly Place[]; readonly laps: number }
  | { readonly kind: 'two-banks'; readonly line: readonly Place[]; readonly returnLine: readonly Place[] }
  | { readonly kind: 'one-way'; readonly line: readonly Place[] }

/** A named place, by its share (0 to 1) of the drawing's line, or of its return line. */
export type Mark = { readonly name: string; readonly share: number; readonly onReturn?: true }

export type Sketch = {
  readonly name: string
  readonly title: string
  /** One sentence. All courses are approximate and drawn by hand. */
  readonly about: string
  /** False: the members of the run are not given the line. */
  readonly hasRoute: boolean
  readonly drawing: Drawing
  readonly marks: readonly Mark[]
  readonly typicalPaceMps: number
  readonly runners: number
  /** Helpers on bikes, in cars and at tables. */
  readonly cyclists: number
}

export type Course = Sketch & {
  /** The whole run written out, laps and return legs included. */
  readonly points: readonly Place[]
  readonly namedPoints: readonly NamedPoint[]
}

/** Writes a sketch out: every lap and return leg, and its marks as places. */
export function courseOf(sketch: Sketch): Course {
  const namedPoints = sketch.marks.map(({ name, share, onReturn }) => {
    const { drawing } = sketch
    const line = routeLine(onReturn && drawing.kind === 'two-banks' ? drawing.returnLine : drawing.line)
    return { name, ...placeAtM(line, share * line.lengthM) }
  })
  return { ...sketch, points: writtenOut(sketch.drawing), namedPoints }
}

function writtenOut(drawing: Drawing): Place[] {
  const { line } = drawing
  switch (drawing.kind) {
    case 'out-and-back':
      return [...line, ...line.toReversed().slice(1)]
    case 'laps':
      return [...line, ...Array.from({ length: drawing.laps - 1 }, () => line.slice(1)).flat()]
    case 'two-banks':
      return [...line, ...drawing.returnLine.toReversed(), ...line.slice(0, 1)]
    case 'one-way':
      return [...line]
  }
}

/** Metres along all points. Throws RangeError without a point. */
export const lengthOfM = (points: readonly Place[]): number => routeLine(points).lengthM
/** Metres of the whole run, laps and return legs included. */
export const lengthOfDrawingM = (drawing: Drawing): number => lengthOfM(writtenOut(drawing))

/** A curve through hand-placed corners (latitude, longitude), a point every 25 m or so. Method: uniform Catmull-Rom spline. */
export function smooth(corners: readonly (readonly [number, number])[], isClosed = false): Place[] {
  const places = corners.map(([latitudeDeg, longitudeDeg]) => ({ latitudeDeg, longitudeDeg }))
  const count = places.length
  const corner = (index: number) =>
    places[isClosed ? (index + count) % count : Math.max(0, Math.min(count - 1, index))] as Place
  const points = [corner(0)]
  for (let index = 0; index < (isClosed ? count : count - 1); index++) {
    const [before, from, to, after] = [corner(index - 1), corner(index), corner(index + 1), corner(index + 2)]
    const steps = Math.max(1, Math.round(distanceM(from, to) / POINT_EVERY_M))
    for (let step = 1; step <= steps; step++) {
      const bend = (key: keyof Place) => spline(before[key], from[key], to[key], after[key], step / steps)
      points.push({ latitudeDeg: bend('latitudeDeg'), longitudeDeg: bend('longitudeDeg') })
    }
  }
  return points
}

const POINT_EVERY_M = 25

function spline(before: number, from: number, to: number, after: number, share: number): number {
  const [slopeFrom, slopeTo] = [(to - before) / 2, (after - from) / 2]
  const cubic = 2 * (from - to) + slopeFrom + slopeTo
  const square = 3 * (to - from) - 2 * slopeFrom - slopeTo
  return ((cubic * share + square) * share + slopeFrom) * share + from
}

/** The same line made larger or smaller about its first point until it has a length: a hand draws shapes better than lengths. */
export function stretched(points: readonly Place[], lengthM: number): Place[] {
  const first = points[0] as Place
  const scaled = (by: number) =>
    points.map((point) => ({
      latitudeDeg: first.latitudeDeg + (point.latitudeDeg - first.latitudeDeg) * by,
      longitudeDeg: first.longitudeDeg + eastwardDeg(first.longitudeDeg, point.longitudeDeg) * by,
    }))
  let by = lengthM / lengthOfM(points)
  // Degrees of longitude change their length on the way, so once is not enough.
  for (let round = 0; round < 4; round++) by *= lengthM / lengthOfM(scaled(by))
  return scaled(by)
}

/** The beginning of a line, so many metres of it. */
export function beginning(points: readonly Place[], lengthM: number): Place[] {
  const line = routeLine(points)
  return [...line.points.filter((_, index) => (line.atM[index] as number) < lengthM), placeAtM(line, lengthM)]
}

/** The two banks of a river drawn along its middle: first the one to the right of the way drawn. `apartM` is spread evenly over the line. */
export function banks(middle: readonly Place[], apartM: readonly number[]): { line: Place[]; returnLine: Place[] } {
  const beside = (side: 1 | -1) =>
    middle.map((point, index) => {
      const [before, after] = [middle[Math.max(0, index - 1)] as Place, middle[index + 1] ?? point]
      const { kx, ky } = rulerAt(point.latitudeDeg)
      const eastM = eastwardDeg(before.longitudeDeg, after.longitudeDeg) * kx
      const northM = (after.latitudeDeg - before.latitudeDeg) * ky
      const asideM = (side * apartAt(index / (middle.length - 1))) / 2 / Math.hypot(eastM, northM)
      return movedPlace(point, northM * asideM, -eastM * asideM)
    })
  return { line: beside(1), returnLine: beside(-1) }

  function apartAt(share: number): number {
    const at = share * (apartM.length - 1)
    const [from, to] = [apartM[Math.floor(at)] as number, apartM[Math.ceil(at)] as number]
    return from + (to - from) * (at % 1)
  }
}
