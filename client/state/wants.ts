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

type Waiting = ReadonlyMap<MemberId, 'open' | 'claimed'>
/** Asked for each dot, and new only when a request is: states are never changed in place. */
const waitingOf = new WeakMap<RunView['run']['requests'], Waiting>()

/** Of those out: who waits for something, and whether somebody brings it. For a mark on their dot. */
export function waitingMembers({ run }: RunView): Waiting {
  const known = waitingOf.get(run.requests)
  if (known) return known
  const waiting = new Map<MemberId, 'open' | 'claimed'>()
  for (const { runnerId, endedAtMs, cyclistId } of run.requests.values())
    if (endedAtMs === null && waiting.get(runnerId) !== 'open') waiting.set(runnerId, cyclistId ? 'claimed' : 'open')
  waitingOf.set(run.requests, waiting)
  return waiting
}
