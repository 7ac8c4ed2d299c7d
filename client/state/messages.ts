/** What leaders told everybody, and who has seen it. */
import { takesPart } from '../../shared/run/roles.ts'
import { seenKey } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import type { MessageId } from '../../shared/units.ts'
import { membersOf, nameOf } from './people.ts'
import type { RunView } from './run-view.ts'
import { waitingOf } from './waiting.ts'

export type ShownMessage = {
  readonly messageId: MessageId
  readonly text: string
  readonly by: string
  readonly isMine: boolean
  readonly atMs: number
  /** Whether I have said that I saw it. */
  readonly isSeen: boolean
  readonly seenCount: number
  /** How many it was told to whose having seen it counts. */
  readonly toCount: number
}

/** The newest first. */
export function messagesOf(view: RunView): ShownMessage[] {
  const members = membersOf(view)
  const saying = new Set(waitingOf(view, 'see-message').map(({ messageId }) => messageId))
  return [...view.run.messages.values()]
    .sort((a, b) => b.atMs - a.atMs)
    .map(({ messageId, byId, groupId, atMs, seenCount }) => ({
      messageId,
      text: view.words.get(wordKey.message(messageId))?.text ?? '',
      by: nameOf(view, byId),
      isMine: byId === view.myId,
      atMs,
      isSeen:
        saying.has(messageId) || (view.myId !== null && view.run.seen.has(seenKey({ messageId, memberId: view.myId }))),
      seenCount,
      // A watcher changes nothing, so nobody counts on their having seen it.
      toCount: members.filter(
        (member) =>
          member.memberId !== byId && takesPart(member.role) && (groupId === null || member.groupId === groupId),
      ).length,
    }))
}

/** Told by another, not erased, and not yet marked as seen: the oldest first, as they are to be read. */
export const unseenMessages = (view: RunView): ShownMessage[] =>
  messagesOf(view)
    .filter(({ isMine, isSeen, text }) => !isMine && !isSeen && text !== '')
    .reverse()
