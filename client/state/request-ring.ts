/** When the page of a cyclist sounds for a new request: once for what is new, however much it is, and seldom. */
import { endsLater, isAvailable } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { MINUTE_MS, type RequestId, SECOND_MS } from '../../shared/units.ts'
import { me } from './people.ts'
import type { RunView } from './run-view.ts'

/** What is older is in the list, and was there before this page. */
const FRESH_MS = MINUTE_MS
const QUIET_MS = 10 * SECOND_MS

export type RingState = { readonly rungIds: ReadonlySet<RequestId>; readonly rungAtMs: number }
export const noRing: RingState = { rungIds: new Set(), rungAtMs: Number.NEGATIVE_INFINITY }

/**
 * To be asked at each look. Only to a cyclist who is available, of what nobody has, or went to them by itself; calls for help have
 * their own sound. What comes within ten seconds of a sound waits for its end, and is silent if somebody has it by then.
 */
export function ringAfter(before: RingState, view: RunView, nowMs: number): { state: RingState; rings: boolean } {
  const mine = me(view)
  if (mine?.role !== 'cyclist' || !isAvailable(mine) || !view.isCaughtUp) return { state: before, rings: false }
  const fresh = endsLater(view.run).filter((request) => isNew(request, view, nowMs))
  const unheard = fresh.filter(({ requestId }) => !before.rungIds.has(requestId))
  if (unheard.length === 0 || nowMs - before.rungAtMs < QUIET_MS) return { state: before, rings: false }
  return { state: { rungIds: new Set(fresh.map(({ requestId }) => requestId)), rungAtMs: nowMs }, rings: true }
}

function isNew({ kind, runnerId, cyclistId, raisedAtMs, claimedAtMs }: Request, view: RunView, nowMs: number): boolean {
  if (isAlarm(kind) || policyOf(kind).tells === 'group' || runnerId === view.myId) return false
  if (nowMs - raisedAtMs >= FRESH_MS) return false
  return cyclistId === null || (cyclistId === view.myId && wasByItself(raisedAtMs, claimedAtMs))
}

/** Nobody taps so soon: it went to the only cyclist. */
const BY_ITSELF_MS = 2 * SECOND_MS
const wasByItself = (raisedAtMs: number, claimedAtMs: number | null): boolean =>
  claimedAtMs !== null && claimedAtMs - raisedAtMs < BY_ITSELF_MS
