/** The life of a request, and hand-overs, which need none. */
import { refuse } from '../../shared/protocol/errors.ts'
import { isOfferedTo } from '../../shared/run/claims.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { cyclistsOf, isEnded, openRequest } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import { isHelper, takesPart } from '../../shared/run/roles.ts'
import type { Request } from '../../shared/run/state.ts'
import { canServe } from '../../shared/run/stock.ts'
import { wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Asked, accept, acceptWith, type Decision } from './decision.ts'
import { distanceBetween, nearestHands, withinReach } from './nearness.ts'
import { participantOf } from './participant.ts'
import { deliveryToldBefore, stockGiven } from './stock-given.ts'
import { seesMember, seesRequest } from './visibility.ts'

type About<Type extends Command['type']> = Extract<Command, { type: Type }>
type OneRequest = About<'claim-request' | 'release-request' | 'cancel-request' | 'confirm-delivered' | 'close-request'>

export function decideRequest(wish: OneRequest | About<'raise-request' | 'record-hand-over'>, asked: Asked): Decision {
  if (wish.type === 'raise-request') return raise(wish, asked)
  if (wish.type === 'record-hand-over') return handOver(wish, asked)
  const request = asked.run.requests.get(wish.requestId)
  // RQ14: what one may not see does not exist.
  if (!request || !seesRequest(asked.run, asked.by, request))
    return refuse('no-such-thing', { field: 'command.requestId' })
  switch (wish.type) {
    case 'claim-request':
      return claim(request, asked)
    case 'release-request':
      return release(request, asked)
    case 'cancel-request':
      return cancel(request, asked)
    case 'confirm-delivered':
      return confirm(request, asked)
    case 'close-request':
      return close(request, asked)
  }
}

function raise(wish: About<'raise-request'>, { run, by, world }: Asked): Decision {
  const { requestId, kind, note } = wish
  const known = run.requests.get(requestId)
  if (known) return known.runnerId === by.memberId ? accept() : refuse('no-such-thing') // RQ2
  if (!takesPart(by.role)) return refuse('not-for-your-role')
  const { phase } = run.head
  if (phase === 'ended') return refuse('run-has-ended')
  if (phase !== 'live' && !isAlarm(kind)) return refuse('run-not-live') // RQ1
  if (by.status === 'stopped' && !isAlarm(kind)) return refuse('not-out') // RQ1
  const { maxQuantity } = policyOf(kind)
  // RQ4
  if (wish.quantity > maxQuantity)
    return refuse('malformed', { field: 'command.quantity', detail: `at most ${maxQuantity} of ${kind}` })
  if (openRequest(run, by.memberId, kind)) return refuse('already-open') // RQ3

  const toldIds = toldOf(wish, { run, by, world })
  const words = note === null ? [] : [{ key: wordKey.note(requestId), ownerId: by.memberId, text: note }]
  const raised: RunEvent = {
    type: 'request-raised',
    requestId,
    runnerId: by.memberId,
    runnerNo: by.memberNo,
    kind,
    quantity: wish.quantity,
    hasNote: note !== null,
    toldIds,
  }
  return acceptWith(words, raised)
}

function toldOf({ kind }: About<'raise-request'>, { run, by, world }: Asked): MemberId[] {
  if (isAlarm(kind)) return withinReach(run, world.placeOf, by.memberId) // AL2
  const about = { kind, runnerId: by.memberId }
  const canBeBrought = cyclistsOf(run).some(
    (cyclist) => cyclist.memberId !== by.memberId && canServe(cyclist.stock, about) && seesMember(cyclist, by),
  )
  return canBeBrought || policyOf(kind).tells === 'group' ? [] : nearestHands(run, world.placeOf, by) // RQ19
}

export function claim(request: Request, { run, by, world }: Asked): Decision {
  const { requestId, runnerId, cyclistId } = request
  if (!isHelper(by.role) || runnerId === by.memberId) return refuse('not-for-your-role')
  if (cyclistId === by.memberId && !isEnded(request)) return accept()
  if (isEnded(request)) return refuse('already-ended')
  if (by.status === 'stopped') return refuse('not-out') // RQ11
  const isFree = cyclistId === null || !stillHelps(run, cyclistId)
  if (!isFree && !isOfferedTo(request, by.memberId, world.nowMs)) return refuse('someone-else-has-it') // RQ6, LE7
  const distanceM = distanceBetween(world.placeOf, by.memberId, runnerId)
  return accept({ type: 'request-claimed', requestId, cyclistId: by.memberId, distanceM, isAutomatic: false })
}

