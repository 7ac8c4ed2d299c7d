/**
 * A route prepared for asking "which places along it are near this fix?", whatever its length.
 *
 * The line is laid flat once, so that a question costs a look at a few segments: those about a place along the route, or
 * those of every pass through one cell of a grid.
 */
import { eastwardDeg, rulerAt } from '../distance.ts'
import type { Place } from '../fix.ts'
import type { RouteLine } from '../route.ts'

/** Points nearer to the one before say nothing that a fix could tell. */
const POINT_EVERY_M = 5
const TABLE_STEP_M = 20
const CELL_M = 64
/** A fix in a cell is offered all passes this near to the cell. */
export const GRID_REACH_M = 100

const PASS_MOST_M = 200

/** A stretch of the line, by its segments: segment `i` leads from point `i` to point `i + 1`. */
type Pass = { readonly from: number; to: number }

/** The first and last segments of passes, cell after cell, each after their count; and where each cell begins. Numbers, for a node has many routes. */
type Grid = { readonly ends: Int32Array; readonly ofCell: ReadonlyMap<number, number> }

export type RouteMap = {
  readonly line: RouteLine
  readonly lengthM: number
  /** Metres east and north of the first point, and metres along, of each point of the thinned line. */
  readonly eastM: Float64Array
  readonly northM: Float64Array
  readonly atM: Float64Array
  /** The segment at each 20 m along. */
  readonly segmentAt: Int32Array
  readonly grid: Grid
  readonly origin: Place
  readonly metresPerDegEast: number
  readonly metresPerDegNorth: number
}

/** Prepares a line, once per route: some ms and 1 MB for 42 km. Flat about the middle latitude of the line. */
export function routeMap(line: RouteLine): RouteMap {
  const last = line.points.length - 1
  const kept: number[] = []
  for (let index = 0; index <= last; index++) {
    const sinceM = (line.atM[index] as number) - (line.atM[kept.at(-1) ?? 0] as number)
    if (index === 0 || index === last || sinceM >= POINT_EVERY_M) kept.push(index)
  }
  const origin = line.points[0] as Place
  let [south, north] = [origin.latitudeDeg, origin.latitudeDeg]
  for (const { latitudeDeg } of line.points) {
    south = Math.min(south, latitudeDeg)
    north = Math.max(north, latitudeDeg)
  }
  const { kx, ky } = rulerAt((south + north) / 2)
  const places = kept.map((index) => line.points[index] as Place)
  const eastM = Float64Array.from(places, (place) => eastwardDeg(origin.longitudeDeg, place.longitudeDeg) * kx)
  const northM = Float64Array.from(places, (place) => (place.latitudeDeg - origin.latitudeDeg) * ky)
  const atM = Float64Array.from(kept, (index) => line.atM[index] as number)
  return {
    line,
    lengthM: line.lengthM,
    eastM,
    northM,
    atM,
    segmentAt: segmentTable(atM),
    grid: gridOf(eastM, northM, atM),
    origin,
    metresPerDegEast: kx,
    metresPerDegNorth: ky,
  }
}

/** The segment that holds so many metres along; the first or last one beyond the ends. */
export function segmentOf(map: RouteMap, alongM: number): number {
  const { atM, segmentAt } = map
  const last = Math.max(0, atM.length - 2)
  if (!(alongM > 0)) return 0
  if (alongM >= map.lengthM) return last
  let segment = segmentAt[Math.floor(alongM / TABLE_STEP_M)] as number
  while (segment < last && (atM[segment + 1] as number) <= alongM) segment++
  return segment
}

/** Every pass within 100 m of a place's cell, in order along the route; none when the route is farther away. */
export function passesNear(map: RouteMap, eastM: number, northM: number): readonly Pass[] {
  const { ends, ofCell } = map.grid
  const at = ofCell.get(cellOf(Math.floor(eastM / CELL_M), Math.floor(northM / CELL_M)))
  if (at === undefined) return NONE
  return Array.from({ length: ends[at] as number }, (_, no) => ({
    from: ends[at + 1 + 2 * no] as number,
    to: ends[at + 2 + 2 * no] as number,
  }))
}

const NONE: readonly Pass[] = []

function segmentTable(atM: Float64Array): Int32Array {
  const lengthM = atM.at(-1) as number
  const table = new Int32Array(Math.floor(lengthM / TABLE_STEP_M) + 1)
  let segment = 0
  for (let row = 0; row < table.length; row++) {
    while (segment < atM.length - 2 && (atM[segment + 1] as number) <= row * TABLE_STEP_M) segment++
    table[row] = segment
  }
  return table
}

/** Cells are marked by points along each segment; a segment joins the pass it continues, but a lap that never leaves is cut. */
function gridOf(eastM: Float64Array, northM: Float64Array, atM: Float64Array): Grid {
  const cells = new Map<number, Pass[]>()
  const reach = Math.ceil(GRID_REACH_M / CELL_M)
  for (let segment = 0; segment < Math.max(1, eastM.length - 1); segment++) {
    const [fromE, fromN] = [eastM[segment] as number, northM[segment] as number]
    const [toE, toN] = [eastM[segment + 1] ?? fromE, northM[segment + 1] ?? fromN]
    const steps = Math.max(1, Math.ceil(Math.hypot(toE - fromE, toN - fromN) / CELL_M))
    for (let step = 0; step <= steps; step++) {
      const column = Math.floor((fromE + ((toE - fromE) * step) / steps) / CELL_M)
      const row = Math.floor((fromN + ((toN - fromN) * step) / steps) / CELL_M)
      for (let c = column - reach; c <= column + reach; c++)
        for (let r = row - reach; r <= row + reach; r++) mark(cellOf(c, r), segment)
    }
  }
  return packedGrid(cells)

  function mark(cell: number, segment: number): void {
    const passes = cells.get(cell)
    if (!passes) return void cells.set(cell, [{ from: segment, to: segment }])
    const latest = passes.at(-1) as Pass
    const isShort = (atM[segment] as number) - (atM[latest.from] as number) < PASS_MOST_M
    if (latest.to === segment) return
    if (latest.to === segment - 1 && isShort) latest.to = segment
    else passes.push({ from: segment, to: segment })
  }
}

function packedGrid(cells: ReadonlyMap<number, readonly Pass[]>): Grid {
  const ends: number[] = []
  const ofCell = new Map<number, number>()
  for (const [cell, passes] of cells) {
    ofCell.set(cell, ends.length)
    ends.push(passes.length)
    for (const { from, to } of passes) ends.push(from, to)
  }
  return { ends: Int32Array.from(ends), ofCell }
}

/** Columns and rows within some 4,000 km of the start have numbers of their own. */
const cellOf = (column: number, row: number): number => column * 131_072 + row
