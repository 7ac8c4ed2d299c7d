/** The last place of everybody, held until a newer one comes: by frames, or by JSON. */
import { decodeFrame } from '../../shared/frame/codec.ts'
import type { Places } from '../../shared/protocol/wire.ts'
import { isSharing } from '../../shared/run/questions.ts'
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
      const places = new Map<MemberId, SeenPlace>()
      const show = (memberId: MemberId, memberNo: number) => {
        const place = newer(byNo.get(memberNo), byId.get(memberId))
        if (place) places.set(memberId, place)
      }
      // Whoever calls for help may be of a group this phone folds nothing else of.
      for (const { runnerId, runnerNo, endedAtMs } of run.requests.values())
        if (endedAtMs === null && !run.members.has(runnerId)) show(runnerId, runnerNo)
      // Whoever shares no more is shown no more, also where their last place is still held.
      for (const member of run.members.values())
        if (isSharing(member) && member.status !== 'removed') show(member.memberId, member.memberNo)
      return places
    },
  }
}

const newer = (a: SeenPlace | undefined, b: SeenPlace | undefined): SeenPlace | undefined =>
  a && b ? (a.takenAtMs >= b.takenAtMs ? a : b) : (a ?? b)
