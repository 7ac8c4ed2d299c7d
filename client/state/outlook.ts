/** What a phone works out from what it was told: the pack, and a cyclist's meetings. In memory alone, and gone with the run. */
import { type Meetings, meetingsAfter, noMeetings, type RouteWays } from './meetings.ts'
import { type PackView, packView } from './pack-view.ts'
import type { RunView } from './run-view.ts'
import { noTrails, type Trails, trailsAfter } from './trails.ts'

export type Outlook = {
  readonly trails: Trails
  readonly pack: PackView | null
  readonly meetings: Meetings
}

export const noOutlook: Outlook = { trails: noTrails, pack: null, meetings: noMeetings }

/** To be asked once a second: each time the newest places are taken in. */
export function outlookAfter(before: Outlook, view: RunView, routeWays: RouteWays | null, nowMs: number): Outlook {
  const trails = trailsAfter(before.trails, view)
  return {
    trails,
    pack: packView(view, trails, before.pack, nowMs),
    meetings: meetingsAfter(before.meetings, view, trails, routeWays, nowMs),
  }
}
