/** Tells each phone how often to send and when, and each lane how often its readers want frames. */

import type { Fix } from '../../shared/geo/fix.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { meetingNow, type Rates, rhythmFor } from '../core/rhythm.ts'
import type { Lanes } from './lanes.ts'
import type { SeatLink } from './seat-link.ts'

/** When a run's ticks are, in ms of the server's clock. */
export type Ticking = { readonly tickMs: number; readonly nextTickAtMs: number }

export type Rhythms = {
  /** Once a tick. @param lookingCount how many phones look at the run, on any node. */
  tick(run: RunState, links: Iterable<SeatLink>, lookingCount: number, ticking: Ticking): void
}

/** @param placeOf where somebody is, if that is known and new. */
export function rhythmsOf(rates: Rates, lanes: Lanes, placeOf: (memberId: MemberId) => Fix | undefined): Rhythms {
  const told = new WeakMap<SeatLink, Rates>()

  return {
    tick(run, links, lookingCount, { tickMs, nextTickAtMs }) {
      const meeting = run.requests.size > 0 ? meetingNow(run, placeOf) : new Set()
      for (const link of links) {
        const member = run.members.get(link.memberId)
        if (!member) continue
        const now = rhythmFor(rates, {
          isMeeting: meeting.has(link.memberId),
          isSeen: lookingCount > (link.isLooking ? 1 : 0),
          isWatching: member.role === 'watcher' || member.role === 'guardian',
          wantsEveryMs: link.everyMs,
        })
        const before = told.get(link)
        if (before?.fixEveryMs === now.fixEveryMs && before.frameEveryMs === now.frameEveryMs) continue
        told.set(link, now)
        lanes.setRhythm(link, Math.round(now.frameEveryMs / tickMs))
        link.tellRhythm({ ...now, nextTickAtMs, tickMs })
      }
    },
  }
}
