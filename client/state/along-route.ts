/** Where somebody is along the route, as far as a screen may say so. */
import { type Laps, lapAt } from '../../shared/geo/laps.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import { me } from './people.ts'
import { ageMs, isStale } from './place-age.ts'
import type { RunView } from './run-view.ts'

/** Below it the place is told with "about", as long as no other one is in question. */
const SURE_FROM = 0.5

export type AlongRoute = {
  /** Carried on at their speed along the route while the place is live; where they were last, once it is stale. */
  readonly atM: number
  readonly isSure: boolean
  /** The other place they may be at: the other leg, or the same spot a lap on. */
  readonly orAtM: number | null
  /** Quiet questions: only for whoever it is about, and for leaders. */
  readonly isOffRoute: boolean
  readonly isWrongWay: boolean
}

/** `null` on no route, and where it is not known. */
export function alongRoute(view: RunView, memberId: MemberId, nowMs: number): AlongRoute | null {
  const place = view.places.get(memberId)
  const { route } = view.run.head
  if (!place?.progress || !route) return null
  const { atM, speedMps, confidence, rival, isOffRoute, isWrongWay } = place.progress
  const sinceS = isOffRoute || isStale(place, nowMs) ? 0 : ageMs(place, nowMs) / SECOND_MS
  const mayAsk = memberId === view.myId || me(view)?.role === 'leader'
  return {
    atM: Math.max(0, Math.min(route.lengthM, atM + speedMps * sinceS)),
    isSure: confidence >= SURE_FROM,
    orAtM: rival?.atM ?? null,
    isOffRoute: mayAsk && isOffRoute,
    isWrongWay: mayAsk && isWrongWay,
  }
}

type Lapped = { readonly lap: number; readonly of: number; readonly orLap: number | null }

/** `undefined` on a route without laps. */
export function lapOf(
  { atM, orAtM }: AlongRoute,
  route: { laps?: Laps | undefined; lengthM: number },
): Lapped | undefined {
  const here = lapAt(route, atM)
  if (!here) return undefined
  const other = orAtM === null ? undefined : lapAt(route, orAtM)
  return { lap: here.lap, of: here.of, orLap: other && other.lap !== here.lap ? other.lap : null }
}
