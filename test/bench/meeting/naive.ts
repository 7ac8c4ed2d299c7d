/** What is done without a rule: ride to where each runner was last seen, in the order of the claims, and reckon as the crow flies. */
import { distanceM } from '../../../shared/geo/distance.ts'
import type { Fix } from '../../../shared/geo/fix.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { EstimatorFactory } from './estimator.ts'
import { habits } from './scenarios.ts'

const USUAL_RIDE_MPS = 5

export const naive: EstimatorFactory = () => {
  const newest = new Map<number, Fix>()
  return {
    hear: (member, fix) => void newest.set(member, fix),
    visits(cyclist, claims, nowMs) {
      let from = newest.get(cyclist)
      let atMs = nowMs
      return claims.flatMap(({ runner }) => {
        const place = newest.get(runner)
        if (!place || !from) return []
        atMs += (distanceM(from, place) / USUAL_RIDE_MPS) * SECOND_MS
        const visit = { runner, place, atMs }
        atMs += habits.handOverS * SECOND_MS
        from = place
        return [visit]
      })
    },
  }
}
