/** One request as an object that its raiser and those who race for it act on: what each answer says about the state it met. */
import type { MemberId, RequestId } from '../../shared/units.ts'
import type { Op } from './history.ts'
import type { Model } from './linearize.ts'

export type RequestMoment = {
  readonly status: 'none' | 'open' | 'claimed' | 'delivered' | 'cancelled'
  readonly holderId: MemberId | null
}

const ended = ({ status }: RequestMoment): boolean => status === 'delivered' || status === 'cancelled'
const isThere = ({ status }: RequestMoment): boolean => status !== 'none'

/** The request that an operation acts on, if it is one of those that the workload sends. */
export function requestOf({ command, about }: Op): RequestId | null {
  switch (command.type) {
    case 'raise-request':
    case 'claim-request':
    case 'release-request':
    case 'cancel-request':
    case 'confirm-delivered':
      return command.requestId
    case 'record-hand-over':
      return about
    default:
      return null
  }
}

export const requestModel: Model<RequestMoment, Op> = {
  initial: { status: 'none', holderId: null },
  keyOf: ({ status, holderId }) => `${status}/${holderId}`,
  step(now, { command, byId, answer }) {
    // Unknown: had it changed nothing, leaving it out would explain as much.
    const isOk = answer === null || answer.ok
    if (!isOk) return refusalFits(now, command.type, byId, answer.code) ? now : undefined
    switch (command.type) {
      case 'raise-request':
        return isThere(now) ? now : { status: 'open', holderId: null }
      case 'claim-request':
        if (!isThere(now) || ended(now) || (now.holderId !== null && now.holderId !== byId)) return undefined
        return { status: 'claimed', holderId: byId }
      case 'release-request':
        if (!isThere(now) || ended(now) || (now.holderId !== null && now.holderId !== byId)) return undefined
        return { status: 'open', holderId: null }
      case 'cancel-request':
        if (!isThere(now) || now.status === 'delivered') return undefined
        return { ...now, status: 'cancelled' }
      case 'confirm-delivered':
        if (!isThere(now) || now.status === 'cancelled') return undefined
        return { ...now, status: 'delivered' }
      case 'record-hand-over':
        return isThere(now) && !ended(now) ? { status: 'delivered', holderId: byId } : now
      default:
        return now
    }
  },
}

function refusalFits(now: RequestMoment, type: Op['command']['type'], byId: MemberId, code: string): boolean {
  switch (code) {
    case 'no-such-thing':
      return !isThere(now)
    case 'someone-else-has-it':
      return now.holderId !== null && now.holderId !== byId && !ended(now)
    case 'already-ended':
      if (type === 'cancel-request') return now.status === 'delivered'
      return type === 'confirm-delivered' ? now.status === 'cancelled' : ended(now)
    case 'not-for-your-role':
      return type === 'release-request' && now.holderId !== byId
    case 'already-open':
      return !isThere(now)
    default:
      return true // says nothing about the request: a run that has ended, a seat that is over
  }
}
