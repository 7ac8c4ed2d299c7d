/** What a phone gives back to a server that has lost it: a leader's copy of the journal, and all it was granted. */
import type { AskJournal } from '../../shared/protocol/wire.ts'
import type { Member } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import { asking, granted } from './ask.ts'
import type { CommandOutbox } from './command-outbox.ts'
import type { WireSocket } from './connection.ts'
import type { JournalCopy } from './journal-copy.ts'

const OFFER_AGAIN_MS = 1_000

export type GivingBack = {
  /** The server has lost what this phone stands on. */
  afterFork(socket: WireSocket, words: Iterable<Word>): Promise<void>
  /** The server does not know the run: until the copy is taken, or the lobby closes. */
  inLobby(socket: WireSocket, words: () => Iterable<Word>): Promise<void>
  /** Whoever leads the whole run keeps its journal. */
  keepCopy(socket: WireSocket, me: Member | undefined, words: () => Iterable<Word>): Promise<void>
}

export function givingBack(copy: JournalCopy, commands: CommandOutbox): GivingBack {
  let isFilling = false

  const offer = (socket: WireSocket, words: Iterable<Word>): Promise<boolean> =>
    copy.offer(words, async (part) => (await granted(asking(socket).offer(part))) !== undefined)

  return {
    async afterFork(socket, words) {
      if (await offer(socket, words)) copy.forget()
      commands.again(0)
      socket.emit('key-frame', {}) // numbers may stand for others now
    },
    async inLobby(socket, words) {
      while (socket.connected && !(await offer(socket, words())))
        await new Promise((resolve) => setTimeout(resolve, OFFER_AGAIN_MS))
    },
    async keepCopy(socket, me, words) {
      if (me?.role !== 'leader' || me.groupId !== null || isFilling) return
      isFilling = true
      const ask = async (asked: AskJournal) => (socket.connected ? granted(asking(socket).journal(asked)) : undefined)
      if ((await copy.fill(ask)) === 'fork' && (await offer(socket, words()))) {
        copy.forget()
        await copy.fill(ask)
      }
      isFilling = false
    },
  }
}
