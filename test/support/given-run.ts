/** given(history).when(wish, who).gives(facts): the whole language of the rules' tests. */
import { expect } from 'vitest'
import { decide } from '../../server/core/decide.ts'
import type { Wish, World } from '../../server/core/decision.ts'
import type { RefusalCode } from '../../shared/protocol/errors.ts'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import { type CommandId, HOUR_MS, type MemberId } from '../../shared/units.ts'
import { START_MS } from './people.ts'

/** When a test says nothing of time: what happened did so at the start, and the wish comes an hour later. */
export const NOW_MS = START_MS + HOUR_MS

/** For the compiler: what is written out in a test is an event, or a wish. */
export const event = <Told extends RunEvent>(told: Told): Told => told
export const wishes = (told: Wish): Wish => told

type Happened = { readonly event: RunEvent; readonly atMs?: number; readonly byId?: MemberId | null }
export type Past = RunEvent | Happened

export const at = (atMs: number, event: RunEvent): Happened => ({ event, atMs })
export const by = (byId: MemberId, event: RunEvent): Happened => ({ event, byId })

export const factsOf = (history: readonly Past[]): Fact[] =>
  history.map((past, i) => ({
    version: i + 1,
    atMs: START_MS,
    byId: null,
    commandId: 'cmd_000000000000' as CommandId,
    ...('event' in past ? past : { event: past }),
  }))

export const runOf = (...history: Past[]): RunState => factsOf(history).reduce(evolve, newRun)

export const given = (...history: Past[]) => ({
  when(wish: Wish, byId: MemberId | null, world: Partial<World> = {}) {
    const decision = decide(runOf(...history), wish, byId, {
      nowMs: NOW_MS,
      placeOf: () => undefined,
      alongM: () => undefined,
      ...world,
    })
    return {
      gives: (...events: RunEvent[]) => expect(decision).toEqual({ ok: true, events, words: [] }),
      givesWithWords: (words: readonly Word[], ...events: RunEvent[]) =>
        expect(decision).toEqual({ ok: true, events, words }),
      givesNothing: () => expect(decision).toEqual({ ok: true, events: [], words: [] }),
      isRefused: (code: RefusalCode, field?: string) =>
        expect(decision).toMatchObject({ ok: false, code, ...(field && { field }) }),
    }
  },
})
