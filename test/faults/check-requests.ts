/** G1 and G2 of requests: nothing that was answered "yes" is missing, nothing is there twice, and nobody else was told "yes" too. */
import type { Request } from '../../shared/run/state.ts'
import type { MemberId, RequestId } from '../../shared/units.ts'
import type { Op } from './history.ts'
import { type Interval, isExplained } from './linearize.ts'
import { type RequestMoment, requestModel, requestOf } from './request-model.ts'
import type { Trouble } from './trouble.ts'

export type FoundRequests = ReadonlyMap<RequestId, Pick<Request, 'status' | 'cyclistId' | 'runnerId'>>

export function checkRequests(ops: readonly Op[], found: FoundRequests): Trouble[] {
  const byRequest = new Map<RequestId, Op[]>()
  for (const op of ops) {
    const requestId = requestOf(op)
    if (requestId !== null) byRequest.set(requestId, [...(byRequest.get(requestId) ?? []), op])
  }
  const troubles: Trouble[] = []
  for (const [requestId, of] of byRequest) {
    const raised = of.find(({ command }) => command.type === 'raise-request')
    const there = found.get(requestId)
    if (raised?.answer?.ok && !there)
      troubles.push({ promise: 'G1', about: requestId, what: 'was acknowledged and is gone' })
    else if (!isExplained(of.map(intervalOf), requestModel, (now) => isSame(now, there)))
      troubles.push({
        promise: 'G1',
        about: requestId,
        what: `no order of what was answered ends as "${there?.status ?? 'none'}":${of.map(opText).join(';')}`,
      })
    troubles.push(...doubleClaims(requestId, of))
  }
  for (const requestId of found.keys())
    if (!byRequest.has(requestId))
      troubles.push({ promise: 'G2', about: requestId, what: 'is in the run, and nobody asked for it' })
  return troubles
}

const intervalOf = (op: Op): Interval<Op> => ({ op, fromMs: op.invokedMs, toMs: op.endedMs ?? Infinity })

function isSame({ status, holderId }: RequestMoment, there: ReturnType<FoundRequests['get']>): boolean {
  if (!there) return status === 'none'
  return status === there.status && (status === 'open' || status === 'cancelled' || holderId === there.cyclistId)
}

/** Two who were told "yes" although neither gave it back: seen without any model. */
function doubleClaims(requestId: RequestId, ops: readonly Op[]): Trouble[] {
  const claimers = new Set(
    ops.filter(({ command, answer }) => command.type === 'claim-request' && answer?.ok).map(({ byId }) => byId),
  )
  const keepers = [...claimers].filter((byId) => !gaveBack(ops, byId))
  if (keepers.length < 2) return []
  return [
    { promise: 'G2', about: requestId, what: `${keepers.join(' and ')} were told it is theirs, and none gave it back` },
  ]
}

const gaveBack = (ops: readonly Op[], byId: MemberId): boolean =>
  ops.some((op) => op.command.type === 'release-request' && op.byId === byId && (op.answer === null || op.answer.ok))

function opText({ no, byId, command, answer, invokedMs, endedMs }: Op): string {
  const said = answer === null ? 'unknown' : answer.ok ? `ok ${answer.version}` : answer.code
  const endText = endedMs === null ? '...' : String(Math.round(endedMs))
  return ` #${no} ${command.type} by ${byId} ${Math.round(invokedMs)}-${endText} ${said}`
}
