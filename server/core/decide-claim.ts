/** What the two of a claim answer when they are asked. */
import { refuse } from '../../shared/protocol/errors.ts'
import { isMetAsked } from '../../shared/run/claims.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { isEnded, openRequest } from '../../shared/run/questions.ts'
import { takesPart } from '../../shared/run/roles.ts'
import type { Request, RunState } from '../../shared/run/state.ts'
import { isItemKind, stockAfterReturning } from '../../shared/run/stock.ts'
import { claim, stillHelps } from './decide-request.ts'
import { type Asked, accept, type Decision } from './decision.ts'
import { seesRequest } from './visibility.ts'

type ClaimWish = Extract<Command, { type: 'keep-claim' | 'deny-hand-over' | 'undo-assumed' }>

export function decideClaim(wish: ClaimWish, asked: Asked): Decision {
  const request = asked.run.requests.get(wish.requestId)
  // RQ14: what one may not see does not exist.
  if (!request || !seesRequest(asked.run, asked.by, request))
    return refuse('no-such-thing', { field: 'command.requestId' })
  switch (wish.type) {
    case 'keep-claim':
      return keep(request, asked)
    case 'deny-hand-over':
      return deny(request, asked)
    case 'undo-assumed':
      return undo(request, asked)
  }
}

/** LE3; one that comes too late takes it again, if nobody else has. */
function keep(request: Request, asked: Asked): Decision {
  if (request.cyclistId !== asked.by.memberId || isEnded(request)) return claim(request, asked)
  return request.doubt === null ? accept() : accept({ type: 'request-kept', requestId: request.requestId })
}

/** LE8; one that comes when it has been assumed already takes that back. */
function deny(request: Request, asked: Asked): Decision {
  if (!isOneOfTwo(request, asked)) return refuse('not-for-your-role')
  if (request.isAssumed) return undo(request, asked)
  if (isEnded(request)) return refuse('already-ended')
  return isMetAsked(request) ? accept({ type: 'request-denied', requestId: request.requestId }) : accept()
}

/** LE10 */
function undo(request: Request, asked: Asked): Decision {
  const { run, by } = asked
  const { requestId, runnerId, kind, isAssumed } = request
  if (!isOneOfTwo(request, asked) && by.role !== 'leader') return refuse('not-for-your-role')
  if (!isAssumed) return isEnded(request) ? refuse('already-ended') : accept()
  if (run.head.phase !== 'live') return refuse('run-has-ended')
  const runner = run.members.get(runnerId)
  const isOut = runner && takesPart(runner.role) && runner.status !== 'removed' && runner.status !== 'stopped'
  if (!isOut) return refuse('not-out') // RQ15: nobody waits any more
  if (openRequest(run, runnerId, kind)) return refuse('already-open') // RQ3
  return accept({ type: 'request-unassumed', requestId }, ...givenBack(run, request))
}

/** LE11; RQ17: who helps no more holds nothing. */
function givenBack(run: RunState, { requestId, cyclistId, runnerId, kind, quantity }: Request): RunEvent[] {
  if (cyclistId === null) return []
  if (!stillHelps(run, cyclistId)) return [{ type: 'request-released', requestId, reason: 'helper-left' }]
  const stock = run.members.get(cyclistId)?.stock
  if (!stock || !isItemKind(kind)) return []
  const back = stockAfterReturning(stock, kind, quantity, runnerId)
  return back === stock ? [] : [{ type: 'stock-set', memberId: cyclistId, ...back, reason: 'given-back' }]
}

const isOneOfTwo = ({ runnerId, cyclistId }: Request, { by }: Asked): boolean =>
  by.memberId === runnerId || by.memberId === cyclistId
