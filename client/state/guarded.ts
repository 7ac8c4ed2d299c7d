/** What a guardian is told: of the one they watch, and of who leads them. */
import type { Member } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { me, membersOf } from './people.ts'
import { ageMs, isStale } from './place-age.ts'
import type { RunView, SeenPlace } from './run-view.ts'
import { type Want, wantsOf } from './wants.ts'

export type Guarded = {
  readonly ward: Member
  /** Their own place, or that of a leader while they share none (VS21). */
  readonly place: SeenPlace | null
  readonly placeOfId: MemberId | null
  readonly ageMs: number | null
  readonly isOld: boolean
  readonly wants: readonly Want[]
  /** Of their group and of the whole run; of their group first. */
  readonly leaderIds: readonly MemberId[]
}

/** `null` when the one they watched is in the run no more. */
export function guardedBy(view: RunView, nowMs: number): Guarded | null {
  const wardId = me(view)?.wardId
  const ward = wardId ? view.run.members.get(wardId) : undefined
  if (!ward || ward.status === 'removed') return null
  const leaders = membersOf(view)
    .filter(({ role, groupId }) => role === 'leader' && (groupId === null || groupId === ward.groupId))
    .sort((a, b) => Number(b.groupId !== null) - Number(a.groupId !== null))
  const placed = ward.status === 'stopped' ? [] : [ward, ...leaders].filter(({ memberId }) => view.places.has(memberId))
  // Their own, also when it is older than a leader's: whose place it is must not change with a dead zone.
  const placeOfId = placed[0]?.memberId ?? null
  const place = (placeOfId && view.places.get(placeOfId)) ?? null
  return {
    ward,
    place,
    placeOfId,
    ageMs: place && ageMs(place, nowMs),
    isOld: place !== null && isStale(place, nowMs),
    wants: wantsOf(view, ward.memberId, nowMs),
    leaderIds: leaders.map(({ memberId }) => memberId),
  }
}
