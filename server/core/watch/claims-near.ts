/** PU10: who is near whom they bring something to; only of runners whose phone can be told without being looked at. */
import { hasLease } from '../../../shared/run/claims.ts'
import { MINUTE_MS } from '../../../shared/units.ts'
import type { Observation } from '../decision.ts'
import { apartOf, spotOf } from './reach.ts'
import type { Scene } from './scene.ts'

const NEAR_M = 200
/** Across a river is not near. */
const NEAR_ALONG_M = 600
const FRESH_MS = MINUTE_MS

export function nearWatched(scene: Scene): Observation[] {
  const observations: Observation[] = []
  for (const request of scene.run.requests.values()) {
    const { requestId, runnerId, cyclistId, nearAtMs } = request
    if (cyclistId === null || nearAtMs !== null || !hasLease(request)) continue
    if (!scene.run.members.get(runnerId)?.hasPush) continue
    const [rider, runner] = [spotOf(scene, cyclistId, FRESH_MS), spotOf(scene, runnerId, FRESH_MS)]
    if (!rider || !runner) continue
    const { straightM, alongM } = apartOf(rider, runner)
    if (straightM <= NEAR_M && (alongM ?? 0) <= NEAR_ALONG_M) observations.push({ is: 'near', requestId, cyclistId })
  }
  return observations
}
