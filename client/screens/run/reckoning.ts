/** Working out pack, meetings and queue: loaded after the buttons work. */
import { waysOf } from '../../../shared/geo/meeting/ways.ts'
import { routeLine } from '../../../shared/geo/route.ts'
import type { SharedRoute } from '../../../shared/protocol/http.ts'
import type { RouteId } from '../../../shared/units.ts'
import { isSomebodyComing } from '../../state/coming-to.ts'
import type { RouteWays } from '../../state/meetings.ts'
import { type Outlook, outlookAfter } from '../../state/outlook.ts'
import { me } from '../../state/people.ts'
import type { RunView } from '../../state/run-view.ts'

export type GivenRoute = { readonly routeId: RouteId; readonly route: SharedRoute }

/** Reckons for one run; the ways of its route are worked out when somebody has to meet somebody, and kept. */
export function reckoner() {
  let kept: RouteWays | null = null

  function waysFor(view: RunView, given: GivenRoute | null): RouteWays | null {
    if (!given || !(me(view)?.role === 'cyclist' || isSomebodyComing(view))) return null
    const { routeId, route } = given
    if (kept?.routeId !== routeId) kept = { routeId, ways: waysOf(routeLine(route.points), route.namedPoints) }
    return kept
  }

  return (before: Outlook, view: RunView, given: GivenRoute | null, nowMs: number): Outlook =>
    outlookAfter(before, view, waysFor(view, given), nowMs)
}
