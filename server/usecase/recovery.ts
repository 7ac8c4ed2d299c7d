/**
 * When the store came back without a run: its people wait in the lobby, whoever has a copy of the journal
 * offers it, and what verifies link by link is taken, the longest copy first. A copy offered to a run that is
 * there gives it what it lacks.
 */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { Offer } from '../../shared/protocol/wire.ts'
import { isForServerAlone, type Word, wordKeysSetBy } from '../../shared/run/words.ts'
import { type RunId, SECOND_MS } from '../../shared/units.ts'
import { CHAIN_START, linkOf } from '../core/chain.ts'
import { dueAtMs } from '../core/decide-wake.ts'
import type { Entry } from '../store/store.ts'
import type { House } from './house.ts'
import type { Rooms } from './rooms.ts'
import { emptyBook, type RunBook, withEntries, withWords } from './run-book.ts'
import type { Seat } from './seals.ts'

/** After the first good copy of a run that is gone, others may be longer: who was removed in between stays out. */
const GATHER_MS = 2 * SECOND_MS
const LOOK_EVERY_MS = SECOND_MS

export type Recovery = {
  /** Takes one part of a copy; the answer to the last says whether all of it verified. One at a time for each `offerer`. */
  take(offerer: object, seat: Seat, part: Offer): Promise<{ readonly ok: true } | Refusal>
  /** Calls `listener` once the run is here again, whichever node it came back to. Returns what stops it. */
  whenBack(runId: RunId, listener: () => void): () => void
}

/** What has verified of a copy so far. Words are not in the chain: only those that some fact of it brought are taken. */
type Begun = { entries: Entry[]; mac: string; brought: Set<string>; words: Map<string, Word> }

export function recoveryOf(house: House, rooms: Rooms): Recovery {
  const begun = new WeakMap<object, Begun>()
  const gathering = new Map<RunId, { copies: RunBook[]; done: Promise<void> }>()
  const waiting = new Map<RunId, { listeners: Set<() => void>; timer: NodeJS.Timeout }>()

  /** `false` unless each part leads to its link: nobody without the key can make one. */
  function verify(runId: RunId, copy: Begun, { facts, words, mac }: Offer): boolean {
    const chainKey = house.seals.chainKey(runId)
    for (const fact of facts) {
      if (fact.version !== copy.entries.length + 1) return false
      copy.mac = linkOf(chainKey, copy.mac, fact)
      copy.entries.push({ fact, mac: copy.mac })
      for (const key of wordKeysSetBy(fact)) copy.brought.add(key)
    }
    for (const word of words)
      if (copy.brought.has(word.key) && !isForServerAlone(word.key)) copy.words.set(word.key, word)
    return copy.entries.length > 0 && copy.mac === mac
  }

  async function bringBack(runId: RunId, copy: RunBook): Promise<void> {
    const there = gathering.get(runId)
    if (there) {
      there.copies.push(copy)
      return there.done
    }
    const copies = [copy]
    const done = new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(async () => {
      try {
        const room = await rooms.newRoom(runId)
        for (const each of copies.sort((a, b) => b.run.version - a.run.version)) await room.merge(each)
      } finally {
        gathering.delete(runId)
      }
      setImmediate(() => tellBack(runId)) // after the answers to those who offered
    })
    gathering.set(runId, { copies, done })
    return done
  }

  return {
    async take(offerer, { runId }, part) {
      const copy = begun.get(offerer) ?? { entries: [], mac: CHAIN_START, brought: new Set(), words: new Map() }
      begun.set(offerer, copy)
      const isGood = verify(runId, copy, part)
      if (!isGood || part.isLast) begun.delete(offerer)
      if (!isGood) return refuse('malformed', { field: 'mac', detail: 'this is not the journal of the run' })
      if (!part.isLast) return { ok: true }
      const book = withWords(withEntries(emptyBook, copy.entries), copy.words.values())
      const { phase, latestEndMs, retentionMs } = book.run.head
      const forgetAtMs = phase === 'ended' ? (dueAtMs(book.run) ?? 0) : latestEndMs + retentionMs
      if (house.outList.isForgotten(runId) || house.clock.nowMs() >= forgetAtMs) return refuse('not-a-member')
      const room = await rooms.room(runId)
      if (room) await room.merge(book)
      else await bringBack(runId, book)
      return { ok: true }
    },

    whenBack(runId, listener) {
      let there = waiting.get(runId)
      if (!there) {
        // The copy may be given to another node.
        const look = () =>
          rooms.room(runId).then(
            (room) => (room ? tellBack(runId) : undefined),
            () => undefined, // looks again
          )
        there = { listeners: new Set(), timer: setInterval(() => void look(), LOOK_EVERY_MS) }
        waiting.set(runId, there)
      }
      const { listeners, timer } = there
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        if (waiting.get(runId)?.timer === timer) waiting.delete(runId)
      }
    },
  }

  function tellBack(runId: RunId): void {
    if (gathering.has(runId)) return // not before everybody who is out is out
    const there = waiting.get(runId)
    waiting.delete(runId)
    clearInterval(there?.timer)
    for (const listener of there?.listeners ?? []) listener()
  }
}
