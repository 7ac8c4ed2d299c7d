/**
 * How wrong the clock of a member's device is: what must be added to its times to compare two people.
 *
 * For whoever compares members: gaps in seconds, who passed first, a meeting, a fix that seems to come from the future. Apply it where a
 * fix is taken, before the filters see it, and never to the stored track. Phones on the SDK time their fixes by the server's
 * clock already (`client/net/server-clock.ts`): this is for trackers.
 */
import { MINUTE_MS, SECOND_MS } from './units.ts'

/** What is known of one device's clock. Plain data. */
export type ClockOffset = {
  /** The least delay in each of the newest minutes in which something was heard, the newest last. */
  readonly minutes: readonly { readonly minute: number; readonly leastMs: number }[]
  /** A delay far below all others: a fix from the future, until a second one agrees. */
  readonly doubtedMs: number | null
}

/** One fix: when it was taken by the device's clock, and when the server heard it. */
export type Heard = { readonly takenAtMs: number; readonly heardAtMs: number }

export const unknownClock: ClockOffset = { minutes: [], doubtedMs: null }

/**
 * After a clock was put back it takes so many minutes to believe it, and a backlog must not outlast them. A clock put
 * forward shows at once.
 */
const MINUTES = 4
const DOUBTED_MS = 10 * SECOND_MS
/** Many trackers say their times in whole seconds, and the fastest fix has still travelled. */
const LEAST_UNCERTAINTY_MS = SECOND_MS

/**
 * The state after one more fix, in the order heard. Delay = offset + way, and ways are positive and sometimes nearly nothing, so the least
 * delay of some minutes is the offset, however late the others come: a backlog only adds large ones. Minutes without a word do not
 * count, so that after a dead zone the old ones still stand beside the backlog.
 * Method: the minimum filter of one-way delays (Paxson 1998; the clock filter of NTP, RFC 5905 section 10).
 */
export function clockOffsetAfter(clock: ClockOffset, { takenAtMs, heardAtMs }: Heard): ClockOffset {
  const delayMs = heardAtMs - takenAtMs
  const { minutes, doubtedMs } = clock
  const isDoubtful = minutes.length > 0 && delayMs < offsetMs(clock) - DOUBTED_MS
  const agrees = doubtedMs !== null && Math.abs(delayMs - doubtedMs) < DOUBTED_MS
  if (isDoubtful && !agrees) return { minutes, doubtedMs: delayMs }
  const minute = Math.floor(heardAtMs / MINUTE_MS)
  const newest = minutes.at(-1)
  if (newest && minute <= newest.minute) {
    if (delayMs >= newest.leastMs) return doubtedMs === null ? clock : { minutes, doubtedMs: null }
    return { minutes: [...minutes.slice(0, -1), { ...newest, leastMs: delayMs }], doubtedMs: null }
  }
  return { minutes: [...minutes.slice(1 - MINUTES), { minute, leastMs: delayMs }], doubtedMs: null }
}

/** Milliseconds to add to the device's times: negative for a clock that is ahead, 0 when nothing is known. */
export function offsetMs({ minutes }: ClockOffset): number {
  return minutes.length === 0 ? 0 : Math.min(...minutes.map(({ leastMs }) => leastMs))
}

/** A device's time by the server's clock. Never after the fix was heard, if it is one of those the offset was learned from. */
export const correctedMs = (clock: ClockOffset, takenAtMs: number): number => takenAtMs + offsetMs(clock)

/**
 * How far off the offset may be, in ms: what the least delays of the newest minutes differ by, at least a second; `undefined` when
 * nothing is known. A delay that all fixes share cannot be told from a clock that is behind, and is not in it.
 */
export function clockUncertaintyMs({ minutes }: ClockOffset): number | undefined {
  if (minutes.length === 0) return undefined
  const leasts = minutes.map(({ leastMs }) => leastMs)
  return Math.max(LEAST_UNCERTAINTY_MS, Math.max(...leasts) - Math.min(...leasts))
}
