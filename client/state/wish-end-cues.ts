import { cyclistsOf } from '../../shared/run/questions.ts'
import { policyOf } from '../../shared/run/requests.ts'
import type { RunState } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import type { Cue } from './cues.ts'
import { pairOf } from './pair.ts'
import { nameOf } from './people.ts'
import type { RunView } from './run-view.ts'

/** Until then it may still be given to the only cyclist by itself. */
const NOBODY_AFTER_MS = 5 * SECOND_MS

/** CE12: what I asked for was handed over to me, or there is nobody who could bring it. */
export function wishEndCues(
  view: RunView,
  myId: MemberId,
  isFresh: (atMs: number | null) => boolean,
  nowMs: number,
): Cue[] {
  const hasNobody = bringersBut(view.run, myId) === 0 && pairOf(view) === null
  return [...view.run.requests.values()].flatMap((request): Cue[] => {
    const { requestId, runnerId, kind: what, status, cyclistId, endedAtMs, raisedAtMs, isAssumed } = request
    if (runnerId !== myId) return []
    if (status === 'delivered' && cyclistId !== null && !isAssumed && isFresh(endedAtMs)) {
      const helper = nameOf(view, cyclistId)
      return [{ id: `delivered/${requestId}`, kind: 'delivered', priority: 'news', params: { helper, what } }]
    }
    const isUnserved = status === 'open' && policyOf(what).tells === 'helpers' && nowMs - raisedAtMs >= NOBODY_AFTER_MS
    if (!hasNobody || !isUnserved || !isFresh(raisedAtMs)) return []
    return [{ id: `nobody/${requestId}`, kind: 'nobody', priority: 'news', params: { what } }]
  })
}

const bringersBut = (run: RunState, myId: MemberId): number =>
  cyclistsOf(run).filter(({ memberId }) => memberId !== myId).length
