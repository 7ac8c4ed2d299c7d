/**
 * What became of claims without anybody's wish, as operations that the model of a request knows: it may have happened at any time.
 * A lease that was over, and a claim that was taken over, give it back; a hand-over that was assumed is one.
 */
import type { Fact } from '../../shared/run/events.ts'
import type { CommandId, MemberId, RequestId } from '../../shared/units.ts'
import type { Op } from './history.ts'

export function clockOps(facts: readonly Fact[]): Op[] {
  const holders = new Map<RequestId, MemberId>()
  const ops: Op[] = []
  for (const { event, commandId } of facts) {
    const holder = 'requestId' in event && event.requestId ? holders.get(event.requestId) : undefined
    if (event.type === 'request-claimed') {
      if (holder && holder !== event.cyclistId) ops.push(gaveBack(event.requestId, holder, commandId))
      holders.set(event.requestId, event.cyclistId)
    }
    if (event.type === 'request-released') {
      if (holder && event.reason === 'lease-over') ops.push(gaveBack(event.requestId, holder, commandId))
      holders.delete(event.requestId)
    }
    if (event.type === 'request-assumed' && holder)
      ops.push({
        ...unknown,
        command: { type: 'confirm-delivered', requestId: event.requestId },
        byId: holder,
        commandId,
      })
  }
  return ops
}

const unknown = { no: 0, about: null, invokedMs: 0, endedMs: null, answer: null } as const

const gaveBack = (requestId: RequestId, byId: MemberId, commandId: CommandId): Op => ({
  ...unknown,
  command: { type: 'release-request', requestId },
  byId,
  commandId,
})
