/** Trackers' times by the server's clock, for where members are compared; phones of the SDK tell theirs by it already. */
import {
  type ClockOffset,
  clockOffsetAfter,
  clockUncertaintyMs,
  offsetMs,
  unknownClock,
} from '../../shared/clock-offset.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { SECOND_MS, type TrackerId } from '../../shared/units.ts'
import { FUTURE_MS } from '../core/belief.ts'

/** A clock is only believed to be behind when the least delays of as many minutes agree so well: else it is a backlog. */
const AGREEING_MINUTES = 2
const AGREEING_WITHIN_MS = 5 * SECOND_MS

export type TrackerClocks = {
  /** The fixes of one post, in order: where the same was when, by the server's clock. */
  readonly put: (trackerId: TrackerId, fixes: readonly Fix[], heardAtMs: number) => Fix[]
}

export function trackerClocks(): TrackerClocks {
  const clocks = new Map<TrackerId, ClockOffset>()
  return {
    put(trackerId, fixes, heardAtMs) {
      let clock = clocks.get(trackerId) ?? unknownClock
      for (const { takenAtMs } of fixes)
        if (takenAtMs <= heardAtMs + FUTURE_MS) clock = clockOffsetAfter(clock, { takenAtMs, heardAtMs })
      clocks.set(trackerId, clock)
      const errorMs = honestOffsetMs(clock)
      return fixes.map((fix) => ({ ...fix, takenAtMs: Math.max(0, Math.round(fix.takenAtMs + errorMs)) }))
    },
  }
}

/** FX9: no place is made to look younger than it may be. */
function honestOffsetMs(clock: ClockOffset): number {
  const errorMs = offsetMs(clock)
  const isSure =
    clock.minutes.length >= AGREEING_MINUTES &&
    (clockUncertaintyMs(clock) ?? Number.POSITIVE_INFINITY) <= AGREEING_WITHIN_MS
  return errorMs < 0 || isSure ? errorMs : 0
}
