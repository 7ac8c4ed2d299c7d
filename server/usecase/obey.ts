/**
 * The one way anything becomes fact: a queue per run and node. Drain it, decide all, append once;
 * if another node was faster, read what it wrote and decide again until the deadline.
 */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import { type CommandId, type MemberId, type RunId, SECOND_MS } from '../../shared/units.ts'
import { linkOf } from '../core/chain.ts'
import { decide } from '../core/decide.ts'
import { dueAtMs } from '../core/decide-wake.ts'
import type { Decision, Wish, World } from '../core/decision.ts'
import type { Addition, Entry } from '../store/store.ts'
import type { House } from './house.ts'
import { caughtUp, type RunBook, withEntries, withoutWordsOf, withWords } from './run-book.ts'

const DEADLINE_MS = 2.5 * SECOND_MS
const BATCH_MAX = 200
const QUEUE_MAX = 2_000

/** `event`: the first fact's, when the wish became one, now or when it was first sent; `null` when nothing had to change. */
export type Obeyed = { readonly ok: true; readonly version: number; readonly event: RunEvent | null } | Refusal

type Waiting = {
  readonly wish: Wish
  readonly byId: MemberId | null
  readonly commandId: CommandId
  readonly deadlineMs: number
  readonly answer: (obeyed: Obeyed) => void
}

export type Obedience = {
  obey(wish: Wish, byId: MemberId | null, commandId: CommandId): Promise<Obeyed>
  isIdle(): boolean
}

/**
 * @param keep what holds the book; `replace` is called after each successful append, with the entries added.
 */
export function obedience(
  house: House,
  runId: RunId,
  keep: { book: () => RunBook; replace: (book: RunBook, added: readonly Entry[]) => void; placeOf: World['placeOf'] },
): Obedience {
  const { store, clock } = house
  const chainKey = house.seals.chainKey(runId)
  const queue: Waiting[] = []
  let isDraining = false

  async function drain(): Promise<void> {
    isDraining = true
    while (queue.length > 0) {
      const batch = queue.splice(0, BATCH_MAX)
      try {
        await obeyAll(batch)
      } catch (fault) {
        // The store is away or full. Nothing was promised, so the phones keep their wishes and ask again.
        house.onFault(fault, 'append')
        for (const waiting of batch) waiting.answer(refuse('retry-later', { retryAfterMs: SECOND_MS }))
      }
    }
    // Here and not in a `finally`: nothing may be queued between the last look and this line.
    isDraining = false
  }

  async function obeyAll(batch: readonly Waiting[]): Promise<void> {
    let left = batch
    while (left.length > 0) {
      const known = await firstFacts(left.map((waiting) => waiting.commandId))
      const draft = drafted(left, known)
      if (draft.entries.length === 0 || (await appended(draft))) {
        for (const [waiting, obeyed] of draft.answers) waiting.answer(obeyed)
        return
      }
      const book = await caughtUp(store, runId, keep.book())
      keep.replace(book, [])
      left = left.filter((waiting) => {
        const isInTime = performance.now() < waiting.deadlineMs
        if (!isInTime) waiting.answer(refuse('retry-later', { retryAfterMs: SECOND_MS }))
        return isInTime
      })
    }
  }

  async function firstFacts(commandIds: readonly CommandId[]): Promise<Map<CommandId, Fact>> {
    const facts = new Map<CommandId, Fact>()
    for (const [commandId, version] of await store.firstVersions(runId, commandIds)) {
      const [entry] = await store.read(runId, version - 1, 1)
      if (entry) facts.set(commandId, entry.fact)
    }
    return facts
  }

  function drafted(waitings: readonly Waiting[], known: Map<CommandId, Fact>): Draft {
    const nowMs = clock.nowMs()
    const draft: Draft = { run: keep.book().run, mac: keep.book().mac, entries: [], words: [], answers: [] }
    for (const waiting of waitings) {
      const { byId, commandId } = waiting
      const first = known.get(commandId)
      if (first !== undefined) {
        draft.answers.push([waiting, answeredBefore(first, byId)])
        continue
      }
      const decision = decided(draft.run, waiting, nowMs)
      if (!decision.ok) {
        draft.answers.push([waiting, decision])
        continue
      }
      const version = draft.run.version + (decision.events.length > 0 ? 1 : 0)
      for (const event of decision.events) {
        const fact = { version: draft.run.version + 1, atMs: nowMs, byId, commandId, event }
        draft.mac = linkOf(chainKey, draft.mac, fact)
        draft.entries.push({ fact, mac: draft.mac })
        draft.run = evolve(draft.run, fact)
        if (!known.has(commandId)) known.set(commandId, fact)
      }
      draft.words.push(...decision.words)
      draft.answers.push([waiting, { ok: true, version, event: decision.events[0] ?? null }])
    }
    return draft
  }

  /** A bug met by one wish is not the others' in its batch. */
  function decided(run: RunState, { wish, byId }: Waiting, nowMs: number): Decision {
    try {
      return decide(run, wish, byId, { nowMs, placeOf: keep.placeOf })
    } catch (fault) {
      house.onFault(fault, `decide ${wish.type}`)
      return refuse('internal')
    }
  }

  async function appended(draft: Draft): Promise<boolean> {
    const book = keep.book()
    const addition = additionOf(draft)
    if ((await store.append(runId, book.run.version, addition)) === 'conflict') return false
    let next = withWords(withEntries(book, draft.entries), draft.words)
    for (const memberId of addition.erase) next = withoutWordsOf(next, memberId)
    keep.replace(next, draft.entries)
    return true
  }

  return {
    obey: (wish, byId, commandId) =>
      new Promise((answer) => {
        if (queue.length >= QUEUE_MAX) return answer(refuse('too-many', { retryAfterMs: SECOND_MS }))
        queue.push({ wish, byId, commandId, deadlineMs: performance.now() + DEADLINE_MS, answer })
        if (!isDraining) void drain()
      }),
    isIdle: () => !isDraining && queue.length === 0,
  }
}

/** Ids travel in facts, so whoever repeats another's learns nothing and changes nothing. */
const answeredBefore = (first: Fact, byId: MemberId | null): Obeyed =>
  first.byId === byId
    ? { ok: true, version: first.version, event: first.event }
    : refuse('malformed', { field: 'commandId', detail: 'this id is taken' })

type Draft = {
  run: RunState
  mac: string
  readonly entries: Entry[]
  readonly words: Word[]
  readonly answers: [Waiting, Obeyed][]
}

type TrackerChange = Extract<RunEvent, { type: 'tracker-attached' | 'tracker-detached' }>

function additionOf({ run, entries, words }: Draft): Addition {
  const events = entries.map(({ fact }) => fact.event)
  // Attached and detached in one breath: the last word counts.
  const lastByTracker = new Map<string, TrackerChange>()
  for (const event of events)
    if (event.type === 'tracker-attached' || event.type === 'tracker-detached')
      lastByTracker.set(`${event.trackerId}/${event.memberId}`, event)
  const trackerChanges = [...lastByTracker.values()]
  return {
    entries,
    words,
    wakeAtMs: dueAtMs(run),
    attach: trackerChanges.filter((event) => event.type === 'tracker-attached'),
    detach: trackerChanges.filter((event) => event.type === 'tracker-detached'),
    erase: events.filter((event) => event.type === 'member-erased').map(({ memberId }) => memberId),
  }
}
