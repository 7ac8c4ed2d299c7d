/** Calls for help made on this page: when each was tapped, and what the server really answered. */
import { signal } from '@preact/signals'
import type { Refusal, RefusalCode } from '../../../shared/protocol/errors.ts'
import type { Accepted } from '../../../shared/protocol/wire.ts'
import type { RequestId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { type HelpOutcome, helpOutcome, TELL_WITHIN_MS } from '../../state/help-outcome.ts'
import type { MyRequest } from '../../state/my-requests.ts'
import { useRun } from '../run/running.ts'

type Call = { readonly seat: string; readonly tappedAtMs: number; readonly answer: Accepted | Refusal | null }

// Outlives the screen: whoever looks at the map in between still finds the answer.
const calls = signal<ReadonlyMap<RequestId, Call>>(new Map())

const note = (requestId: RequestId, call: Call) => {
  calls.value = new Map(calls.value).set(requestId, call)
}

export type HelpCalls = {
  readonly raise: (kind: 'help' | 'first-aid') => void
  readonly outcomeOf: (alarm: MyRequest) => HelpOutcome
  /** Why the newest call was refused. */
  readonly refused: RefusalCode | null
}

export function useHelpCalls(): HelpCalls {
  const { view, phone, kept } = useRun()
  const made = calls.value
  const newest = [...made.values()].findLast(({ seat }) => seat === kept.seat)

  return {
    raise(kind) {
      const requestId = newId<RequestId>('req')
      const call: Call = { seat: kept.seat, tappedAtMs: performance.now(), answer: null }
      note(requestId, call)
      setTimeout(() => {
        calls.value = new Map(calls.value) // drawn anew just when it is to be told
      }, TELL_WITHIN_MS)
      void phone
        .send({ type: 'raise-request', requestId, kind, quantity: 1, note: null })
        .then((answer) => note(requestId, { ...call, answer }))
    },
    outcomeOf({ requestId, status }) {
      // What the run itself tells was surely sent, whichever page sent it.
      if (status !== 'queued') return { is: 'sent' }
      const call = made.get(requestId)
      return helpOutcome(call?.answer ?? null, view.link, call ? performance.now() - call.tappedAtMs : null)
    },
    refused: newest?.answer?.ok === false ? newest.answer.code : null,
  }
}
