/** Who is drawn on the plan, and how much a dot may claim. */
import type { Place } from '../../shared/geo/fix.ts'
import type { MemberId } from '../../shared/units.ts'
import { membersOf } from './people.ts'
import { isStale } from './place-age.ts'
import { alarmsOf } from './queue.ts'
import type { RunView } from './run-view.ts'

export type PlacedMember = {
  readonly memberId: MemberId
  readonly place: Place
  readonly isAlone: boolean
  readonly isStale: boolean
}

/** Whoever has stopped is in and has no dot. Old places first, so that live ones are drawn over them; mine is last. */
export function placesOnPlan(view: RunView, nowMs: number): PlacedMember[] {
  const calling = new Set(alarmsOf(view, nowMs).map(({ request }) => request.runnerId))
  return membersOf(view)
    .flatMap(({ memberId, status }) => {
      const place = view.places.get(memberId)
      if (!place || status === 'stopped') return []
      const isAlone = memberId === view.myId || calling.has(memberId)
      return [{ memberId, place, isAlone, isStale: isStale(place, nowMs) }]
    })
    .sort((a, b) => Number(a.isAlone) - Number(b.isAlone) || Number(b.isStale) - Number(a.isStale))
}
