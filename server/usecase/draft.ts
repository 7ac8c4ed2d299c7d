/** What a batch of wishes would make of a run: facts with their links, words, and an answer for each wish. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import type { CommandId, MemberId } from '../../shared/units.ts'
import { linkOf } from '../core/chain.ts'
import { decide } from '../core/decide.ts'
import { dueAtMs } from '../core/decide-wake.ts'
import type { Decision, Wish, World } from '../core/decision.ts'
import type { Addition, Entry } from '../store/store.ts'
import type { RunBook } from './run-book.ts'

/** `event`: the first fact's, when the wish became one, now or when it was first sent; `null` when nothing had to change. */
export type Obeyed = { readonly ok: true; readonly version: number; readonly event: RunEvent | null } | Refusal

export type Wanted = { readonly wish: Wish; readonly byId: MemberId | null; readonly commandId: CommandId }

export type Draft = {
  run: RunState
  mac: string
  readonly entries: Entry[]
  readonly words: Word[]
  /** In the order of the wishes. */
  readonly answers: Obeyed[]
}

/** @param known the first fact of each command that is in the journal already. */
export function draftOf(
  book: RunBook,
  wanted: readonly Wanted[],
  known: ReadonlyMap<CommandId, Fact>,
  { chainKey, world, onFault }: { chainKey: Buffer; world: World; onFault: (fault: unknown, where: string) => void },
): Draft {
  const draft: Draft = { run: book.run, mac: book.mac, entries: [], words: [], answers: [] }
  const firstFacts = new Map(known)
  for (const { wish, byId, commandId } of wanted) {
    const first = firstFacts.get(commandId)
    if (first !== undefined) {
      draft.answers.push(answeredBefore(first, byId))
      continue
    }
    const decision = decided(wish, byId)
    if (!decision.ok) {
      draft.answers.push(decision)
      continue
    }
    const version = draft.run.version + (decision.events.length > 0 ? 1 : 0)
    const atMs = wish.type === 'readmit' ? wish.atMs : world.nowMs
    for (const event of decision.events) {
      const fact = { version: draft.run.version + 1, atMs, byId, commandId, event }
      draft.mac = linkOf(chainKey, draft.mac, fact)
      draft.entries.push({ fact, mac: draft.mac })
      draft.run = evolve(draft.run, fact)
      if (!firstFacts.has(commandId)) firstFacts.set(commandId, fact)
    }
    draft.words.push(...decision.words)
    draft.answers.push({ ok: true, version, event: decision.events[0] ?? null })
  }
  return draft

  /** A bug met by one wish is not the others' in its batch. */
  function decided(wish: Wish, byId: MemberId | null): Decision {
    try {
      return decide(draft.run, wish, byId, world)
    } catch (fault) {
      onFault(fault, `decide ${wish.type}`)
      return refuse('internal')
    }
  }
}

/** Ids travel in facts, so whoever repeats another's learns nothing and changes nothing. */
const answeredBefore = (first: Fact, byId: MemberId | null): Obeyed =>
  first.byId === byId
    ? { ok: true, version: first.version, event: first.event }
    : refuse('malformed', { field: 'commandId', detail: 'this id is taken' })

type TrackerChange = Extract<RunEvent, { type: 'tracker-attached' | 'tracker-detached' }>

export function additionOf({ run, entries, words }: Draft, afterMac: string): Addition {
  const events = entries.map(({ fact }) => fact.event)
  // Attached and detached in one breath: the last word counts.
  const lastByTracker = new Map<string, TrackerChange>()
  for (const event of events)
    if (event.type === 'tracker-attached' || event.type === 'tracker-detached')
      lastByTracker.set(`${event.trackerId}/${event.memberId}`, event)
  const trackerChanges = [...lastByTracker.values()]
  return {
    afterMac,
    entries,
    words,
    wakeAtMs: dueAtMs(run),
    attach: trackerChanges.filter((event) => event.type === 'tracker-attached'),
    detach: trackerChanges.filter((event) => event.type === 'tracker-detached'),
    erase: events.filter((event) => event.type === 'member-erased').map(({ memberId }) => memberId),
  }
}
