import { refuse } from '../../shared/protocol/errors.ts'
import type { Command } from '../../shared/run/commands.ts'
import { seenKey } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type Asked, accept, acceptWith, type Decision } from './decision.ts'
import { seesMessage } from './visibility.ts'

type MessageWish = Extract<Command, { type: 'send-message' | 'see-message' }>

export function decideMessage(wish: MessageWish, { run, by }: Asked): Decision {
  const message = run.messages.get(wish.messageId)
  if (wish.type === 'see-message') {
    if (!message || !seesMessage(by, message)) return refuse('no-such-thing', { field: 'command.messageId' }) // MS4
    const seen = { messageId: wish.messageId, memberId: by.memberId }
    // MS3: a watcher changes nothing, so nobody counts on their having seen it.
    const counts = by.role !== 'watcher' && by.role !== 'guardian'
    return run.seen.has(seenKey(seen)) || !counts ? accept() : accept({ type: 'message-seen', ...seen })
  }
  if (by.role !== 'leader') return refuse('not-for-your-role') // MS1
  if (message) return accept()
  if (run.head.phase === 'ended') return refuse('run-has-ended')
  const { messageId, groupId, text } = wish
  if (groupId !== null && !run.groups.has(groupId)) return refuse('no-such-thing', { field: 'command.groupId' })
  const words = [{ key: wordKey.message(messageId), ownerId: by.memberId, text }]
  return acceptWith(words, { type: 'message-sent', messageId, groupId })
}
