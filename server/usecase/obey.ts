/**
 * The one way anything becomes fact, and the one hand that turns the pages of a run's book: a queue per run
 * and node. Drain it, decide all, append once; if another node was faster, or the store has lost or gained
 * something, come in step with it and decide again until the deadline.
 */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Fact } from '../../shared/run/events.ts'
import { type CommandId, type MemberId, type RunId, SECOND_MS } from '../../shared/units.ts'
import type { Wish, World } from '../core/decision.ts'
import { type LostWish, lostWishes } from '../core/readmit.ts'
import { type Entry, StoreAway } from '../store/store.ts'
import { awayRefusal } from './away.ts'
import { additionOf, type Draft, draftOf, type Obeyed, type Wanted } from './draft.ts'
import type { House } from './house.ts'
import { type InStep, inStep } from './in-step.ts'
import { factsNews } from './news.ts'
import { macAt, type RunBook, withEntries, withoutKnownWords, withoutWordsOf, withWords } from './run-book.ts'

/** Within this a wish is answered, whatever the store does; the doors take a little of the 2.5 s that are promised. */
const DEADLINE_MS = 2.2 * SECOND_MS
const BATCH_MAX = 200
const QUEUE_MAX = 2_000

type Waiting = Wanted & {
  readonly deadlineMs: number
  /** Once; later answers go nowhere. */
  readonly answer: (obeyed: Obeyed) => void
}

export type Obedience = {
  /** @param commandId made by whoever wishes: asked again it is the same wish, and its first answer. */
  obey(wish: Wish, byId: MemberId | null, commandId: CommandId): Promise<Obeyed>
  /** The store may know something else than the book: looks soon, and resolves after a look that began later. */
  doubt(): Promise<void>
  /** Holds another copy of the journal against the store's: each gets what the other lacks. */
  merge(copy: RunBook): Promise<void>
  isIdle(): boolean
  /** Something is known to be true that the journal does not have yet. */
  isBehind(): boolean
}

type Seen = Extract<InStep, { is: 'here' }>

export type BookKeeper = {
  readonly book: () => RunBook
  readonly placeOf: World['placeOf']
  readonly alongM: World['alongM']
  /** After each change: with the entries it added. `isRebuilt`: not by continuing what was told before. */
  readonly turned: (book: RunBook, added: readonly Entry[], isRebuilt: boolean) => void
  /** After each look at the store, once the book was turned. */
  readonly looked: (seen: Seen) => void
  /** What this node has made fact, or finds in the journal after an append that was not answered; nothing that a store had lost. */
  readonly appended?: (added: readonly Entry[]) => void
  /** What must be true besides, whatever the store says: proposed after each look. */
  readonly owed: () => readonly LostWish[]
  readonly forgotten: () => void
}

