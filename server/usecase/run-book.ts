/** A run as one node holds it in memory: the fold of its journal, its words, the journal, and a little of its past. */
import { PersistentMap } from '../../shared/persistent-map.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import { type Word, wordKeysSetBy } from '../../shared/run/words.ts'
import { CHAIN_START } from '../core/chain.ts'
import type { Entry } from '../store/store.ts'

/** How far back a phone can be told facts rather than a snapshot. */
const PAST_MAX = 500

/** One step of the past: the entry, and the run before and after it. */
export type Step = { readonly entry: Entry; readonly before: RunState; readonly after: RunState }

export type RunBook = {
  readonly run: RunState
  readonly mac: string
  readonly words: PersistentMap<string, Word>
  /** The newest steps, oldest first. */
  readonly past: readonly Step[]
  /** Grows in place, so that a fact does not copy all before it: this book's are the first `run.version`. */
  readonly journal: readonly Entry[]
}

export const emptyBook: RunBook = {
  run: newRun,
  mac: CHAIN_START,
  words: PersistentMap.empty(),
  past: [],
  journal: [],
}

export function withEntries(book: RunBook, entries: readonly Entry[]): RunBook {
  if (entries.length === 0) return book
  const past: Step[] = [...book.past]
  let { run, mac } = book
  for (const entry of entries) {
    const before = run
    run = evolve(before, entry.fact)
    past.push({ entry, before, after: run })
    mac = entry.mac
  }
  return { ...book, run, mac, past: past.slice(-PAST_MAX), journal: grown(book, entries) }
}

function grown({ journal, run }: RunBook, entries: readonly Entry[]): Entry[] {
  // Somebody else continued the same beginning in another way, or will: then this one gets its own.
  const isOwn = run.version > 0 && journal.length === run.version
  const own = isOwn ? (journal as Entry[]) : journal.slice(0, run.version)
  for (const entry of entries) own.push(entry)
  return own
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

/**
 * A copy's words are nobody's word against one's own, but where facts that only the copy has brought them anew;
 * and those of the erased are nobody's at all.
 */
export function withoutKnownWords(copy: RunBook, own: RunBook): RunBook {
  let common = Math.min(copy.run.version, own.run.version)
  while (macAt(copy, common) !== macAt(own, common)) common--
  const news = new Set(copy.journal.slice(common, copy.run.version).flatMap(({ fact }) => wordKeysSetBy(fact)))
  const isNew = ({ key }: Word) => news.has(key) || !own.words.has(key)
  const isSomebodys = ({ ownerId }: Word) => ownerId === null || copy.run.members.get(ownerId)?.isErased === false
  return { ...copy, words: copy.words.filter((word) => isNew(word) && isSomebodys(word)) }
}

/** The link at a version of this book; `undefined` beyond its end. */
export function macAt({ run, journal }: RunBook, version: number): string | undefined {
  if (version === 0) return CHAIN_START
  return version <= run.version ? journal[version - 1]?.mac : undefined
}
