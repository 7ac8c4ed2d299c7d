/** One plain sentence for a watch's small screen, or for a voice. English: who asks by address has no page that could translate. */
import type { RefusalCode } from '../../shared/protocol/errors.ts'
import type { ItemKind } from '../../shared/run/requests.ts'
import { KM_M, MINUTE_MS } from '../../shared/units.ts'
import type { AskedNow } from '../usecase/asking.ts'

/** After "Asking for" and "Asked for". */
export const thingWords: Record<ItemKind | 'usual', string> = {
  water: 'water',
  isotonic: 'isotonic',
  gel: 'gel',
  snack: 'a snack',
  salt: 'salt',
  usual: 'your usual',
}

/**
 * @param isEarlier asked for by another press, a while ago.
 * @param hasWaited whether the caller was kept waiting for somebody to take it.
 */
export function askedSentence(asked: AskedNow, isEarlier: boolean, hasWaited: boolean): string {
  const { kind, quantity, status, helper, arrivesInMs, atM } = asked
  switch (status) {
    case 'open': {
      const what = quantity === 1 ? thingWords[kind] : `${quantity} × ${kind}`
      const first = `${isEarlier ? 'Already asked' : 'Asked'} for ${what}.`
      return isEarlier || hasWaited ? `${first} Nobody has taken it yet.` : first
    }
    case 'claimed': {
      const who =
        arrivesInMs === null
          ? `${helper} has it`
          : `${helper}, about ${Math.max(1, Math.ceil(arrivesInMs / MINUTE_MS))} min`
      return atM === null ? who : `${who}, km ${(atM / KM_M).toFixed(1)}`
    }
    case 'delivered':
      return helper === null ? 'Handed over.' : `Handed over by ${helper}.`
    default:
      return 'Taken back.'
  }
}

export const takenBackSentence = (count: number): string => (count === 0 ? 'Nothing was open.' : 'Taken back.')

export const onlyByPost = 'Nothing was asked: this address asks only when something is posted to it.'

const sentences: Partial<Record<RefusalCode, string>> = {
  'no-such-thing': 'This address asks for nothing: it is mistyped, withdrawn, or belongs to no run now.',
  'not-for-your-role': 'Your role in this run may not ask.',
  'run-not-live': 'The run has not started yet.',
  'run-has-ended': 'The run is over.',
  'not-out': 'You have stopped. Start again on your phone, then ask.',
  malformed: 'The id of this press has signs that it may not have.',
  'too-many': 'Too many at once. Wait a moment.',
  'retry-later': 'No answer from the server. Try again in a moment.',
}

export const refusalSentence = (code: RefusalCode): string =>
  sentences[code] ?? 'The server had a problem. Try again in a moment.'
