/**
 * The simple plan: everybody and the route on a sheet of so many pixels, north up, everything fits.
 * Dots that would hide each other become one with a count; a call for help and my own dot never do.
 */
import { eastwardDeg, rulerAt } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { MemberId } from '../../shared/units.ts'

export type Sheet = { readonly widthPx: number; readonly heightPx: number; readonly marginPx: number }
type Point = { readonly x: number; readonly y: number }
export type Projection = { readonly toSheet: (place: Place) => Point; readonly metresPerPx: number }

/** Nothing is drawn larger than this, so that GPS noise of one person does not fill the sheet. */
const SHORTEST_SIDE_M = 80

/** `null` when there is no place to show. */
export function projection(places: readonly Place[], sheet: Sheet): Projection | null {
  const [first] = places
  if (!first) return null
  const { kx, ky } = rulerAt(first.latitudeDeg)
  const eastM = (place: Place) => eastwardDeg(first.longitudeDeg, place.longitudeDeg) * kx
  const northM = (place: Place) => (place.latitudeDeg - first.latitudeDeg) * ky
  let [west, east, south, north] = [0, 0, 0, 0]
  for (const place of places) {
    const [x, y] = [eastM(place), northM(place)]
    if (x < west) west = x
    if (x > east) east = x
    if (y < south) south = y
    if (y > north) north = y
  }
  const insideWidthPx = Math.max(1, sheet.widthPx - 2 * sheet.marginPx)
  const insideHeightPx = Math.max(1, sheet.heightPx - 2 * sheet.marginPx)
  const metresPerPx = Math.max(
    (east - west) / insideWidthPx,
    (north - south) / insideHeightPx,
    SHORTEST_SIDE_M / Math.min(insideWidthPx, insideHeightPx),
  )
  const [middleEast, middleNorth] = [(west + east) / 2, (south + north) / 2]
  return {
    metresPerPx,
    toSheet: (place) => ({
      x: sheet.widthPx / 2 + (eastM(place) - middleEast) / metresPerPx,
      y: sheet.heightPx / 2 - (northM(place) - middleNorth) / metresPerPx,
    }),
  }
}

export type Dot = Point & {
  readonly memberId: MemberId
  /** Stands alone whatever is near. */
  readonly isAlone: boolean
  readonly isStale: boolean
}
export type Cluster = Point & { readonly dots: readonly Dot[] }

/** Dots nearer than this become one. Live and stale never mix: a count must not make old places look live. */
const MERGE_WITHIN_PX = 26

export function clustersOf(dots: readonly Dot[]): Cluster[] {
  const clusters: Cluster[] = []
  for (const dot of dots) {
    const at = clusters.findIndex(
      ({ x, y, dots: [first] }) => first && mayMerge(first, dot) && Math.hypot(x - dot.x, y - dot.y) < MERGE_WITHIN_PX,
    )
    const near = clusters[at]
    if (!near) clusters.push({ x: dot.x, y: dot.y, dots: [dot] })
    else clusters[at] = { ...near, dots: [...near.dots, dot] }
  }
  return clusters
}

const mayMerge = (a: Dot, b: Dot): boolean => !a.isAlone && !b.isAlone && a.isStale === b.isStale

/** A round length for the scale bar, at most so many pixels long. */
export function scaleBar(metresPerPx: number, longestPx: number): { readonly metres: number; readonly px: number } {
  const longestM = metresPerPx * longestPx
  const power = 10 ** Math.floor(Math.log10(longestM))
  const metres = ([5, 2, 1].find((step) => step * power <= longestM) ?? 1) * power
  return { metres, px: metres / metresPerPx }
}
