/**
 * How the sheet is looked at, with or without a map beneath: in Web Mercator, as maps draw, so that people stand on their streets.
 * A camera tells what is in the middle, how much ground a pixel is there, and which way is up.
 */
import { eastwardDeg } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'

export type Sheet = { readonly widthPx: number; readonly heightPx: number; readonly marginPx: number }
export type Point = { readonly x: number; readonly y: number }

export type Camera = {
  readonly centre: Place
  readonly metresPerPx: number
  /** Which direction is up: 0 north, 90 east. */
  readonly bearingDeg: number
}

export type Projection = {
  readonly toSheet: (place: Place) => Point
  readonly toPlace: (point: Point) => Place
  readonly metresPerPx: number
  readonly bearingDeg: number
}

/** Nothing is drawn larger than this, so that GPS noise of one person does not fill the sheet. */
const SHORTEST_SIDE_M = 80
const EQUATOR_M = 40_075_016.686
const RADIANS = Math.PI / 180
const NEAREST_M_PER_PX = 0.1
const FARTHEST_M_PER_PX = 20_000
/** Where Web Mercator ends. */
const MOST_DEG = 85

/** Of the whole earth, in shares of its width: 0 to 1 from west to east, and from north to south. */
function onEarth({ latitudeDeg, longitudeDeg }: Place): Point {
  const latitude = Math.max(-MOST_DEG, Math.min(MOST_DEG, latitudeDeg)) * RADIANS
  return { x: longitudeDeg / 360 + 0.5, y: 0.5 - Math.log(Math.tan(Math.PI / 4 + latitude / 2)) / (2 * Math.PI) }
}

