/**
 * Brings what this node knows of a run in step with the store: reads what others added, gives back what the
 * store lost, and finds what was lost on a fork. Truth is the longest chain that verifies; the store says
 * which of two that part is the run's, and the facts of the other are folded in again (core/readmit.ts).
 */
import { PersistentMap } from '../../shared/persistent-map.ts'
import type { Fact } from '../../shared/run/events.ts'
import { noWord, wordKeysTakenBackBy } from '../../shared/run/words.ts'
import type { RunId } from '../../shared/units.ts'
import { isChain } from '../core/chain.ts'
import { dueAtMs } from '../core/decide-wake.ts'
import { type Addition, type Entry, type Head, StoreAway } from '../store/store.ts'
import type { House } from './house.ts'
import { emptyBook, macAt, type RunBook, withEntries, withWords } from './run-book.ts'

const PAGE = 1_000

export type InStep =
  | {
      readonly is: 'here'
      readonly book: RunBook
      readonly life: string
      /** What the book has more than the one that was given; all of it when that was rebuilt or given back. */
      readonly added: readonly Entry[]
      /** The store had lost something of the given book, or has another chain: phones may stand on what is gone. */
      readonly isRebuilt: boolean
      /** Facts of the given book that the store's journal does not have, to be folded in again. */
      readonly lost: readonly Fact[]
    }
  | { readonly is: 'forgotten' }

/** @throws Error for a journal that does not verify: somebody else wrote it. StoreAway when the store is. */
export async function inStep(house: House, runId: RunId, chainKey: Buffer, book: RunBook): Promise<InStep> {
  const { store } = house
  let hasGivenBack = false
  for (;;) {
    const head = await headOf(house, runId)
    if (head.isForgotten) return { is: 'forgotten' }
    const { version } = book.run
    if (head.version === version && head.mac !== book.mac) return forked(head)
    if (head.version >= version) {
      const entries = await readFrom(version)
      return isChain(chainKey, book.mac, entries) ? grown(head, entries) : forked(head)
    }
    // The store is behind: given back where it is our own beginning, a fork otherwise.
    if (macAt(book, head.version) !== head.mac) return forked(head)
    hasGivenBack = true
    await giveBack(head)
  }

  async function readFrom(version: number): Promise<Entry[]> {
    const all: Entry[] = []
    for (;;) {
      const entries = await store.read(runId, version + all.length, PAGE)
      all.push(...entries)
      if (entries.length < PAGE) return all
    }
  }

  async function grown({ life }: Head, entries: readonly Entry[]): Promise<InStep> {
    const grownBook = withEntries(book, entries)
    const added = hasGivenBack ? grownBook.journal.slice(0, grownBook.run.version) : entries
    const next = added.length > 0 ? await withStoredWords(grownBook) : grownBook
    return { is: 'here', book: next, life, added, isRebuilt: hasGivenBack, lost: [] }
  }

  async function withStoredWords(next: RunBook): Promise<RunBook> {
    return withWords({ ...next, words: PersistentMap.empty() }, await store.readWords(runId))
  }

  async function giveBack({ version, mac }: Head): Promise<void> {
    const entries = book.journal.slice(version, Math.min(version + PAGE, book.run.version))
    await store.append(runId, version, wholeAddition(book, mac, entries))
    // Appended or not: another node may have been faster. The next look tells.
  }

  async function forked({ life }: Head): Promise<InStep> {
    const theirs = await readFrom(0)
    if (!isChain(chainKey, '', theirs)) throw new Error(`the journal of ${runId} does not verify`)
    const known = new Set(theirs.map(({ mac }) => mac))
    const lost = book.journal.slice(0, book.run.version).filter(({ mac }) => !known.has(mac))
    return {
      is: 'here',
      book: await withStoredWords(withEntries(emptyBook, theirs)),
      life,
      added: theirs,
      isRebuilt: true,
      lost: lost.map(({ fact }) => fact),
    }
  }
}

export async function headOf({ store }: House, runId: RunId): Promise<Head> {
  const [head] = await store.heads([runId])
  if (!head) throw new StoreAway('the part of the store that holds the run is away')
  return head
}

/** All that belongs to a run beside its facts, as the whole book tells it. */
function wholeAddition({ run, words }: RunBook, afterMac: string, entries: readonly Entry[]): Addition {
  const members = [...run.members.values()]
  // An older store must not keep what was taken back.
  const takenBack = entries.flatMap(({ fact }) => wordKeysTakenBackBy(fact)).filter((key) => !words.has(key))
  return {
    afterMac,
    entries,
    words: [...words.values(), ...takenBack.map(noWord)],
    wakeAtMs: dueAtMs(run),
    attach: members.flatMap(({ memberId, trackerIds }) => trackerIds.map((trackerId) => ({ trackerId, memberId }))),
    detach: [],
    erase: members.filter(({ isErased }) => isErased).map(({ memberId }) => memberId),
  }
}
