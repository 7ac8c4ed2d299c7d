/** A run along a straight route due east, watched by one phone second after second. */

import type { RouteWays } from '../../client/state/meetings.ts'
import { noOutlook } from '../../client/state/no-outlook.ts'
import { type Outlook, outlookAfter } from '../../client/state/outlook.ts'
import type { RunView, SeenPlace } from '../../client/state/run-view.ts'
import { movedPlace } from '../../shared/geo/distance.ts'
import { waysOf } from '../../shared/geo/meeting/ways.ts'
import type { PlaceProgress } from '../../shared/geo/progress/place-progress.ts'
import { routeLine } from '../../shared/geo/route.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import type { Motion } from './on-route.ts'
import { route, START_MS } from './people.ts'
import { placed } from './view-of.ts'

export const LENGTH_M = 6_000
export const routeSet: RunEvent = { type: 'route-set', routeId: route(1), lengthM: LENGTH_M }
const FIX_EVERY_S = 5

const start = placed(0, 0)
export const spotAtM = (eastM: number, northM = 0) => movedPlace(start, eastM, northM)
const line = routeLine([spotAtM(0), spotAtM(LENGTH_M)])
export const eastWays: RouteWays = { routeId: route(1), ways: waysOf(line, [{ name: 'Bridge', ...spotAtM(3_000) }]) }

/** Somebody so many metres along, as a frame would tell it. */
export const seenAt = (atM: number, takenAtMs: number, said: Partial<PlaceProgress> = {}): SeenPlace => ({
  ...start,
  ...spotAtM(atM),
  takenAtMs,
  progress: {
    atM,
    spreadM: 5,
    speedMps: 3,
    forecastMps: 3,
    forecastSpreadMps: 0.1,
    confidence: 1,
    rival: null,
    isOffRoute: false,
    isWrongWay: false,
    isStopped: false,
    ...said,
  },
})

export const nowAt = (elapsedS: number): number => START_MS + elapsedS * SECOND_MS

type Watched = { readonly view: RunView; readonly outlook: Outlook; readonly nowMs: number }

/** What the phone sees and has made of it when everybody has moved for so long, with a place of each every 5 s. */
export function watched(view: RunView, motions: ReadonlyMap<MemberId, Motion>, untilS: number, fromS = 0): Watched {
  let outlook = noOutlook
  let now = view
  for (let s = fromS; s <= untilS; s += FIX_EVERY_S) {
    now = {
      ...view,
      places: new Map([...motions].map(([memberId, motion]) => [memberId, seenAt(motion(s), nowAt(s))])),
    }
    outlook = outlookAfter(outlook, now, eastWays, nowAt(s))
  }
  return { view: now, outlook, nowMs: nowAt(untilS) }
}
