/** Ways off the route: a wrong turning walked back, or a way round that joins again further on. */
import type { Random } from '../../../client/simulate/random.ts'
import { bearingDeg, distanceM, movedPlace } from '../../../shared/geo/distance.ts'
import type { Place } from '../../../shared/geo/fix.ts'
import { nearestOnLine, placeAtM, type RouteLine, routeLine } from '../../../shared/geo/route.ts'

export type Detour = {
  readonly leavesM: number
  readonly rejoinsM: number
  readonly line: RouteLine
  /** How far a place is from the whole route. */
  readonly awayM: (place: Place) => number
}

/** Detours of 80 to 300 m to the side, a few kilometres apart; only such as lead away from the whole route. */
export function detoursOf(line: RouteLine, random: Random): Detour[] {
  const detours: Detour[] = []
  const awayM = (place: Place) => nearestOnLine(line, place).distanceM
  for (let leavesM = random.between(600, 2_000); leavesM < line.lengthM - 1_200; ) {
    const here = placeAtM(line, leavesM)
    const courseDeg = bearingDeg(here, placeAtM(line, leavesM + 20))
    const turnDeg = random.between(40, 110) * (random.next() < 0.5 ? 1 : -1)
    const wayRad = ((courseDeg + turnDeg) * Math.PI) / 180
    const outM = random.between(90, 300)
    const far = movedPlace(here, outM * Math.sin(wayRad), outM * Math.cos(wayRad))
    const rejoinsM = random.next() < 0.5 ? leavesM : leavesM + random.between(100, 400)
    const back = placeAtM(line, rejoinsM)
    if (awayM(far) > Math.max(70, 0.5 * outM) && distanceM(far, back) < 600)
      detours.push({ leavesM, rejoinsM, line: routeLine([here, far, back]), awayM })
    leavesM = rejoinsM + random.between(1_200, 4_000)
  }
  return detours
}
