/**
 * The newest place of everybody in a run, and the frames made of them: once a tick, once an audience.
 * A frame never waits for the store and is never a receipt.
 */
import { encodeFrame, type FramePlace } from '../../shared/frame/codec.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { isSharing } from '../../shared/run/questions.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Audience, audienceOf, isSeenWithPlace } from '../core/audience.ts'
import type { RunProgress } from './run-progress.ts'
import type { SeatLink } from './seat-link.ts'

/** Clients that cannot decode frames are told at a slower rate. */
const JSON_EVERY_TICKS = 2

export type Places = {
  fixOf(memberId: MemberId): Fix | undefined
  move(memberId: MemberId, fix: Fix): void
  /** Where somebody was, as the store says; a newer place stays. */
  learn(memberId: MemberId, fix: Fix): void
  forget(memberId: MemberId): void
  /** Something else about the place has changed than the place: tells it again, to other nodes too. */
  tellAgain(memberId: MemberId): void
  /** What another node took: shown like one's own, and not called out again. */
  hear(run: RunState, atMs: number, places: readonly FramePlace[]): void
  /** Sends each looking seat its audience's frame, if there is news for it. Returns what this node took since the last. */
  tick(run: RunState, links: Iterable<SeatLink>, nowMs: number): readonly FramePlace[]
  /** The next frame to this seat holds everybody. */
  wantKey(link: SeatLink): void
}

type PlaceOf = FramePlace & { readonly memberId: MemberId }

/** @param progress goes with each place, wherever that goes. */
export function placesFrom(newest: ReadonlyMap<MemberId, Fix>, progress: Pick<RunProgress, 'hear' | 'of'>): Places {
  const fixes = new Map(newest)
  let moved = new Set<MemberId>()
  let movedSinceJson = new Set<MemberId>()
  let takenHere = new Set<MemberId>()
  const lastNo = new Map<Audience, number>()
  const lastAudience = new WeakMap<SeatLink, Audience>()
  const wantsKey = new WeakSet<SeatLink>()
  let ticks = 0

  function placesOf(run: RunState, ids: Iterable<MemberId>, nowMs: number, viewer?: Member): PlaceOf[] {
    const places: PlaceOf[] = []
    for (const memberId of ids) {
      const member = run.members.get(memberId)
      const fix = fixes.get(memberId)
      if (!member || !fix || !isShown(member)) continue
      if (viewer && !isSeenWithPlace(run, viewer, member)) continue
      places.push({
        memberId,
        memberNo: member.memberNo,
        latitudeDeg: fix.latitudeDeg,
        longitudeDeg: fix.longitudeDeg,
        ageMs: Math.max(0, nowMs - fix.takenAtMs),
        accuracyM: fix.accuracyM ?? null,
        speedMps: fix.speedMps ?? null,
        headingDeg: fix.headingDeg ?? null,
        progress: progress.of(memberId, fix.takenAtMs),
      })
    }
    return places
  }

  function show(memberId: MemberId, fix: Fix): void {
    if (fix.takenAtMs <= (fixes.get(memberId)?.takenAtMs ?? Number.NEGATIVE_INFINITY)) return
    fixes.set(memberId, fix)
    isNews(memberId)
  }

  function isNews(memberId: MemberId): void {
    moved.add(memberId)
    movedSinceJson.add(memberId)
  }

  /** This tick's two frames of an audience: what changed, and everybody for who has no base. */
  function framesOf(run: RunState, audience: Audience, viewer: Member, nowMs: number) {
    const baseNo = lastNo.get(audience) ?? 0
    const changed = placesOf(run, moved, nowMs, viewer)
    const no = changed.length > 0 || baseNo === 0 ? baseNo + 1 : baseNo
    lastNo.set(audience, no)
    const change =
      changed.length > 0 ? encodeFrame({ isKey: false, no, baseNo, atMs: nowMs, places: changed }) : undefined
    let key: Uint8Array | undefined
    const makeKey = () =>
      encodeFrame({ isKey: true, no, baseNo: 0, atMs: nowMs, places: placesOf(run, fixes.keys(), nowMs, viewer) })
    return { change, key: () => (key ??= makeKey()) }
  }

  return {
    fixOf: (memberId) => fixes.get(memberId),
    move(memberId, fix) {
      show(memberId, fix)
      takenHere.add(memberId)
    },
    learn: show,
    hear(run, atMs, places) {
      for (const place of places) {
        const { latitudeDeg, longitudeDeg, accuracyM, speedMps, headingDeg } = place
        const memberId = memberIdsByNo(run).get(place.memberNo)
        if (!memberId) continue
        const takenAtMs = atMs - place.ageMs
        if (progress.hear(memberId, takenAtMs, place.progress)) isNews(memberId)
        show(memberId, {
          latitudeDeg,
          longitudeDeg,
          takenAtMs,
          ...(accuracyM !== null && { accuracyM }),
          ...(speedMps !== null && { speedMps }),
          ...(headingDeg !== null && { headingDeg }),
        })
      }
    },
    forget: (memberId) => void fixes.delete(memberId),
    tellAgain(memberId) {
      isNews(memberId)
      takenHere.add(memberId)
    },
    wantKey: (link) => void wantsKey.add(link),

    tick(run, links, nowMs) {
      const isJsonTick = ++ticks % JSON_EVERY_TICKS === 0
      const frames = new Map<Audience, ReturnType<typeof framesOf>>()
      for (const link of links) {
        const viewer = run.members.get(link.memberId)
        if (!viewer || !link.isLooking) continue
        const audience = audienceOf(run, viewer)
        const isNew = lastAudience.get(link) !== audience
        lastAudience.set(link, audience)
        const isKey = wantsKey.delete(link) || isNew
        if (link.frames === 'binary') {
          if (moved.size === 0 && !isKey) continue
          const made = frames.get(audience) ?? framesOf(run, audience, viewer, nowMs)
          frames.set(audience, made)
          const frame = isKey ? made.key() : made.change
          if (frame) link.tellFrame(frame)
        } else if (isKey || isJsonTick) {
          const places = placesOf(run, isKey ? fixes.keys() : movedSinceJson, nowMs, viewer)
          if (places.length > 0) link.tellPlaces({ atMs: nowMs, places: places.map(({ memberNo, ...place }) => place) })
        }
      }
      moved = new Set()
      if (isJsonTick) movedSinceJson = new Set()
      const taken = placesOf(run, takenHere, nowMs)
      takenHere = new Set()
      return taken
    },
  }
}

/** Whoever stopped, left or never shared has no dot. */
const isShown = (member: Member): boolean => isSharing(member) && member.status !== 'removed'

/** Made anew only when the roster changes: states are never changed in place. */
const idsByNo = new WeakMap<RunState['members'], ReadonlyMap<number, MemberId>>()

function memberIdsByNo({ members }: RunState): ReadonlyMap<number, MemberId> {
  const known = idsByNo.get(members)
  if (known) return known
  const made = new Map([...members.values()].map(({ memberNo, memberId }) => [memberNo, memberId]))
  idsByNo.set(members, made)
  return made
}
