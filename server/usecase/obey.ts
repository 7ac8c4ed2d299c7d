/**
 * The one way anything becomes fact, and the one hand that turns the pages of a run's book: a queue per run
 * and node. Drain it, decide all, append once; if another node was faster, or the store has lost or gained
 * something, come in step with it and decide again until the deadline.
 */
import { refuse } from '../../shared/protocol/errors.ts'
import type { Fact } from '../../shared/run/events.ts'
import { type CommandId, type MemberId, type RunId, SECOND_MS } from '../../shared/units.ts'
import type { Wish, World } from '../core/decision.ts'
import { lostWishes } from '../core/readmit.ts'
import { type Entry, StoreAway } from '../store/store.ts'
import { additionOf, type Draft, draftOf, type Obeyed, type Wanted } from './draft.ts'
import type { House } from './house.ts'
import { type InStep, inStep } from './in-step.ts'
import { factsNews } from './news.ts'
import { type RunBook, withEntries, withoutWordsOf, withWords } from './run-book.ts'

/** Within this a wish is answered, whatever the store does. */
const DEADLINE_MS = 2.5 * SECOND_MS
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
}

type Seen = Extract<InStep, { is: 'here' }>

export type BookKeeper = {
  readonly book: () => RunBook
  readonly placeOf: World['placeOf']
  /** After each change: with the entries it added. `isRebuilt`: not by continuing what was told before. */
  readonly turned: (book: RunBook, added: readonly Entry[], isRebuilt: boolean) => void
  /** After each look at the store, once the book was turned. */
  readonly looked: (seen: Seen) => void
  readonly forgotten: () => void
}

export function obedience(house: House, runId: RunId, keep: BookKeeper): Obedience {
  const { store, clock } = house
  const chainKey = house.seals.chainKey(runId)
  const queue: Waiting[] = []
  const copies: { copy: RunBook; done: () => void; failed: (fault: unknown) => void }[] = []
  const doubters: { done: () => void; failed: (fault: unknown) => void }[] = []
  let isDraining = false
  /** An append without an answer may be in the journal all the same. */
  let isUnsure = false

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
        if (await look()) await lookWith(waiting.copy)
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

  const look = () => lookWith(keep.book())

  /** `false` when the run is forgotten. */
  async function lookWith(book: RunBook): Promise<boolean> {
    const seen = await inStep(house, runId, book)
    isUnsure = false
    if (seen.is === 'forgotten') {
      keep.forgotten()
      return false
    }
    keep.turned(seen.book, seen.added, seen.isRebuilt)
    keep.looked(seen)
    for (const { commandId, byId, wish } of lostWishes(seen.lost, book.words))
      queue.push({ wish, byId, commandId, deadlineMs: Number.POSITIVE_INFINITY, answer: () => undefined })
    return true
  }

  async function obeyNext(): Promise<void> {
    const batch = queue.splice(0, BATCH_MAX)
    if (batch.length === 0) return
    try {
      if (isUnsure) await look()
      await obeyAll(batch)
    } catch (fault) {
      // The store is away or full. Nothing was promised, so the phones keep their wishes and ask again.
      isUnsure = true
      if (!(fault instanceof StoreAway)) house.onFault(fault, 'append')
      for (const waiting of batch) later(waiting)
    }
  }

  /** What was true once is not given up because the store is away. */
  function later(waiting: Waiting): void {
    if (waiting.wish.type !== 'readmit') waiting.answer(refuse('retry-later', { retryAfterMs: SECOND_MS }))
    else setTimeout(() => enqueue(waiting), SECOND_MS)
  }

  async function obeyAll(batch: readonly Waiting[]): Promise<void> {
    let left = batch
    while (left.length > 0) {
      const known = await firstFacts(left.map((waiting) => waiting.commandId))
      const world = { nowMs: clock.nowMs(), placeOf: keep.placeOf }
      const draft = draftOf(keep.book(), left, known, { chainKey, world, onFault: house.onFault })
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

  async function firstFacts(commandIds: readonly CommandId[]): Promise<Map<CommandId, Fact>> {
    const facts = new Map<CommandId, Fact>()
    for (const [commandId, version] of await store.firstVersions(runId, commandIds)) {
      const [entry] = await store.read(runId, version - 1, 1)
      if (entry) facts.set(commandId, entry.fact)
    }
    return facts
  }

  /** `false`: another node was faster, or the store is not where this book is. */
  async function isFact(draft: Draft): Promise<boolean> {
    const book = keep.book()
    if (draft.entries.length === 0) {
      // A yes that changes nothing vouches for what was read.
      if (draft.answers.some(({ ok }) => ok)) await store.confirm(runId)
      return true
    }
    const addition = additionOf(draft, book.mac)
    if ((await store.append(runId, book.run.version, addition)) === 'conflict') return false
    let next = withWords(withEntries(book, draft.entries), draft.words)
    for (const memberId of addition.erase) next = withoutWordsOf(next, memberId)
    keep.turned(next, draft.entries, false)
    if (book.run.version === 0) await look() // a run that begins gets its life
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
        const timer = setTimeout(() => resolve(refuse('retry-later', { retryAfterMs: SECOND_MS })), DEADLINE_MS)
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
    isIdle: () => !isDraining,
  }
}
