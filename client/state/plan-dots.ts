/** Who is drawn on the plan, where, and how much a dot may claim: measured, reckoned, roughly located, old. */
import type { Place } from '../../shared/geo/fix.ts'
import { freeTrackAt } from '../../shared/geo/pace/free-estimate.ts'
import { placeAtM, type RouteLine } from '../../shared/geo/route.ts'
import { SURE_CONFIDENCE } from '../../shared/pack/passages.ts'
import type { Role } from '../../shared/run/roles.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import { progressNow } from './along-route.ts'
import { ageMs, isStale } from './place-age.ts'
import { alarmsOf } from './queue.ts'
import type { RunView, SeenPlace } from './run-view.ts'
import type { Trails } from './trails.ts'
import { waitingMembers } from './wants.ts'

export type PlacedMember = {
  readonly memberId: MemberId
  readonly role: Role
  /** Where it is drawn. */
  readonly place: Place
  /** Of what was heard last, wherever it is drawn. */
  readonly ageMs: number
  readonly isAlone: boolean
  readonly isStale: boolean
  readonly isMe: boolean
  readonly isCalling: boolean
  readonly waits: 'open' | 'claimed' | null
  /** `reckoned`: carried on from where they were heard; `rough`: measured, but no better than the ring says. */
  readonly how: 'measured' | 'reckoned' | 'rough'
  /** How far from there they may well be; `null` where a dot is wide enough. */
  readonly ringM: number | null
  /** They may as well be on another lap or leg: the same spot, another kilometre. */
  readonly isDoubtful: boolean
}

/** Phones send and servers tell every few seconds: so long nobody has moved far. */
const RECKONED_FROM_MS = 20 * SECOND_MS
/** Of metres not seen, so many may be wrong. */
const RECKONED_SPREAD = 0.4
/** A path, a bank of a river, a side of a street. */
const ROUGH_FROM_M = 40

/** What places are carried on along: the route, or the ways that were seen. */
export type Known = { readonly line: RouteLine | null; readonly trails: Trails }

/**
 * Whoever has stopped is in and has no dot. Old places first, so that live ones are drawn over them; mine is last.
 * An old place stays where it was measured: nothing is reckoned from it.
 */
export function placesOnPlan(view: RunView, nowMs: number, known?: Known): PlacedMember[] {
  const calling = new Set(alarmsOf(view, nowMs).map(({ request }) => request.runnerId))
  const waiting = waitingMembers(view)
  const old: PlacedMember[] = []
  const live: PlacedMember[] = []
  const alone: PlacedMember[] = []
  for (const { memberId, status, role } of view.run.members.values()) {
    const place = view.places.get(memberId)
    if (!place || status === 'stopped' || status === 'removed') continue
    const [isMe, isCalling] = [memberId === view.myId, calling.has(memberId)]
    const isOld = isStale(place, nowMs)
    const reckoned = isOld || !known ? null : reckonedPlace(view, memberId, place, known, nowMs)
    const isRough = !reckoned && place.accuracyM !== null && place.accuracyM > ROUGH_FROM_M
    const mark: PlacedMember = {
      memberId,
      role,
      place: reckoned?.place ?? place,
      ageMs: ageMs(place, nowMs),
      isAlone: isMe || isCalling,
      isStale: isOld,
      isMe,
      isCalling,
      waits: waiting.get(memberId) ?? null,
      how: reckoned ? 'reckoned' : isRough ? 'rough' : 'measured',
      ringM: reckoned?.ringM ?? (isRough ? place.accuracyM : null),
      isDoubtful: place.progress?.rival != null && !place.progress.isOffRoute,
    }
    ;(mark.isAlone ? alone : isOld ? old : live).push(mark)
  }
  // Mine lies over all others, a call for help too.
  return [...old, ...live, ...alone.sort((a, b) => Number(a.isMe) - Number(b.isMe))]
}

/** Where they are likely now: along the route when their place on it is known, else the way they were going. */
function reckonedPlace(
  view: RunView,
  memberId: MemberId,
  place: SeenPlace,
  { line, trails }: Known,
  nowMs: number,
): { readonly place: Place; readonly ringM: number } | null {
  if (ageMs(place, nowMs) < RECKONED_FROM_MS) return null
  const { route } = view.run.head
  if (route && line) {
    const progress = progressNow(place, route.lengthM, nowMs)
    if (!progress || progress.isOffRoute || progress.isStopped || progress.confidence < SURE_CONFIDENCE) return null
    const unseenM = (Math.abs(progress.speedMps) * ageMs(place, nowMs)) / SECOND_MS
    return { place: placeAtM(line, progress.atM), ringM: progress.spreadM + RECKONED_SPREAD * unseenM }
  }
  const trail = route ? undefined : trails.of.get(memberId)
  const track = trail && freeTrackAt(trail.free, nowMs)
  return track && !track.isStopped && track.courseDeg !== null ? { place: track.place, ringM: track.spreadM } : null
}