export function stillHelps(run: Asked['run'], memberId: Request['runnerId']): boolean {
  const helper = run.members.get(memberId)
  return helper !== undefined && isHelper(helper.role) && helper.status !== 'removed' && helper.status !== 'stopped'
}

function release(request: Request, { by }: Asked): Decision {
  if (isEnded(request)) return refuse('already-ended')
  if (request.cyclistId === null) return accept()
  if (request.cyclistId !== by.memberId && by.role !== 'leader') return refuse('not-for-your-role') // RQ7
  return accept({ type: 'request-released', requestId: request.requestId, reason: 'by-cyclist' })
}

function cancel(request: Request, { by }: Asked): Decision {
  const { requestId, kind, runnerId, status } = request
  if (runnerId !== by.memberId && (by.role !== 'leader' || isAlarm(kind))) return refuse('not-for-your-role') // RQ8
  if (status === 'cancelled' || status === 'needs-check') return accept()
  if (isEnded(request)) return refuse('already-ended')
  if (isAlarm(kind)) return accept({ type: 'request-needs-check', requestId }) // AL4
  const reason = runnerId === by.memberId ? 'by-author' : 'by-leader'
  return accept({ type: 'request-cancelled', requestId, reason })
}

function confirm(request: Request, { run, by, world }: Asked): Decision {
  const { requestId, kind, runnerId, cyclistId, status } = request
  if (runnerId !== by.memberId || isAlarm(kind)) return refuse('not-for-your-role') // RQ9
  if (status === 'delivered') return accept()
  if (isEnded(request)) return refuse('already-ended')
  const distanceM = cyclistId === null ? null : distanceBetween(world.placeOf, cyclistId, runnerId)
  const delivered: RunEvent = { type: 'request-delivered', requestId, cyclistId, handOverId: null, distanceM }
  return accept(delivered, ...stockGiven(run, request)) // SK5
}

function close(request: Request, { by, world }: Asked): Decision {
  const { requestId, kind, runnerId } = request
  if (!isHelper(by.role) || runnerId === by.memberId) return refuse('not-for-your-role') // RQ10, AL5
  if (policyOf(kind).isItem) return refuse('no-such-thing', { detail: 'a thing is handed over, not closed' })
  if (request.status === 'closed') return accept()
  if (isEnded(request)) return refuse('already-ended')
  const distanceM = distanceBetween(world.placeOf, by.memberId, runnerId)
  return accept({ type: 'request-closed', requestId, distanceM })
}

function handOver(wish: About<'record-hand-over'>, { run, by, world }: Asked): Decision {
  const { handOverId, runnerId, kind, quantity } = wish
  if (run.handOvers.has(handOverId)) return accept() // HO3
  if (!isHelper(by.role)) return refuse('not-for-your-role') // HO4
  if (!participantOf(run, runnerId)) return refuse('no-such-thing', { field: 'command.runnerId' })
  if (run.head.phase === 'planned') return refuse('run-not-live') // HO5
  const about = { runnerId, cyclistId: by.memberId, kind, quantity }
  const requestId = openRequest(run, runnerId, kind)?.requestId ?? null
  if (requestId === null) {
    const told = deliveryToldBefore(run, about, world.nowMs)
    const given: RunEvent = { type: 'handed-over', handOverId, ...about, requestId: told?.requestId ?? null }
    return accept(given, ...stockGiven(run, { ...about, quantity: quantity - (told?.quantity ?? 0) })) // HO1, SK6
  }
  const given: RunEvent = { type: 'handed-over', handOverId, ...about, requestId }
  const distanceM = distanceBetween(world.placeOf, by.memberId, runnerId)
  // HO2: whoever had claimed it, this runner has their bottle.
  const delivered: RunEvent = { type: 'request-delivered', requestId, cyclistId: by.memberId, handOverId, distanceM }
  return accept(given, delivered, ...stockGiven(run, about)) // SK5
}
