/** The last place of everybody, held until a newer one comes: by frames, or by JSON. */
import { frameReader } from '../../shared/frame/frame-reader.ts'
import type { Places } from '../../shared/protocol/wire.ts'
import { isSharing } from '../../shared/run/questions.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import type { SeenPlace } from './run-view.ts'

export type HeldPlaces = {
  /** What comes next comes another way, and stands on nothing that came before. What is held stays. */
  startOver(): void
  /** When the frame was made, in the server's clock; `undefined`: it says nothing without another, so ask for a key frame. */
  frame(bytes: Uint8Array): number | undefined
  json(places: Places): void
  /** By member, as far as the roster is known. The same map while it would hold the same. */
  of(run: RunState): ReadonlyMap<MemberId, SeenPlace>
}

export function heldPlaces(): HeldPlaces {
  let reader = frameReader()
  let byNo = new Map<number, SeenPlace>()
  const byId = new Map<MemberId, SeenPlace>()
  /** Numbers of those who are shown wherever they are, as of these members and requests. */
  let shownIds = new Map<number, MemberId>()
  let members: RunState['members'] | undefined
  let requests: RunState['requests'] | undefined
  let shown = new Map<MemberId, SeenPlace>()
  let moved = new Set<number>()
  let isAllNew = false

  function whoIsShown(run: RunState): Map<number, MemberId> {
    const ids = new Map<number, MemberId>()
    // Whoever calls for help may be of a group this phone folds nothing else of.
    for (const { runnerId, runnerNo, endedAtMs } of run.requests.values())
      if (endedAtMs === null && !run.members.has(runnerId)) ids.set(runnerNo, runnerId)
    // Whoever shares no more is shown no more, also where their last place is still held.
    for (const member of run.members.values())
      if (isSharing(member) && member.status !== 'removed') ids.set(member.memberNo, member.memberId)
    return ids
  }

  return {
    startOver() {
      reader = frameReader()
    },
    frame(bytes) {
      const frame = reader.read(bytes)
      if (frame === 'gap' || frame === 'unreadable') return undefined
      if (frame.isKey) {
        byNo = new Map()
        isAllNew = true
      }
      for (const { memberNo, ...place } of frame.places) {
        byNo.set(memberNo, place)
        moved.add(memberNo)
      }
      return frame.atMs
    },
    json({ atMs, places }) {
      for (const { memberId, ageMs, ...place } of places) byId.set(memberId, { ...place, takenAtMs: atMs - ageMs })
      isAllNew = true
    },
    of(run) {
      if (run.members !== members || run.requests !== requests) {
        shownIds = whoIsShown(run)
        ;({ members, requests } = run)
        isAllNew = true
      }
      if (!isAllNew && moved.size === 0) return shown
      // Of thousands only who moved is looked up again.
      shown = isAllNew ? new Map() : new Map(shown)
      for (const memberNo of isAllNew ? shownIds.keys() : moved) {
        const memberId = shownIds.get(memberNo)
        const place = memberId && (byNo.get(memberNo) ?? byId.get(memberId))
        if (place) shown.set(memberId, place)
      }
      moved = new Set()
      isAllNew = false
      return shown
    },
  }
}
