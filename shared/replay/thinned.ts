/**
 * Tracks thinned for a replay: of each stretch as few moments as tell, within a few metres, where somebody was at any time
 * between them. A gap in the fixes stays a gap.
 */
import { eastwardDeg, rulerAt } from '../geo/distance.ts'
import type { Place } from '../geo/fix.ts'
import { MINUTE_MS, SECOND_MS } from '../units.ts'

export type Moment = Place & { readonly takenAtMs: number }

/** 1.1 m at most. */
export const GRID_PER_DEG = 100_000
export const TICK_MS = SECOND_MS / 10
/** As long as a place may look live. */
const GAP_MS = MINUTE_MS
/** Bounds the work for tracks made to be slow: each block is thinned for itself. */
const BLOCK = 512

/** What is told of a moment: on the grid, at a tick. */
export const onGrid = ({ latitudeDeg, longitudeDeg, takenAtMs }: Moment): Moment => ({
  latitudeDeg: Math.round(latitudeDeg * GRID_PER_DEG) / GRID_PER_DEG,
  longitudeDeg: Math.round(longitudeDeg * GRID_PER_DEG) / GRID_PER_DEG,
  takenAtMs: Math.round(takenAtMs / TICK_MS) * TICK_MS,
})

/** In the order of time, a new stretch after each minute without one. Of two at the same tick the first stays. */
export function stretchesOf<M extends Moment>(moments: readonly M[]): M[][] {
  const stretches: M[][] = []
  let lastMs = Number.NEGATIVE_INFINITY
  for (const moment of [...moments].sort((a, b) => a.takenAtMs - b.takenAtMs)) {
    const sinceMs = moment.takenAtMs - lastMs
    if (sinceMs < TICK_MS) continue
    if (sinceMs > GAP_MS) stretches.push([])
    stretches.at(-1)?.push(moment)
    lastMs = moment.takenAtMs
  }
  return stretches
}

/**
 * Some of the moments of one stretch, on the grid, the first and the last among them. Whoever is drawn on the straight way between two
 * of them, in proportion to time, is within the tolerance of each moment left out, rounding included.
 * Method: Douglas-Peucker with the time-ratio distance of Meratnia and de By 2004 (TD-TR), in blocks of 512.
 */
export function thinned(stretch: readonly Moment[], toleranceM: number): Moment[] {
  const [first] = stretch
  if (!first) return []
  const ruler = rulerAt(first.latitudeDeg)
  const scale = { kx: ruler.kx, ky: ruler.ky, fromDeg: first.longitudeDeg }
  const last = stretch.length - 1
  const kept: number[] = [0]
  for (let from = 0; from < last; from += BLOCK) {
    const to = Math.min(last, from + BLOCK)
    const waiting: [number, number][] = [[from, to]]
    const found: number[] = []
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      const at = worstOf(stretch, part[0], part[1], scale, toleranceM)
      if (at === undefined) continue
      found.push(at)
      waiting.push([part[0], at], [at, part[1]])
    }
    kept.push(...found.sort((a, b) => a - b), to)
  }
  return kept.map((index) => onGrid(stretch[index] as Moment))
}

type Scale = { readonly kx: number; readonly ky: number; readonly fromDeg: number }

/** Of the moments between two the one that is farthest from where it would be drawn; `undefined` when all are near enough. */
function worstOf(stretch: readonly Moment[], from: number, to: number, scale: Scale, toleranceM: number) {
  const [a, b] = [onGrid(stretch[from] as Moment), onGrid(stretch[to] as Moment)]
  const eastOf = ({ longitudeDeg }: Place) => eastwardDeg(scale.fromDeg, longitudeDeg) * scale.kx
  const [east, north] = [eastOf(a), a.latitudeDeg * scale.ky]
  const [eastM, northM] = [eastOf(b) - east, b.latitudeDeg * scale.ky - north]
  const tookMs = Math.max(1, b.takenAtMs - a.takenAtMs)
  let [worst, worstSquare]: [number | undefined, number] = [undefined, toleranceM ** 2]
  for (let index = from + 1; index < to; index++) {
    const moment = stretch[index] as Moment
    const share = (moment.takenAtMs - a.takenAtMs) / tookMs
    const missEast = eastOf(moment) - east - eastM * share
    const missNorth = moment.latitudeDeg * scale.ky - north - northM * share
    const square = missEast ** 2 + missNorth ** 2
    if (square > worstSquare) [worst, worstSquare] = [index, square]
  }
  return worst
}
