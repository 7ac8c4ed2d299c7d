/** What a phone works out from what it was told: the pack, a cyclist's meetings, and who comes to me. In memory alone, and gone with the run. */
import { type Comings, comingsAfter } from './comings.ts'
import { type CyclistQueue, queueAfter } from './cyclist-queue.ts'
import { type Meetings, meetingsAfter, type RouteWays } from './meetings.ts'
import { type PackView, packView } from './pack-view.ts'
import { type Proposals, proposalsAfter } from './proposals.ts'
import type { RunView } from './run-view.ts'
import { type Trails, trailsAfter } from './trails.ts'

export type Outlook = {
  readonly trails: Trails
  readonly pack: PackView | null
  readonly meetings: Meetings
  readonly proposals: Proposals
  readonly queue: CyclistQueue
  readonly comings: Comings
}

/** To be asked once a second: each time the newest places are taken in. */
export function outlookAfter(before: Outlook, view: RunView, routeWays: RouteWays | null, nowMs: number): Outlook {
  const trails = trailsAfter(before.trails, view)
  const meetings = meetingsAfter(before.meetings, view, trails, routeWays, nowMs)
  const proposals = proposalsAfter(before.proposals, view, routeWays, nowMs)
  return {
    trails,
    pack: packView(view, trails, before.pack, nowMs),
    meetings,
    proposals,
    queue: queueAfter(before.queue, view, { meetings, proposals }, nowMs),
    comings: comingsAfter(before.comings, view, trails, routeWays, nowMs),
  }
}
