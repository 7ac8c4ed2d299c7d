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
import type { SeatLink } from './seat-link.ts'

/** Clients that cannot decode frames are told at a slower rate. */
const JSON_EVERY_TICKS = 2

export type Places = {
  fixOf(memberId: MemberId): Fix | undefined
  move(memberId: MemberId, fix: Fix): void
  forget(memberId: MemberId): void
  /** Sends each looking seat its audience's frame, if there is news for it. */
  tick(run: RunState, links: Iterable<SeatLink>, nowMs: number): void
  /** The next frame to this seat holds everybody. */
  wantKey(link: SeatLink): void
}

type PlaceOf = FramePlace & { readonly memberId: MemberId }

export function placesFrom(newest: ReadonlyMap<MemberId, Fix>): Places {
  const fixes = new Map(newest)
  let moved = new Set<MemberId>()
  let movedSinceJson = new Set<MemberId>()
  const lastNo = new Map<Audience, number>()
  const lastAudience = new WeakMap<SeatLink, Audience>()
  const wantsKey = new WeakSet<SeatLink>()
  let ticks = 0

  function placesSeenBy(run: RunState, viewer: Member, ids: Iterable<MemberId>, nowMs: number): PlaceOf[] {
    const places: PlaceOf[] = []
    for (const memberId of ids) {
      const member = run.members.get(memberId)
      const fix = fixes.get(memberId)
      if (!member || !fix || !isShown(member) || !isSeenWithPlace(run, viewer, member)) continue
      places.push({
        memberId,
        memberNo: member.memberNo,
        latitudeDeg: fix.latitudeDeg,
        longitudeDeg: fix.longitudeDeg,
        ageMs: Math.max(0, nowMs - fix.takenAtMs),
        accuracyM: fix.accuracyM ?? null,
        speedMps: fix.speedMps ?? null,
        headingDeg: fix.headingDeg ?? null,
      })
    }
    return places
  }

  /** This tick's two frames of an audience: what changed, and everybody for who has no base. */
  function framesOf(run: RunState, audience: Audience, viewer: Member, nowMs: number) {
    const baseNo = lastNo.get(audience) ?? 0
    const changed = placesSeenBy(run, viewer, moved, nowMs)
    const no = changed.length > 0 || baseNo === 0 ? baseNo + 1 : baseNo
    lastNo.set(audience, no)
    const change =
      changed.length > 0 ? encodeFrame({ isKey: false, no, baseNo, atMs: nowMs, places: changed }) : undefined
    let key: Uint8Array | undefined
    const makeKey = () =>
      encodeFrame({ isKey: true, no, baseNo: 0, atMs: nowMs, places: placesSeenBy(run, viewer, fixes.keys(), nowMs) })
    return { change, key: () => (key ??= makeKey()) }
  }

  return {
    fixOf: (memberId) => fixes.get(memberId),
    move(memberId, fix) {
      fixes.set(memberId, fix)
      moved.add(memberId)
      movedSinceJson.add(memberId)
    },
    forget: (memberId) => void fixes.delete(memberId),
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
          const places = placesSeenBy(run, viewer, isKey ? fixes.keys() : movedSinceJson, nowMs)
          if (places.length > 0) link.tellPlaces({ atMs: nowMs, places: places.map(({ memberNo, ...place }) => place) })
        }
      }
      moved = new Set()
      if (isJsonTick) movedSinceJson = new Set()
    },
  }
}

/** Whoever stopped, left or never shared has no dot. */
const isShown = (member: Member): boolean => isSharing(member) && member.status !== 'removed'
