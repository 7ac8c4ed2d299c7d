/** The checks of the fault runs, each shown hand-made histories that break its promise. */
import { describe, expect, test } from 'vitest'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { evolve, newRun } from '../../shared/run/evolve.ts'
import type { RunState } from '../../shared/run/state.ts'
import type { CommandId } from '../../shared/units.ts'
import { factsOf as factsIn } from '../support/given-run.ts'
import { aidar, claimed, dana, lena, raised, request, sunday, timur } from '../support/people.ts'
import { checkEffects } from './check-effects.ts'
import { checkFold } from './check-fold.ts'
import { checkJournal } from './check-journal.ts'
import { checkRemovals } from './check-removed.ts'
import { checkRequests, type FoundRequests } from './check-requests.ts'
import { checkSight, sightOf } from './check-sight.ts'
import { checkTrack } from './check-tracks.ts'
import { clockOps } from './clock-ops.ts'
import { anOp, ok, refused } from './hand-made.ts'

const bottle = request(1)
const raise = anOp({ type: 'raise-request', requestId: bottle, kind: 'water', quantity: 1, note: null }, aidar, 0, 1)
const claim = (byId = dana, fromMs = 10, toMs: number | null = 20, answer = ok(2)) =>
  anOp({ type: 'claim-request', requestId: bottle }, byId, fromMs, toMs, answer)
const release = (byId = dana, fromMs = 30, toMs: number | null = 40) =>
  anOp({ type: 'release-request', requestId: bottle }, byId, fromMs, toMs)
const found = (status: 'open' | 'claimed' | 'delivered' | 'cancelled', cyclistId = null as typeof dana | null) =>
  new Map([[bottle, { status, cyclistId, runnerId: aidar }]]) satisfies FoundRequests
const promises = (troubles: readonly { promise: string }[]) => troubles.map(({ promise }) => promise)

describe('requests', () => {
  test('[G2] of two who raced, one was told "yes" and the other who has it: fine', () => {
    const lost = claim(timur, 10, 21, refused('someone-else-has-it'))
    expect(checkRequests([raise, claim(), lost], found('claimed', dana))).toEqual([])
  })

  test('[G1] an acknowledged request that is gone is found', () => {
    expect(promises(checkRequests([raise], new Map()))).toEqual(['G1'])
  })

  test('[G1] a request that was never answered may be there or not', () => {
    const unknown = { ...raise, endedMs: null, answer: null }
    expect(checkRequests([unknown], new Map())).toEqual([])
    expect(checkRequests([unknown], found('open'))).toEqual([])
  })

  test('[G1] an acknowledged claim that is gone is found', () => {
    expect(promises(checkRequests([raise, claim()], found('open')))).toEqual(['G1'])
  })

  test('[G1] an acknowledged hand-over whose request is still open is found', () => {
    const given = {
      type: 'record-hand-over',
      handOverId: 'hov_1',
      runnerId: aidar,
      kind: 'water',
      quantity: 1,
    } as const
    const gave = { ...anOp(given as never, dana, 30, 40), about: bottle }
    expect(promises(checkRequests([raise, claim(), gave], found('claimed', dana)))).toEqual(['G1'])
    expect(checkRequests([raise, claim(), gave], found('delivered', dana))).toEqual([])
  })

  test('[G2] a lease that was over, a claim that was taken over and an assumed hand-over are fine', () => {
    const history = [raise, claim(dana, 10, 20), claim(timur, 30, 40)]
    const release = { type: 'request-released', requestId: bottle, reason: 'lease-over' } as const
    const assumed = { type: 'request-assumed', requestId: bottle } as const
    const over = clockOps(factsIn([raised(1, aidar), claimed(1, dana), release, claimed(1, timur)]))
    const taken = clockOps(factsIn([raised(1, aidar), claimed(1, dana), claimed(1, timur)]))
    expect(promises(checkRequests(history, found('claimed', timur)))).toEqual(['G1', 'G2'])
    expect(checkRequests([...history, ...over], found('claimed', timur))).toEqual([])
    expect(checkRequests([...history, ...taken], found('claimed', timur))).toEqual([])
    expect(promises(checkRequests(history.slice(0, 2), found('delivered', dana)))).toEqual(['G1'])
    const met = clockOps(factsIn([raised(1, aidar), claimed(1, dana), assumed]))
    expect(checkRequests([...history.slice(0, 2), ...met], found('delivered', dana))).toEqual([])
  })

  test('[G2] two who were both told "yes" are found', () => {
    expect(promises(checkRequests([raise, claim(dana), claim(timur)], found('claimed', timur)))).toContain('G2')
  })

  test('[G2] two who were told "yes" one after the other, with a release between, are fine', () => {
    const ops = [raise, claim(dana), release(dana), claim(timur, 50, 60)]
    expect(checkRequests(ops, found('claimed', timur))).toEqual([])
  })

  test('[G2] a second "yes" before the first had begun to give it back is found', () => {
    const ops = [raise, claim(dana), claim(timur, 22, 25), release(dana, 30, 40)]
    expect(promises(checkRequests(ops, found('claimed', timur)))).toEqual(['G1'])
  })

  test('[G2] being told that somebody else has what nobody has claimed is found', () => {
    const told = claim(timur, 10, 21, refused('someone-else-has-it'))
    expect(promises(checkRequests([raise, told], found('open')))).toEqual(['G1'])
  })

  test('[G1] a late answer does not make an earlier end wrong', () => {
    const cancelled = anOp({ type: 'cancel-request', requestId: bottle }, aidar, 5, 100)
    const late = claim(dana, 10, 20, refused('already-ended'))
    // "Already ended" for a claim, while the cancel was not answered yet: it had happened.
    expect(checkRequests([raise, cancelled, late], found('cancelled'))).toEqual([])
  })

  test('[G2] a request that nobody asked for is found', () => {
    expect(promises(checkRequests([], found('open')))).toEqual(['G2'])
  })
})

