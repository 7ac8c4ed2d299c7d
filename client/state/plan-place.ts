/** What can be said of a place somebody taps: where along the route it is, what is near, and who comes by when. */
import type { Place } from '../../shared/geo/fix.ts'
import { nearestNamedPoint } from '../../shared/geo/named-points.ts'
import { freeTrackAt } from '../../shared/geo/pace/free-estimate.ts'
import { type FreeArrival, passersBy } from '../../shared/geo/pace/goals.ts'
import { passesOf } from '../../shared/geo/passes.ts'
import { nearestOnLine, type RouteLine } from '../../shared/geo/route.ts'
import type { SharedRoute } from '../../shared/protocol/http.ts'
import type { MemberId } from '../../shared/units.ts'
import type { Outlook } from './outlook.ts'
import { nextBy } from './pack-view.ts'
import type { RunView } from './run-view.ts'

export type ComesBy = {
  readonly memberId: MemberId
  /** Which kilometre the place is for them; `null` without a route. */
  readonly passM: number | null
  /** `null`: they are there. */
  readonly at: Pick<FreeArrival, 'atMs' | 'earliestMs' | 'latestMs'> | null
}

export type TappedPlace = {
  readonly place: Place
  /** Where the route passes it, in order; empty beside it. */
  readonly passesM: readonly number[]
  /** How far it is from the route; `null` on it, and without one. */
  readonly besideM: number | null
  readonly near: { readonly name: string; readonly distanceM: number } | null
  readonly comers: readonly ComesBy[]
  /** Whether that is by where people head, since no route leads here. */
  readonly isByCourse: boolean
}

/** A finger is not more exact, and a path is no wider. */
const REACH_LEAST_M = 40
const REACH_MOST_M = 150
const NEAR_M = 400

export type TapScene = {
  readonly view: RunView
  readonly outlook: Outlook
  readonly route: SharedRoute | null
  readonly line: RouteLine | null
  readonly nowMs: number
}

/** @param reachM how much ground the finger covers */
export function tappedPlace(
  { view, outlook, route, line, nowMs }: TapScene,
  place: Place,
  reachM: number,
): TappedPlace {
  const withinM = Math.max(REACH_LEAST_M, Math.min(REACH_MOST_M, reachM))
  const passesM = line ? passesOf(line, place, withinM).map(Math.round) : []
  const nearest = nearestNamedPoint(route?.namedPoints ?? [], place)
  const near =
    nearest && nearest.distanceM <= NEAR_M ? { name: nearest.point.name, distanceM: nearest.distanceM } : null
  const besideM = line && passesM.length === 0 ? nearestOnLine(line, place).distanceM : null
  const { pack } = outlook
  const isByCourse = passesM.length === 0 || !pack
  const comers = view.run.head.phase !== 'live' ? [] : isByCourse ? byCourse() : byRoute(nextBy(pack, passesM))
  return { place, passesM, besideM, near, comers, isByCourse }

  function byRoute(coming: ReturnType<typeof nextBy>): ComesBy[] {
    return coming.map(({ memberId, passM, eta }) => ({ memberId, passM, at: eta }))
  }
  function byCourse(): ComesBy[] {
    const tracks = new Map(
      [...outlook.trails.of].flatMap(([memberId, { free }]) => {
        const track = freeTrackAt(free, nowMs)
        return track ? [[memberId, track] as const] : []
      }),
    )
    return passersBy(tracks, place, Math.max(withinM, REACH_MOST_M)).map(({ id, passing }) => ({
      memberId: id,
      passM: null,
      at: passing.kind === 'here' ? null : passing.arrival,
    }))
  }
}
