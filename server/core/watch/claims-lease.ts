/** LE1-LE3: whether those who claimed are heard, and come nearer. */
import { hasLease, isMetAsked } from '../../../shared/run/claims.ts'
import { cyclistsOf } from '../../../shared/run/questions.ts'
import type { Request } from '../../../shared/run/state.ts'
import { type MemberId, MINUTE_MS, type RequestId } from '../../../shared/units.ts'
import type { Observation } from '../decision.ts'
import { othersFor } from '../observed-claims.ts'
import { apartOf, spotOf } from './reach.ts'
import type { Scene, Seen } from './scene.ts'

const SILENT_AFTER_MS = 3 * MINUTE_MS
/** A phone that is connected has only gone dark. */
const CONNECTED_SILENT_AFTER_MS = 5 * MINUTE_MS
const NOT_NEARER_FOR_MS = 4 * MINUTE_MS
/** Nobody has to come nearer than that: they are there, or look for each other. */
const THERE_M = 150
/** More than both phones err. */
const NEARER_BY_M = 50
/** Nothing is said of how far apart older places are. */
const FRESH_MS = 2 * MINUTE_MS

type Approach = {
  /** Another claim, or one that was kept, begins anew. */
  readonly ofClaim: string
  /** The nearest they have been since. */
  readonly straightM: number
  readonly alongM: number
  /** Since when they may be asked to come nearer. */
  readonly patientFromMs: number
  /** When they came nearer, or were there. */
  readonly nearerAtMs: number
}
export type Leases = ReadonlyMap<RequestId, Approach>

/**
 * Who brings things to several comes nearer to one after another: as long as they do to any of theirs, they are on their way.
 * Whether the runner comes to them is all the same.
 */
export function leasesWatched(before: Leases, scene: Scene): Seen<Leases> {
  const { run, nowMs } = scene
  const memory = new Map<RequestId, Approach>()
  const onTheirWay = new Set<MemberId>()
  for (const request of run.requests.values()) {
    if (!hasLease(request) || request.cyclistId === null) continue
    const known = before.get(request.requestId)
    const ofClaim = `${request.cyclistId} ${request.claimedAtMs}`
    const approach = approachAfter(known?.ofClaim === ofClaim ? known : begun(ofClaim, nowMs), request, scene)
    memory.set(request.requestId, approach.now)
    if (approach.isNearer) onTheirWay.add(request.cyclistId)
  }
  const observations: Observation[] = []
  const cyclists = cyclistsOf(run)
  for (const [requestId, approach] of memory) {
    const request = run.requests.get(requestId) as Request
    const cyclistId = request.cyclistId as MemberId
    const now = onTheirWay.has(cyclistId) ? { ...approach, patientFromMs: nowMs, nearerAtMs: nowMs } : approach
    memory.set(requestId, now)
    if (request.doubt) {
      if (isGoodAgain(now, request.doubt, cyclistId, scene))
        observations.push({ is: 'claim-good', requestId, cyclistId })
      continue
    }
    const reason = isMetAsked(request) ? null : reasonToDoubt(now, request, scene)
    if (reason !== null && othersFor(run, request, cyclists).length > 0)
      observations.push({ is: 'claim-doubted', requestId, cyclistId, reason })
  }
  return { memory, observations }
}

const begun = (ofClaim: string, nowMs: number): Approach => ({
  ofClaim,
  straightM: Number.POSITIVE_INFINITY,
  alongM: Number.POSITIVE_INFINITY,
  patientFromMs: nowMs,
  nearerAtMs: Number.NEGATIVE_INFINITY,
})

function approachAfter(before: Approach, { cyclistId, runnerId }: Request, scene: Scene) {
  const { run, nowMs } = scene
  const [rider, runner] = [cyclistId, runnerId].map((id) => id && spotOf(scene, id, FRESH_MS))
  const isBusy = cyclistId !== null && run.members.get(cyclistId)?.helping.state === 'refilling'
  // What cannot be told is held against nobody.
  if (!rider || !runner || isBusy) return { now: { ...before, patientFromMs: nowMs }, isNearer: false }
  const { straightM, alongM } = apartOf(rider, runner)
  const straight = nearest(before.straightM, straightM)
  const along = alongM === null ? { atM: before.alongM, isNearer: false } : nearest(before.alongM, alongM)
  const now = { ...before, straightM: straight.atM, alongM: along.atM }
  const isThere = straightM <= THERE_M
  return {
    now: isThere ? { ...now, patientFromMs: nowMs, nearerAtMs: nowMs } : now,
    isNearer: straight.isNearer || along.isNearer,
  }
}

/** The nearest so far; the first distance that is known is no approach. */
function nearest(beforeM: number, nowM: number): { readonly atM: number; readonly isNearer: boolean } {
  if (nowM > beforeM - NEARER_BY_M) return { atM: beforeM, isNearer: false }
  return { atM: nowM, isNearer: beforeM < Number.POSITIVE_INFINITY }
}

function reasonToDoubt(
  { patientFromMs }: Approach,
  request: Request,
  scene: Scene,
): 'silent' | 'not-approaching' | null {
  const { nowMs, isConnected } = scene
  const cyclistId = request.cyclistId as MemberId
  const fixAtMs = newestAtMs(scene, cyclistId)
  const silentForMs = nowMs - Math.max(fixAtMs ?? 0, request.claimedAtMs ?? 0)
  // Who shares nothing and is connected has nothing to be heard by.
  const isSilent = isConnected(cyclistId)
    ? fixAtMs !== undefined && silentForMs >= CONNECTED_SILENT_AFTER_MS
    : silentForMs >= SILENT_AFTER_MS
  if (isSilent) return 'silent'
  return nowMs - patientFromMs >= NOT_NEARER_FOR_MS ? 'not-approaching' : null
}

function isGoodAgain(
  { nearerAtMs }: Approach,
  doubt: NonNullable<Request['doubt']>,
  id: MemberId,
  scene: Scene,
): boolean {
  return (doubt.reason === 'silent' ? (newestAtMs(scene, id) ?? 0) : nearerAtMs) > doubt.atMs
}

const newestAtMs = (scene: Scene, memberId: MemberId): number | undefined =>
  spotOf(scene, memberId, Number.POSITIVE_INFINITY)?.fix.takenAtMs