describe('the journal', () => {
  const fact = (version: number, commandId: string, event: RunEvent = claimed(1, dana)): Fact => ({
    version,
    atMs: 0,
    byId: dana,
    commandId: commandId as CommandId,
    event,
  })

  test('[G1] an acknowledged command without a fact is found', () => {
    expect(promises(checkJournal([raise], [fact(1, 'another')]))).toEqual(['G1'])
    expect(checkJournal([raise], [fact(1, raise.commandId)])).toEqual([])
  })

  test('[G1] a "yes" that changed nothing needs no fact, but a version that there is', () => {
    const again = claim(dana, 10, 20, ok(2, false))
    expect(checkJournal([again], [fact(1, 'a'), fact(2, 'b')])).toEqual([])
    expect(promises(checkJournal([again], [fact(1, 'a')]))).toEqual(['G1'])
  })

  test('[G2] a command that happened twice is found, one with two facts in a row is fine', () => {
    expect(promises(checkJournal([], [fact(1, 'a'), fact(2, 'b'), fact(3, 'a')]))).toEqual(['G2'])
    expect(checkJournal([], [fact(1, 'a'), fact(2, 'a'), fact(3, 'b')])).toEqual([])
  })

  test('[G1] a removal may stand in the journal under an id of the nodes', () => {
    const removal = anOp({ type: 'remove-member', memberId: aidar }, lena, 0, 1)
    expect(checkJournal([removal], [fact(1, 'of the nodes', { type: 'member-removed', memberId: aidar })])).toEqual([])
    expect(promises(checkJournal([removal], [fact(1, 'of the nodes')]))).toEqual(['G1'])
  })

  test('[G1] a hole is found', () => {
    expect(promises(checkJournal([], [fact(1, 'a'), fact(3, 'b')]))).toEqual(['G1'])
  })
})

