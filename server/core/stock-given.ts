/** The stock behind a hand-over: what the giver carries goes down, and empties come back. It never stands in a hand-over's way. */
import type { RunEvent } from '../../shared/run/events.ts'
import type { RequestKind } from '../../shared/run/requests.ts'
import type { HandOver, Request, RunState } from '../../shared/run/state.ts'
import { isItemKind, type Stock, stockAfterGiving } from '../../shared/run/stock.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'

/** One says "got it" and the other "handed over" of the same bottle within so long. */
const SAID_BY_BOTH_MS = 5 * MINUTE_MS

type Given = {
  readonly cyclistId: MemberId | null
  readonly runnerId: MemberId
  readonly kind: RequestKind
  readonly quantity: number
}

/** SK5: nothing for a giver who has not said what they carry. */
export function stockGiven(run: RunState, { cyclistId, runnerId, kind, quantity }: Given): RunEvent[] {
  const stock = cyclistId === null ? undefined : run.members.get(cyclistId)?.stock
  if (!cyclistId || !stock || !isItemKind(kind) || quantity <= 0) return []
  const after: Stock = stockAfterGiving(stock, kind, quantity, runnerId)
  return after === stock ? [] : [{ type: 'stock-set', memberId: cyclistId, ...after, reason: 'given' }]
}

/** SK6: the delivery, told by the runner or assumed, that this hand-over by the same cyclist is the tap of. */
export function deliveryToldBefore(
  run: RunState,
  { runnerId, cyclistId, kind }: Pick<HandOver, 'runnerId' | 'cyclistId' | 'kind'>,
  nowMs: number,
): Request | undefined {
  const linked = new Set([...run.handOvers.values()].map(({ requestId }) => requestId))
  return [...run.requests.values()].find(
    (request) =>
      request.status === 'delivered' &&
      request.runnerId === runnerId &&
      request.cyclistId === cyclistId &&
      request.kind === kind &&
      nowMs - (request.endedAtMs ?? 0) <= SAID_BY_BOTH_MS &&
      !linked.has(request.requestId),
  )
}
