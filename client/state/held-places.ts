/** The last place of everybody, held until a newer one comes: by frames, or by JSON. */
import { decodeFrame } from '../../shared/frame/codec.ts'
import type { Places } from '../../shared/protocol/wire.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import type { SeenPlace } from './run-view.ts'

export type HeldPlaces = {
  /** `false`: this frame does not stand on what is held, so ask for a key frame. */
  frame(bytes: Uint8Array): boolean
  json(places: Places): void
  /** By member, as far as the roster is known. */
  of(run: RunState): ReadonlyMap<MemberId, SeenPlace>
}

export function heldPlaces(): HeldPlaces {
  let lastNo = 0
  let byNo = new Map<number, SeenPlace>()
  const byId = new Map<MemberId, SeenPlace>()

  return {
    frame(bytes) {
      const frame = decodeFrame(bytes)
      if (!frame) return false
      const isFollowing = frame.isKey || frame.baseNo === lastNo
      if (frame.isKey) byNo = new Map()
      for (const { memberNo, ageMs, ...place } of frame.places)
        byNo.set(memberNo, { ...place, takenAtMs: frame.atMs - ageMs })
      if (isFollowing) lastNo = frame.no
      return isFollowing
    },
    json({ atMs, places }) {
      for (const { memberId, ageMs, ...place } of places) byId.set(memberId, { ...place, takenAtMs: atMs - ageMs })
    },
    of(run) {
      const places = new Map(byId)
      for (const { memberId, memberNo } of run.members.values()) {
        const place = byNo.get(memberNo)
        if (place) places.set(memberId, place)
      }
      return places
    },
  }
}
