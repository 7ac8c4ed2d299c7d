/** Where a line passes a place: once on a loop, twice on a way out and back, on each lap of a course of laps. */
import type { Place } from './fix.ts'
import { forEachSegment, type RouteLine, segmentAtM } from './route.ts'

/**
 * Metres along the line where it passes within so many metres of a place, in order: of each stretch that stays so near, its
 * nearest point. A turn-round nearer than that is one pass, and so is the seam between two laps; a start and a finish at the
 * same place are two. Empty when the line stays away.
 */
export function passesOf(line: RouteLine, place: Place, withinM: number): number[] {
  const passes: number[] = []
  const nearSquare = withinM ** 2
  let nearestSquare = Number.POSITIVE_INFINITY
  let isNear = false
  forEachSegment(line, place, (index, share, square, fromSquare) => {
    if (square > nearSquare) {
      isNear = false
      return
    }
    const isSameStretch = isNear && fromSquare <= nearSquare
    if (!isSameStretch || square < nearestSquare) {
      if (isSameStretch) passes.pop()
      passes.push(segmentAtM(line, index, share))
      nearestSquare = square
    }
    isNear = true
  })
  return passes
}
