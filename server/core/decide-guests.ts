/** Guests have no phone or no app: a leader counts them in, and out again. */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type Asked, accept, acceptWith, type Decision } from './decision.ts'

type GuestsWish = Extract<Command, { type: 'count-guests' | 'account-guests' }>

export function decideGuests(wish: GuestsWish, { run, by }: Asked): Decision {
  if (by.role !== 'leader') return refuse('not-for-your-role') // GU4
  if (run.head.phase === 'ended') return refuse('run-has-ended')
  const guests = run.guests.get(wish.guestsId)
  if (wish.type === 'count-guests') {
    if (guests) return accept() // GU1
    const { guestsId, count, name, startNumber } = wish
    const words = name ? [{ key: wordKey.guests(guestsId), ownerId: null, text: name }] : []
    return acceptWith(words, { type: 'guests-counted', guestsId, count, startNumber })
  }
  if (!guests) return refuse('no-such-thing', { field: 'command.guestsId' })
  const left = guests.count - guests.accountedCount
  if (left === 0) return accept()
  if (wish.count > left) return refuse('malformed', { field: 'command.count', detail: `only ${left} are out` }) // GU2
  return accept({ type: 'guests-accounted', guestsId: wish.guestsId, count: wish.count })
}
