/** Without a route: how far everybody who is out is from one of them, by air line. */

import { distanceM } from '../../shared/geo/distance.ts'
import { isOut } from '../../shared/run/questions.ts'
import type { MemberId } from '../../shared/units.ts'
import { membersOf } from './people.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'

export type PackApart = {
  /** From whom it is measured: the reader, else the leader, else the first who has a place; `null` while nobody has a place. */
  readonly fromId: MemberId | null
  /** The nearest first; whoever has no place, or an old one, comes last. */
  readonly rows: readonly {
    readonly memberId: MemberId
    readonly awayM: number | null
    /** Of the place; `null` when there is none. */
    readonly ageMs: number | null
  }[]
}

export function packApart(view: RunView, nowMs: number): PackApart {
  const out = membersOf(view).filter(isOut)
  const live = ({ memberId }: { readonly memberId: MemberId }) => {
    const place = view.places.get(memberId)
    return place && !isTooOld(ageMs(place, nowMs)) ? place : null
  }
  const placed = out.filter((member) => live(member) !== null)
  const from =
    placed.find(({ memberId }) => memberId === view.myId) ?? placed.find(({ role }) => role === 'leader') ?? placed[0]
  const origin = from && live(from)
  const rows = out
    .filter(({ memberId }) => memberId !== from?.memberId)
    .map((member) => {
      const { memberId } = member
      const [here, place] = [live(member), view.places.get(memberId)]
      return {
        memberId,
        awayM: origin && here ? distanceM(origin, here) : null,
        ageMs: place ? ageMs(place, nowMs) : null,
      }
    })
    .sort((a, b) => (a.awayM ?? Number.MAX_VALUE) - (b.awayM ?? Number.MAX_VALUE))
  return { fromId: from?.memberId ?? null, rows }
}
