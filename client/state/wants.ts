/** What somebody waits for, or got a moment ago, as far as this seat is told. */
import type { Request } from '../../shared/run/state.ts'
import { type MemberId, SECOND_MS } from '../../shared/units.ts'
import { nameOf } from './people.ts'
import type { RunView } from './run-view.ts'

const SHOWN_AFTER_END_MS = 30 * SECOND_MS

export type Want = {
  readonly request: Request
  readonly holder: string | null
}

/** The oldest first; a cancelled one is nobody's business any more. */
export const wantsOf = (view: RunView, memberId: MemberId, nowMs: number): Want[] =>
  [...view.run.requests.values()]
    .filter(
      ({ runnerId, status, endedAtMs }) =>
        runnerId === memberId && status !== 'cancelled' && (endedAtMs ?? nowMs) > nowMs - SHOWN_AFTER_END_MS,
    )
    .sort((a, b) => a.raisedAtMs - b.raisedAtMs)
    .map((request) => ({ request, holder: request.cyclistId && nameOf(view, request.cyclistId) }))

/** Of those out: who waits for something, and whether somebody brings it. For a mark on their dot. */
export function waitingMembers(view: RunView): ReadonlyMap<MemberId, 'open' | 'claimed'> {
  const waiting = new Map<MemberId, 'open' | 'claimed'>()
  for (const { runnerId, endedAtMs, cyclistId } of view.run.requests.values())
    if (endedAtMs === null && waiting.get(runnerId) !== 'open') waiting.set(runnerId, cyclistId ? 'claimed' : 'open')
  return waiting
}
