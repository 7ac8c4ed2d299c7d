/** A run as one node holds it in memory: the fold of its journal, its words, and a little of its past. */
import { PersistentMap } from '../../shared/persistent-map.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import type { RunId } from '../../shared/units.ts'
import { CHAIN_START } from '../core/chain.ts'
import type { Entry, Store } from '../store/store.ts'

/** How far back a phone can be told facts rather than a snapshot. */
const PAST_MAX = 500
const PAGE = 1_000

/** One step of the past: the entry, and the run before and after it. */
export type Step = { readonly entry: Entry; readonly before: RunState; readonly after: RunState }

export type RunBook = {
  readonly run: RunState
  readonly mac: string
  readonly words: PersistentMap<string, Word>
  /** The newest steps, oldest first. */
  readonly past: readonly Step[]
}

export const emptyBook: RunBook = { run: newRun, mac: CHAIN_START, words: PersistentMap.empty(), past: [] }

export function withEntries(book: RunBook, entries: readonly Entry[]): RunBook {
  const past: Step[] = [...book.past]
  let { run, mac } = book
  for (const entry of entries) {
    const before = run
    run = evolve(before, entry.fact)
    past.push({ entry, before, after: run })
    mac = entry.mac
  }
  return { ...book, run, mac, past: past.slice(-PAST_MAX) }
}

export function withWords(book: RunBook, words: Iterable<Word>): RunBook {
  let kept = book.words
  for (const word of words) kept = word.text === '' ? kept.delete(word.key) : kept.set(word.key, word)
  return { ...book, words: kept }
}

export const withoutWordsOf = (book: RunBook, memberId: string): RunBook => ({
  ...book,
  words: book.words.filter((word) => word.ownerId !== memberId),
})

/** The book with all that the store has more of; the words anew if anything was added by others. */
export async function caughtUp(store: Store, runId: RunId, book: RunBook): Promise<RunBook> {
  let next = book
  for (;;) {
    const entries = await store.read(runId, next.run.version, PAGE)
    next = withEntries(next, entries)
    if (entries.length < PAGE) break
  }
  if (next.run.version === book.run.version) return next
  return withWords({ ...next, words: PersistentMap.empty() }, await store.readWords(runId))
}
