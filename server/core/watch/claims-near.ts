/** PU10: who is near whom they bring something to; only of runners whose phone can be told without being looked at. */
import { hasLease } from '../../../shared/run/claims.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import type { Observation } from '../decision.ts'
import { type Apart, apartOf, spotOf } from './reach.ts'
import type { Scene, Seen } from './scene.ts'

const NEAR_M = 200
/** Across a river is not near. */
const NEAR_ALONG_M = 600
/** No river: the way out and the way back are one path here. */
const BESIDE_M = 50
const SOON_MS = MINUTE_MS
const FRESH_MS = MINUTE_MS
/** How fast two near each other is measured over so long: a shorter stretch is noise, a longer one has a bend or a stop in it. */
const STRETCH_MS = { least: 10 * SECOND_MS, most: 30 * SECOND_MS }
/** A runner and a car that come towards each other; what is faster is a fix that jumped. */
const CLOSES_MOST_MPS = 15

/** `atMs`: of the older of the two fixes. */
type Sample = Apart & { readonly atMs: number }
/** By request and who brings it: how far apart they were of late, the oldest first. */
export type Nearings = ReadonlyMap<string, readonly Sample[]>

export function nearWatched(before: Nearings, scene: Scene): Seen<Nearings> {
  const memory = new Map<string, readonly Sample[]>()
  const observations: Observation[] = []
  for (const request of scene.run.requests.values()) {
    const { requestId, runnerId, cyclistId, nearAtMs } = request
    if (cyclistId === null || nearAtMs !== null || !hasLease(request)) continue
    if (!scene.run.members.get(runnerId)?.hasPush) continue
    const [rider, runner] = [spotOf(scene, cyclistId, FRESH_MS), spotOf(scene, runnerId, FRESH_MS)]
    if (!rider || !runner) continue
    const now = { ...apartOf(rider, runner), atMs: Math.min(rider.fix.takenAtMs, runner.fix.takenAtMs) }
    const key = `${requestId} ${cyclistId}`
    const isLate = ({ atMs }: Sample) => atMs < now.atMs && atMs >= now.atMs - STRETCH_MS.most
    const samples = [...(before.get(key) ?? []).filter(isLate), now]
    memory.set(key, samples)
    if (isNear(now) || isSoon(samples[0] ?? now, now)) observations.push({ is: 'near', requestId, cyclistId })
  }
  return { memory, observations }
}

const isNear = ({ straightM, alongM }: Apart): boolean =>
  straightM <= BESIDE_M || (straightM <= NEAR_M && (alongM ?? 0) <= NEAR_ALONG_M)

/** A minute away, as they near each other now: it holds for one who waits as for one who rides along from behind. */
function isSoon(from: Sample, now: Sample): boolean {
  const lastedMs = now.atMs - from.atMs
  // Known along the route at one end alone says nothing, and the straight way may lead over water.
  if (lastedMs < STRETCH_MS.least || (from.alongM === null) !== (now.alongM === null)) return false
  const [fromM, nowM] = [from.alongM ?? from.straightM, now.alongM ?? now.straightM]
  const closesMps = (fromM - nowM) / (lastedMs / SECOND_MS)
  return closesMps > 0 && closesMps <= CLOSES_MOST_MPS && (nowM / closesMps) * SECOND_MS <= SOON_MS
}
