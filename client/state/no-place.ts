/** Why nothing is known of where I am now: what the map and the queue of a cyclist stand on. */
import { takesPart } from '../../shared/run/roles.ts'
import { me } from './people.ts'
import { isStale } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { sharingOf } from './sharing.ts'

export type NoPlace =
  | { readonly is: 'not-shared' }
  | { readonly is: 'never' }
  /** Told once, and not since. */
  | { readonly is: 'old'; readonly takenAtMs: number }

/** `null` while my place is told, for whoever looks on or is in already, and when the run is over. */
export function noPlaceOf(view: RunView, nowMs: number): NoPlace | null {
  const mine = me(view)
  if (!mine || !takesPart(mine.role) || mine.status === 'stopped' || view.run.head.phase === 'ended') return null
  const sharing = sharingOf(view)
  if (sharing === 'off' || sharing === 'stopping') return { is: 'not-shared' }
  const place = view.places.get(mine.memberId)
  if (!place) return { is: 'never' }
  return isStale(place, nowMs) ? { is: 'old', takenAtMs: place.takenAtMs } : null
}