describe('everything else', () => {
  const folded = (before: RunState, event: RunEvent): RunState => {
    const fact: Fact = { version: before.version + 1, atMs: 0, byId: lena, commandId: 'c' as CommandId, event }
    return evolve(before, fact)
  }
  const run = sunday.reduce(folded, newRun)

  test('[G1] an acknowledged message, hand-over, removal or "usual" without effect is found', () => {
    const ops = [
      anOp({ type: 'send-message', messageId: 'msg_1' as never, text: 'x', groupId: null }, lena, 0, 1),
      anOp({ type: 'remove-member', memberId: aidar }, lena, 0, 1),
      anOp({ type: 'set-usual', kind: 'water', quantity: 2, note: null }, aidar, 0, 1),
    ]
    expect(promises(checkEffects(ops, run))).toEqual(['G1', 'G1', 'G1'])
    expect(
      checkEffects(
        ops.map((op) => ({ ...op, answer: null, endedMs: null })),
        run,
      ),
    ).toEqual([])
  })

  test('[G1] the last "usual" counts, and an unknown one after it may', () => {
    const usual = (quantity: number, answer: ReturnType<typeof ok> | null) =>
      anOp({ type: 'set-usual', kind: 'gel', quantity, note: null }, aidar, quantity, null, answer)
    const set = (quantity: number) =>
      folded(run, { type: 'usual-set', memberId: aidar, kind: 'gel', quantity, hasNote: false })
    expect(checkEffects([usual(1, ok(1)), usual(2, ok(2))], set(2))).toEqual([])
    expect(promises(checkEffects([usual(1, ok(1)), usual(2, ok(2))], set(1)))).toEqual(['G1'])
    expect(checkEffects([usual(1, ok(1)), usual(2, null)], set(2))).toEqual([])
    expect(checkEffects([usual(1, ok(1)), usual(2, null)], set(1))).toEqual([])
  })

  test('[G4] a phone that shows something else, or stands elsewhere, is found', () => {
    const words = { values: () => [] }
    const asked = folded(run, raised(1, aidar))
    const [before, after] = [sightOf({ run, words }), sightOf({ run: asked, words })]
    expect(checkSight('Dana', after, after)).toEqual([])
    expect(promises(checkSight('Dana', before, after))).toEqual(['G4'])
    expect(promises(checkSight('Dana', { ...after, version: 6 }, after))).toEqual(['G4'])
  })

  test('[G4] a leader who is shown something else than the journal says is found', () => {
    const facts = sunday.map(
      (event, i): Fact => ({ version: i + 1, atMs: 0, byId: lena, commandId: 'c' as CommandId, event }),
    )
    expect(checkFold(facts, run)).toEqual([])
    expect(promises(checkFold(facts.slice(0, -1), run))).toEqual(['G4'])
  })

  test('[G6] who is out late, never, or let in again is found; under a fault lateness is excused', () => {
    const removal = { memberId: aidar, outAfterMs: 500, wasDisturbed: false, letInBy: [] }
    expect(checkRemovals([removal], 2_000)).toEqual([])
    expect(promises(checkRemovals([{ ...removal, outAfterMs: 2_500 }], 2_000))).toEqual(['G6'])
    expect(checkRemovals([{ ...removal, outAfterMs: 2_500, wasDisturbed: true }], 2_000)).toEqual([])
    expect(promises(checkRemovals([{ ...removal, outAfterMs: null, wasDisturbed: true }], 2_000))).toEqual(['G6'])
    expect(promises(checkRemovals([{ ...removal, letInBy: [2] }], 2_000))).toEqual(['G6'])
  })
})

describe('tracks', () => {
  test('[G3] a lost, doubled, foreign or disordered fix is found', () => {
    expect(checkTrack('Aidar', ['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual([])
    expect(checkTrack('Aidar', ['a', 'b', 'c'], ['a', 'c'])).toMatchObject([{ what: '1 of 3 fixes are lost: no 2' }])
    expect(checkTrack('Aidar', ['a', 'b'], ['a', 'b', 'b'])).toMatchObject([{ what: '1 fixes are there twice' }])
    expect(checkTrack('Aidar', ['a'], ['a', 'x'])).toMatchObject([{ what: '1 points were never recorded' }])
    expect(checkTrack('Aidar', ['a', 'b'], ['b', 'a'])).toMatchObject([{ what: '1 fixes are out of order' }])
  })

  test('[G3] of a member who was removed only what had been confirmed must be there', () => {
    expect(checkTrack('Leaver', ['a', 'b', 'c'], ['a', 'b'], 2)).toEqual([])
    expect(checkTrack('Leaver', ['a', 'b', 'c'], ['a'], 2)).toHaveLength(1)
  })
})