function fromEarth({ x, y }: Point): Place {
  const latitudeDeg = (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / RADIANS
  return { latitudeDeg, longitudeDeg: (x - Math.floor(x)) * 360 - 180 }
}

/** The short way round. */
const eastward = (share: number): number => share - Math.round(share)

/** Metres of the width of the earth as it is drawn at a latitude. */
const widthThereM = (latitudeDeg: number): number =>
  EQUATOR_M * Math.cos(Math.max(-MOST_DEG, Math.min(MOST_DEG, latitudeDeg)) * RADIANS)

function turned({ x, y }: Point, byDeg: number): Point {
  const [sin, cos] = [Math.sin(byDeg * RADIANS), Math.cos(byDeg * RADIANS)]
  return { x: x * cos - y * sin, y: x * sin + y * cos }
}

export function projectionOf(
  { centre, metresPerPx, bearingDeg }: Camera,
  sheet: Pick<Sheet, 'widthPx' | 'heightPx'>,
): Projection {
  const middle = onEarth(centre)
  const widthPx = widthThereM(centre.latitudeDeg) / metresPerPx
  const [sin, cos] = [Math.sin(-bearingDeg * RADIANS), Math.cos(-bearingDeg * RADIANS)]
  return {
    metresPerPx,
    bearingDeg,
    toSheet(place) {
      const at = onEarth(place)
      const [east, south] = [eastward(at.x - middle.x) * widthPx, (at.y - middle.y) * widthPx]
      return { x: sheet.widthPx / 2 + east * cos - south * sin, y: sheet.heightPx / 2 + east * sin + south * cos }
    },
    toPlace({ x, y }) {
      const off = turned({ x: x - sheet.widthPx / 2, y: y - sheet.heightPx / 2 }, bearingDeg)
      return fromEarth({ x: middle.x + off.x / widthPx, y: middle.y + off.y / widthPx })
    },
  }
}

/** The south-western and the north-eastern corner of what holds them; empty for none. Of thousands it is asked once a second. */
export function cornersOf(places: readonly Place[]): Place[] {
  const [first] = places
  if (!first) return []
  let [south, north, west, east] = [first.latitudeDeg, first.latitudeDeg, 0, 0]
  for (const { latitudeDeg, longitudeDeg } of places) {
    const eastDeg = eastwardDeg(first.longitudeDeg, longitudeDeg)
    if (latitudeDeg < south) south = latitudeDeg
    if (latitudeDeg > north) north = latitudeDeg
    if (eastDeg < west) west = eastDeg
    if (eastDeg > east) east = eastDeg
  }
  return [
    { latitudeDeg: south, longitudeDeg: wrappedDeg(first.longitudeDeg + west) },
    { latitudeDeg: north, longitudeDeg: wrappedDeg(first.longitudeDeg + east) },
  ]
}

const wrappedDeg = (longitudeDeg: number): number => longitudeDeg - 360 * Math.round(longitudeDeg / 360)

/** Everything fits inside the margin; `null` when there is no place to show. */
export function cameraOn(places: readonly Place[], sheet: Sheet, bearingDeg = 0): Camera | null {
  const [first] = places
  if (!first) return null
  const origin = onEarth(first)
  let [left, right, top, bottom] = [0, 0, 0, 0]
  for (const place of places) {
    const at = onEarth(place)
    const { x, y } = turned({ x: eastward(at.x - origin.x), y: at.y - origin.y }, -bearingDeg)
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  const middle = turned({ x: (left + right) / 2, y: (top + bottom) / 2 }, bearingDeg)
  const centre = fromEarth({ x: origin.x + middle.x, y: origin.y + middle.y })
  const { widthPx, heightPx } = insideOf(sheet)
  const share = Math.max((right - left) / widthPx, (bottom - top) / heightPx)
  const metresPerPx = Math.max(share * widthThereM(centre.latitudeDeg), SHORTEST_SIDE_M / Math.min(widthPx, heightPx))
  return { centre, metresPerPx, bearingDeg }
}

/** One place in the middle, and as much around it as holds the others. */
export function cameraAround(
  centre: Place,
  others: readonly Place[],
  sheet: Sheet,
  bearingDeg: number,
  leastM: number,
): Camera {
  const { widthPx, heightPx } = insideOf(sheet)
  let metresPerPx = leastM / (Math.min(widthPx, heightPx) / 2)
  const unit = projectionOf({ centre, metresPerPx: 1, bearingDeg }, { widthPx: 0, heightPx: 0 })
  for (const other of others) {
    const { x, y } = unit.toSheet(other)
    metresPerPx = Math.max(metresPerPx, Math.abs(x) / (widthPx / 2), Math.abs(y) / (heightPx / 2))
  }
  return { centre, metresPerPx, bearingDeg }
}

function insideOf({ widthPx, heightPx, marginPx }: Sheet) {
  return { widthPx: Math.max(1, widthPx - 2 * marginPx), heightPx: Math.max(1, heightPx - 2 * marginPx) }
}

/** A sheet that moves all the time cannot be read: the camera stays while everything is on it and not much smaller than it could be. */
export function cameraAfter(before: Camera | null, fresh: Camera, places: readonly Place[], sheet: Sheet): Camera {
  if (!before || before.bearingDeg !== fresh.bearingDeg) return fresh
  const isNearEnough = before.metresPerPx < fresh.metresPerPx * 1.6
  const { toSheet } = projectionOf(before, sheet)
  const edgePx = sheet.marginPx / 2
  const isOn = ({ x, y }: Point) =>
    x >= edgePx && x <= sheet.widthPx - edgePx && y >= edgePx && y <= sheet.heightPx - edgePx
  return isNearEnough && places.every((place) => isOn(toSheet(place))) ? before : fresh
}

/** The ground goes with the finger. */
export function panned(camera: Camera, byPx: Point): Camera {
  const { toPlace } = projectionOf(camera, { widthPx: 0, heightPx: 0 })
  return { ...camera, centre: toPlace({ x: -byPx.x, y: -byPx.y }) }
}

/** So many times nearer, around a point of the sheet that stays where it is. */
export function zoomed(
  camera: Camera,
  factor: number,
  sheet: Pick<Sheet, 'widthPx' | 'heightPx'>,
  around?: Point,
): Camera {
  const metresPerPx = Math.max(NEAREST_M_PER_PX, Math.min(FARTHEST_M_PER_PX, camera.metresPerPx / factor))
  if (!around) return { ...camera, metresPerPx }
  const place = projectionOf(camera, sheet).toPlace(around)
  const at = projectionOf({ ...camera, metresPerPx }, sheet).toSheet(place)
  return panned({ ...camera, metresPerPx }, { x: around.x - at.x, y: around.y - at.y })
}

/** Whether somebody would see the difference. */
export function isOtherCamera(a: Camera, b: Camera): boolean {
  const { x, y } = projectionOf(a, { widthPx: 0, heightPx: 0 }).toSheet(b.centre)
  const turnDeg = Math.abs(((b.bearingDeg - a.bearingDeg + 540) % 360) - 180)
  return Math.hypot(x, y) > 2 || turnDeg > 2 || Math.abs(Math.log(a.metresPerPx / b.metresPerPx)) > 0.02
}

/** MapLibre's zoom, of tiles of 512 pixels, and back. */
export const zoomOf = ({ centre, metresPerPx }: Camera): number =>
  Math.log2(widthThereM(centre.latitudeDeg) / metresPerPx / 512)
export const metresPerPxAt = (latitudeDeg: number, zoom: number): number => widthThereM(latitudeDeg) / (512 * 2 ** zoom)
