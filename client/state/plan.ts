/**
 * What stands on the sheet: dots that would hide each other become one with a count; a call for help and my own dot
 * never do.
 */
import type { MemberId } from '../../shared/units.ts'
import type { Point } from './plan-camera.ts'

export type Dot = Point & {
  readonly memberId: MemberId
  /** Stands alone whatever is near. */
  readonly isAlone: boolean
  readonly isStale: boolean
}
export type Cluster<D extends Dot = Dot> = Point & { readonly dots: readonly D[] }

/** Dots nearer than this become one. Live and stale never mix: a count must not make old places look live. */
const MERGE_WITHIN_PX = 26
/** Of thousands nobody can be told apart, and each dot costs time. */
const MANY = 400
const MERGE_MANY_WITHIN_PX = 44

/** Each dot joins the first cluster near it. Looked for in squares, so that thousands take a few milliseconds. */
export function clustersOf<D extends Dot>(dots: readonly D[]): Cluster<D>[] {
  const withinPx = dots.length > MANY ? MERGE_MANY_WITHIN_PX : MERGE_WITHIN_PX
  const clusters: { x: number; y: number; dots: D[] }[] = []
  const squares = new Map<number, number[]>()
  for (const dot of dots) {
    const [column, row] = [Math.floor(dot.x / withinPx), Math.floor(dot.y / withinPx)]
    const at = dot.isAlone ? undefined : firstNear(dot, column, row)
    if (at !== undefined) {
      clusters[at]?.dots.push(dot)
      continue
    }
    const square = squares.get(squareNo(column, row))
    if (square) square.push(clusters.length)
    else squares.set(squareNo(column, row), [clusters.length])
    clusters.push({ x: dot.x, y: dot.y, dots: [dot] })
  }
  return clusters

  function firstNear(dot: D, column: number, row: number): number | undefined {
    let best: number | undefined
    for (let c = column - 1; c <= column + 1; c++)
      for (let r = row - 1; r <= row + 1; r++)
        for (const at of squares.get(squareNo(c, r)) ?? []) {
          const first = clusters[at]?.dots[0]
          if (!first || !mayMerge(first, dot) || (best !== undefined && at > best)) continue
          if ((first.x - dot.x) ** 2 + (first.y - dot.y) ** 2 < withinPx ** 2) best = at
        }
    return best
  }
}

/** No sheet has so many rows. */
const squareNo = (column: number, row: number): number => column * 100_000 + row

const mayMerge = (a: Dot, b: Dot): boolean => !a.isAlone && !b.isAlone && a.isStale === b.isStale

/** A round length for the scale bar, at most so many pixels long. */
export function scaleBar(metresPerPx: number, longestPx: number): { readonly metres: number; readonly px: number } {
  const longestM = metresPerPx * longestPx
  const power = 10 ** Math.floor(Math.log10(longestM))
  const metres = ([5, 2, 1].find((step) => step * power <= longestM) ?? 1) * power
  return { metres, px: metres / metresPerPx }
}
