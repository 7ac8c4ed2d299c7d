/** Where somebody is along the route, as far as a screen may say so. */
import { type Laps, lapAt } from '../../shared/geo/laps.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import type { Progress } from '../../shared/geo/progress/progress.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import { me } from './people.ts'
import { ageMs, isStale } from './place-age.ts'
import type { RunView, SeenPlace } from './run-view.ts'

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
  const { confidence, rival, isOffRoute, isWrongWay } = place.progress
  const mayAsk = mayAskAbout(view, memberId)
  return {
    atM: carriedOnM(place.progress, route.lengthM, isStale(place, nowMs) ? 0 : ageMs(place, nowMs)),
    isSure: confidence >= SURE_FROM,
    orAtM: rival?.atM ?? null,
    isOffRoute: mayAsk && isOffRoute,
    isWrongWay: mayAsk && isWrongWay,
  }
}

/** VW30 */
export const mayAskAbout = (view: RunView, memberId: MemberId): boolean =>
  memberId === view.myId || me(view)?.role === 'leader'

/** Progress as told with a place, carried on to now, so that people can be compared; `null` where none was told. */
export function progressNow(place: SeenPlace, lengthM: number, nowMs: number): Progress | null {
  const { progress, takenAtMs } = place
  return progress && { ...progress, atM: carriedOnM(progress, lengthM, ageMs(place, nowMs)), atMs: nowMs, takenAtMs }
}

function carriedOnM({ atM, speedMps, isOffRoute }: PlaceProgress, lengthM: number, forMs: number): number {
  return Math.max(0, Math.min(lengthM, atM + (isOffRoute ? 0 : speedMps * (forMs / SECOND_MS))))
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
