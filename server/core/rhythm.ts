/**
 * How often a phone should send, and how often it is sent frames: as seldom as serves its people. Sending costs a phone five to ten
 * times what locating costs.
 */
import { distanceM } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import { endsLater } from '../../shared/run/questions.ts'
import { isAlarm } from '../../shared/run/requests.ts'
import type { RunState } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'

/** Two people who look for each other see each other come. */
const NEAR_M = 500
const NEAR_EVERY_MS = SECOND_MS
/** Times the ordinary rhythm. */
const UNSEEN = 3
const WATCHER = 2.5

/** The ordinary rhythm, as configured. */
export type Rates = { readonly fixEveryMs: number; readonly frameEveryMs: number }

export type Need = {
  /** On the way to a hand-over, and not far (RY1). */
  readonly isMeeting: boolean
  /** Somebody else looks at this run (RY2). */
  readonly isSeen: boolean
  readonly isWatching: boolean
  /** How often the phone would like frames. */
  readonly wantsEveryMs: number | undefined
}

/** RY1-RY4 */
export function rhythmFor({ fixEveryMs, frameEveryMs }: Rates, need: Need): Rates {
  const { isMeeting, isSeen, isWatching, wantsEveryMs } = need
  if (isMeeting)
    return {
      fixEveryMs: Math.min(fixEveryMs, NEAR_EVERY_MS),
      frameEveryMs: Math.min(wantsEveryMs ?? frameEveryMs, NEAR_EVERY_MS),
    }
  return {
    fixEveryMs: isSeen ? fixEveryMs : UNSEEN * fixEveryMs,
    frameEveryMs: wantsEveryMs ?? (isWatching ? WATCHER * frameEveryMs : frameEveryMs),
  }
}

/**
 * RY1: whoever calls for help, and the two of a claimed request when they are within 500 m of each other, or their places
 * are not both known.
 */
export function meetingNow(run: RunState, placeOf: (memberId: MemberId) => Fix | undefined): ReadonlySet<MemberId> {
  const meeting = new Set<MemberId>()
  for (const { runnerId, cyclistId, kind } of endsLater(run)) {
    if (isAlarm(kind)) meeting.add(runnerId)
    if (cyclistId === null) continue
    const [runner, cyclist] = [placeOf(runnerId), placeOf(cyclistId)]
    if (runner && cyclist && distanceM(runner, cyclist) > NEAR_M) continue
    meeting.add(runnerId).add(cyclistId)
  }
  return meeting
}