export function obedience(house: House, runId: RunId, keep: BookKeeper): Obedience {
  const { store, clock } = house
  const chainKey = house.seals.chainKey(runId)
  const queue: Waiting[] = []
  const copies: { copy: RunBook; done: () => void; failed: (fault: unknown) => void }[] = []
  const doubters: { done: () => void; failed: (fault: unknown) => void }[] = []
  /** True once, and not in the journal now: enters before anything new. */
  let lost: LostWish[] = []
  let isDraining = false
  /** An append without an answer may be in the journal all the same. */
  let isUnsure = false
  /** What such an append would have added. */
  let unsureOf: ReadonlySet<CommandId> = new Set()

  async function drain(): Promise<void> {
    if (isDraining) return
    isDraining = true
    while (queue.length + doubters.length + copies.length > 0) {
      await mergeCopies()
      if (doubters.length > 0) await settle(doubters.splice(0), look)
      await obeyNext()
    }
    // Here and not in a `finally`: nothing may be queued between the last look and this line.
    isDraining = false
  }

  /** The own book first: what only it knows is in the store before the copy is held against that. */
  async function mergeCopies(): Promise<void> {
    for (const waiting of copies.splice(0))
      await settle([waiting], async () => {
        if (!(await look()) || macAt(keep.book(), waiting.copy.run.version) === waiting.copy.mac) return
        await lookWith(withoutKnownWords(waiting.copy, keep.book()))
        await admitLost()
      })
  }

  async function settle(
    waiting: readonly { done: () => void; failed: (fault: unknown) => void }[],
    work: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await work()
      for (const { done } of waiting) done()
    } catch (fault) {
      for (const { failed } of waiting) failed(fault)
    }
  }

  /** `false` when the run is forgotten. Afterwards nothing is missing that is known to be true. */
  async function look(): Promise<boolean> {
    return (await lookWith(keep.book())) && admitLost()
  }

  async function lookWith(book: RunBook): Promise<boolean> {
    const seen = await inStep(house, runId, chainKey, book)
    isUnsure = false
    if (seen.is === 'forgotten') {
      lost = []
      keep.forgotten()
      return false
    }
    keep.turned(seen.book, seen.added, seen.isRebuilt)
    if (unsureOf.size > 0) keep.appended?.(seen.added.filter(({ fact }) => unsureOf.has(fact.commandId)))
    unsureOf = new Set()
    keep.looked(seen)
    lost.push(...keep.owed(), ...lostWishes(seen.lost, book.words))
    return true
  }

  async function admitLost(): Promise<boolean> {
    while (lost.length > 0) {
      const batch = lost.slice(0, BATCH_MAX)
      const draft = await drafted(batch)
      if (await isFact(draft, 'known before')) lost = lost.slice(batch.length)
      else if (!(await lookWith(keep.book()))) return false
    }
    return true
  }

  async function obeyNext(): Promise<void> {
    const batch = queue.splice(0, BATCH_MAX)
    if (batch.length === 0) return
    try {
      if ((isUnsure || lost.length > 0) && !(await look())) return refuseAll(batch)
      await obeyAll(batch)
    } catch (fault) {
      // The store is away or full. Nothing was promised, so the phones keep their wishes and ask again.
      isUnsure = true
      if (!(fault instanceof StoreAway)) house.onFault(fault, 'append')
      for (const { answer } of batch) answer(awayRefusal())
    }
  }

  async function obeyAll(batch: readonly Waiting[]): Promise<void> {
    let left = batch
    while (left.length > 0) {
      const draft = await drafted(left)
      if (await isFact(draft)) {
        for (const [i, waiting] of left.entries()) waiting.answer(draft.answers[i] as Obeyed)
        return
      }
      if (!(await look())) return refuseAll(left)
      left = left.filter((waiting) => performance.now() < waiting.deadlineMs)
    }
  }

  function refuseAll(waitings: readonly Waiting[]): void {
    for (const { answer } of waitings) answer(refuse('not-a-member'))
  }

  async function drafted(wanted: readonly Wanted[]): Promise<Draft> {
    const known = await firstFacts(wanted.map(({ commandId }) => commandId))
    const world = {
      nowMs: clock.nowMs(),
      placeOf: keep.placeOf,
      alongM: keep.alongM,
      maySendToLoopback: house.pushes?.mayBeLoopback,
    }
    return draftOf(keep.book(), wanted, known, { chainKey, world, onFault: house.onFault })
  }

  async function firstFacts(commandIds: readonly CommandId[]): Promise<Map<CommandId, Fact>> {
    const facts = new Map<CommandId, Fact>()
    for (const [commandId, version] of await store.firstVersions(runId, commandIds)) {
      const held = keep.book().journal[version - 1]
      const entry = held?.fact.commandId === commandId ? held : (await store.read(runId, version - 1, 1))[0]
      if (entry) facts.set(commandId, entry.fact)
    }
    return facts
  }

  /** `false`: another node was faster, or the store is not where this book is. */
  async function isFact(draft: Draft, what: 'news' | 'known before' = 'news'): Promise<boolean> {
    const book = keep.book()
    if (draft.entries.length === 0) {
      // A yes that changes nothing vouches for what was read.
      if (draft.answers.some(({ ok }) => ok)) await store.confirm(runId)
      return true
    }
    const addition = additionOf(draft, book.mac)
    if (what === 'news') unsureOf = new Set(draft.entries.map(({ fact }) => fact.commandId))
    const appended = await store.append(runId, book.run.version, addition)
    unsureOf = new Set()
    if (appended === 'conflict') return false
    let next = withWords(withEntries(book, draft.entries), draft.words)
    for (const memberId of addition.erase) next = withoutWordsOf(next, memberId)
    keep.turned(next, draft.entries, false)
    if (what === 'news') keep.appended?.(draft.entries)
    if (book.run.version === 0) await lookWith(next) // a run that begins gets its life
    house.bus.tell(runId, factsNews(next.run.version))
    return true
  }

  function enqueue(waiting: Waiting): void {
    queue.push(waiting)
    void drain()
  }

  return {
    obey: (wish, byId, commandId) =>
      new Promise((resolve) => {
        if (queue.length >= QUEUE_MAX) return resolve(refuse('too-many', { retryAfterMs: SECOND_MS }))
        const deadlineMs = performance.now() + DEADLINE_MS
        const timer = setTimeout(() => resolve(awayRefusal()), DEADLINE_MS)
        const answer = (obeyed: Obeyed) => {
          clearTimeout(timer)
          resolve(obeyed)
        }
        enqueue({ wish, byId, commandId, deadlineMs, answer })
      }),
    doubt: () =>
      new Promise((done, failed) => {
        doubters.push({ done, failed })
        void drain()
      }),
    merge: (copy) =>
      new Promise((done, failed) => {
        copies.push({ copy, done, failed })
        void drain()
      }),
    isIdle: () => !isDraining && lost.length === 0,
    isBehind: () => lost.length > 0,
  }
}
