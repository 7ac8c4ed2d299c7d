import { MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'
import type { Lookout, Watched } from './lookout.ts'

const QUIET_AFTER_MS = 1.5 * MINUTE_MS
const WITHIN_MS = 1.5 * MINUTE_MS
const LEAST = 4
const SHARE = 0.6
/** It is over when most of them are back. */
const KEPT_SHARE = 0.4

export type Outage = { readonly sinceMs: number; readonly count: number }

// Only saves work: three rules ask.
const known = new WeakMap<Lookout, Outage | null>()

/** Many who fell silent together, if that is so now. */
export function outageOf(lookout: Lookout): Outage | null {
  let outage = known.get(lookout)
  if (outage === undefined) {
    outage = largestOutage(lookout)
    known.set(lookout, outage)
  }
  return outage
}

/**
 * AT17: of those heard until then, 60 % and four at least fell silent within 90 s of each other. Who has arrived may have put their phone away
 * together with the others. O(n log n).
 */
function largestOutage({ watched, scene: { run, nowMs, isConnected } }: Lookout): Outage | null {
  const share = openAlert(run, 'network', null) ? KEPT_SHARE : SHARE
  const isQuiet = ({ ageMs, member, isDark }: Watched) =>
    ageMs > QUIET_AFTER_MS && !isDark && !isConnected(member.memberId)
  if (watched.filter(isQuiet).length < LEAST) return null
  const sorted = watched.filter(({ hasArrived }) => !hasArrived).sort((a, b) => a.fix.takenAtMs - b.fix.takenAtMs)
  const quiet = sorted.filter(isQuiet)
  let found: Outage | null = null
  let [end, heardFrom] = [0, 0]
  for (const [start, { fix }] of quiet.entries()) {
    const sinceMs = fix.takenAtMs
    while (end < quiet.length && (quiet[end] as Watched).fix.takenAtMs <= sinceMs + WITHIN_MS) end++
    while ((sorted[heardFrom] as Watched).fix.takenAtMs < sinceMs - WITHIN_MS) heardFrom++
    const [count, heardCount] = [end - start, sorted.length - heardFrom]
    if (count >= LEAST && count >= share * heardCount && count > (found?.count ?? 0)) found = { sinceMs, count }
  }
  return found && found.sinceMs <= nowMs ? found : null
}

export const network = lasting(
  { rule: 'network', raisedAfterMs: 10 * SECOND_MS, overAfterMs: 15 * SECOND_MS, leastCount: 2 },
  (lookout) => {
    const outage = outageOf(lookout)
    const verdict = { memberId: null, holds: outage !== null, atMs: lookout.scene.nowMs }
    return [outage ? { ...verdict, sinceMs: outage.sinceMs, value: outage.count } : verdict]
  },
)
