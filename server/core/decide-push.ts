import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { RunState } from '../../shared/run/state.ts'
import { noWord, type Word, wordKey } from '../../shared/run/words.ts'
import { type Asked, accept, acceptWith, type Decision } from './decision.ts'
import { endpointTrouble } from './push-endpoint.ts'

/** PU1, PU5: everybody of their own phone. */
export function setPush({ subscription }: Extract<Command, { type: 'set-push' }>, { by, world }: Asked): Decision {
  const { memberId } = by
  if (subscription === null) return by.hasPush ? pushTaken(memberId) : accept()
  const trouble = endpointTrouble(subscription.endpoint, world.maySendToLoopback === true)
  if (trouble) return refuse('malformed', { field: 'command.subscription.endpoint', detail: trouble })
  const word = { key: wordKey.push(memberId), ownerId: memberId, text: JSON.stringify(subscription) }
  return acceptWith([word], { type: 'push-set', memberId, isGiven: true })
}

const pushTaken = (memberId: Asked['by']['memberId']): Decision =>
  acceptWith([noWord(wordKey.push(memberId))], { type: 'push-set', memberId, isGiven: false })

/** PU4: with the seat goes where its phone is pushed to. */
export const pushWordsTakenBack = (run: RunState, events: readonly RunEvent[]): Word[] =>
  events.flatMap((event) =>
    (event.type === 'member-removed' || event.type === 'member-reseated') && run.members.get(event.memberId)?.hasPush
      ? [noWord(wordKey.push(event.memberId))]
      : [],
  )
