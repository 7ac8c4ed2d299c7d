import { expect, test } from 'vitest'
import { decide } from '../../server/core/decide.ts'
import { lostWishes } from '../../server/core/readmit.ts'
import type { Fact, RunEvent } from '../../shared/run/events.ts'
import { evolve } from '../../shared/run/evolve.ts'
import { noWord, wordKey } from '../../shared/run/words.ts'
import { type CommandId, type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { everyEvent } from '../support/every-event.ts'
import { event, factsOf, given, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, raised, sunday, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const readmit = (...events: RunEvent[]) =>
  wishes({ type: 'readmit', events, words: [], atMs: p.START_MS, releasedFrom: [] })
const removed = event({ type: 'member-removed', memberId: dana })
const delivered = p.delivered(1, dana)

test('[RA1] what a fork knew enters once, each fact after the ones before it', () => {
  given(...underWay)
    .when(readmit(raised(1, aidar)), aidar)
    .gives(raised(1, aidar))
  given(...underWay)
    .when(readmit(raised(1, aidar), claimed(1, dana), delivered), aidar)
    .gives(raised(1, aidar), claimed(1, dana), delivered)
  given(...underWay, raised(1, aidar))
    .when(readmit(raised(1, aidar), claimed(1, dana)), aidar)
    .gives(claimed(1, dana))
})

test('[RA1] where the journal has gone another way the journal stays', () => {
  const stays = (history: readonly RunEvent[], lost: RunEvent) =>
    given(...history)
      .when(readmit(lost), null)
      .givesNothing()
  stays([...underWay, raised(1, aidar), claimed(1, timur)], claimed(1, dana))
  stays(
    [...underWay, raised(1, aidar), delivered],
    event({ type: 'request-cancelled', requestId, reason: 'by-author' }),
  )
  stays([...underWay, raised(1, aidar), removed], claimed(1, dana))
  stays([...underWay, event({ type: 'member-removed', memberId: aidar })], raised(1, aidar))
  stays([...underWay], p.started)
  stays([...underWay, p.ended], p.sets(timur))
  stays([...underWay, removed], event({ type: 'member-returned', memberId: dana }))
  stays(
    [...sunday, event({ type: 'member-reseated', memberId: dana, seatNo: 3 })],
    event({ type: 'member-reseated', memberId: dana, seatNo: 2 }),
  )
})

test('[RA1] whoever joined on a fork gets the next number, and their request goes under it', () => {
  const newcomer = p.person('zarina')
  const asked = raised(7, newcomer, { runnerNo: 6 })
  given(...underWay)
    .when(readmit(p.joined(newcomer, 'runner', 6), asked), newcomer)
    .gives(p.joined(newcomer, 'runner', 7), { ...asked, runnerNo: 7 })
})

test('[RA1] nothing that is said of one erased comes back with it', () => {
  const erased = event({ type: 'member-erased', memberId: aidar })
  const word = { key: `name:${aidar}`, ownerId: aidar, text: 'Aidar' }
  const title = { key: 'title', ownerId: null, text: 'Sunday' }
  const renamed = event({ type: 'message-sent', messageId: p.message(1), groupId: null })
  const wish = wishes({ type: 'readmit', events: [renamed], words: [word, title], atMs: 1, releasedFrom: [] })
  given(...underWay, erased)
    .when(wish, lena)
    .givesWithWords([title], renamed)
})

test.each(Object.entries(everyEvent))(
  '[RA1] %s enters a run it knows nothing of without breaking it',
  (_type, lost) => {
    for (const run of [runOf(), runOf(...sunday), runOf(...underWay, p.ended)]) {
      const again = factsOf([lost]).reduce(evolve, run)
      expect(again.version).toBe(1)
    }
  },
)

const idOf = (no: number) => `cmd_${String(no).padStart(12, '0')}` as CommandId
/** One wish an event, by whom it says; wishes of the same number are one. */
const lostFacts = (...wished: (readonly [number, MemberId | null, RunEvent])[]) =>
  factsOf(wished.map(([, , event]) => event)).map((fact, i) => {
    const [no, byId] = wished[i] as (typeof wished)[number]
    return { ...fact, commandId: idOf(no), byId, atMs: 100 + i }
  })

/** What a run is after the lost wishes have entered, each once. */
function after(history: readonly RunEvent[], facts: readonly Fact[]) {
  let run = runOf(...history)
  const entered = new Set<CommandId>()
  for (const { commandId, byId, wish } of lostWishes(facts, new Map())) {
    if (entered.has(commandId)) continue
    const decision = decide(run, wish, byId, { nowMs: 1, placeOf: () => undefined, alongM: () => undefined })
    if (!decision.ok) throw new Error(decision.code)
    for (const event of decision.events) run = evolve(run, { version: run.version + 1, atMs: 1, byId, event })
    if (decision.events.length > 0) entered.add(commandId)
  }
  return run
}

test('[RA2] who is out on a fork is out before anything else enters, and a wish stays whole', () => {
  const facts = lostFacts([1, aidar, raised(1, aidar)], [1, aidar, claimed(1, dana)], [2, lena, removed])
  const note = { key: `note:${requestId}`, ownerId: aidar, text: 'cold' }
  const out = {
    commandId: idOf(2),
    byId: lena,
    wish: { type: 'readmit', events: [removed], words: [noWord(wordKey.push(dana))], atMs: 102, releasedFrom: [dana] },
  }
  expect(lostWishes(facts, new Map([[note.key, note]]))).toEqual([
    out,
    {
      commandId: idOf(1),
      byId: aidar,
      wish: {
        type: 'readmit',
        events: [raised(1, aidar), claimed(1, dana)],
        words: [note],
        atMs: 100,
        releasedFrom: [],
      },
    },
    out,
  ])
  expect(after(underWay, facts).requests.get(requestId)).toMatchObject({ status: 'open', cyclistId: null })
})

test('[RA1] an alert that both sides of a fork have begun is one, and stays as far as it has come', () => {
  const alert = (no: number, type: 'alert-asked' | 'alert-raised' = 'alert-asked') =>
    event({ type, alertId: p.alert(no), rule: 'off-route', memberId: aidar, value: null, sinceMs: p.START_MS + no })
  const owned = (ownerId: MemberId) => event({ type: 'alert-owned', alertId: p.alert(1), ownerId })
  const stays = (history: readonly RunEvent[], lost: RunEvent) =>
    given(...history)
      .when(readmit(lost), null)
      .givesNothing()
  stays([...underWay, alert(1)], alert(2))
  stays([...underWay, alert(1)], alert(2, 'alert-raised'))
  stays([...underWay, alert(1, 'alert-raised')], alert(1))
  stays([...underWay, alert(1, 'alert-raised'), owned(lena)], alert(1, 'alert-raised'))
  stays([...underWay, alert(1, 'alert-raised'), owned(lena)], owned(dana))
  stays([...underWay, p.ended], alert(1))
  stays([...underWay, event({ type: 'member-removed', memberId: aidar })], alert(1))
  given(...underWay)
    .when(readmit(alert(1), alert(1, 'alert-raised'), owned(dana)), null)
    .gives(alert(1), alert(1, 'alert-raised'), owned(dana))
})

test('[RA1] the same people are called to one place, and nobody leads who takes no part', () => {
  const called = (no: number) =>
    event({
      ...{ type: 'regroup-called', regroupId: p.regroup(no), groupId: null, atM: null, atMs: p.EXPECTED_END_MS },
      place: { latitudeDeg: 51, longitudeDeg: 71 },
    } as const)
  const tookUp = event({ type: 'leadership-taken-up', memberId: timur, insteadOfId: lena })
  const watches = event({ type: 'member-changed', memberId: timur, role: 'watcher', groupId: null })
  given({ event: called(1), byId: lena }, ...underWay)
    .when(readmit(called(2)), lena)
    .givesNothing()
  given(...underWay, watches)
    .when(readmit(tookUp), null)
    .givesNothing()
})

test('[RA2] what became of a claim enters as it was, and not of the claim of somebody else', () => {
  const offered = event({ type: 'request-offered', requestId, toId: timur, gainMs: 240_000 })
  const doubted = event({ type: 'request-doubted', requestId, reason: 'silent' })
  const over = event({ type: 'request-released', requestId, reason: 'lease-over' })
  const taken = event({ type: 'request-released', requestId, reason: 'by-cyclist' })
  const asked = [...underWay, raised(1, aidar)]
  const held = (history: readonly RunEvent[], facts: Fact[]) => after(history, facts).requests.get(requestId)
  const takenOver = lostFacts([1, dana, claimed(1, dana)], [2, null, offered], [3, timur, claimed(1, timur)])
  expect(held(asked, takenOver)?.cyclistId).toBe(timur)
  expect(held([...asked, claimed(1, dana)], takenOver.slice(1))?.cyclistId).toBe(timur)
  for (const [byId, release] of [
    [null, over],
    [lena, taken],
  ] as const) {
    const releasedThen = [
      [1, dana, claimed(1, dana)],
      [2, null, doubted],
      [3, byId, release],
      [4, timur, claimed(1, timur)],
    ] as const
    expect(held(asked, lostFacts(...releasedThen))?.cyclistId).toBe(timur)
  }
  // Erlan has it by now: whatever was asked of Dana, or offered of hers, is not about him.
  const erlan = p.person('erlan')
  const elsewhere = [...asked, p.joined(erlan, 'cyclist', 7), claimed(1, erlan)]
  expect(held(elsewhere, takenOver)).toMatchObject({ cyclistId: erlan, offer: null })
  const asksDana = lostFacts([1, dana, claimed(1, dana)], [2, null, doubted], [3, null, over])
  expect(held(elsewhere, asksDana)).toMatchObject({ cyclistId: erlan, doubt: null })
})

test('[RA2] a claim that was over before the fork is over after it', () => {
  const over = event({ type: 'request-released', requestId, reason: 'lease-over' })
  const lost = (atMs: number) => wishes({ type: 'readmit', events: [over], words: [], atMs, releasedFrom: [] })
  const history = [...underWay, raised(1, aidar), claimed(1, dana)]
  given(...history)
    .when(lost(p.START_MS + 2 * MINUTE_MS), null)
    .gives(over)
  given(...history)
    .when(lost(p.START_MS + MINUTE_MS), null)
    .givesNothing()
})

test('[RA4] a fact that only names somebody brings no name back', () => {
  const name = { key: wordKey.name(dana), ownerId: dana, text: 'as it was before' }
  const words = (...facts: Parameters<typeof lostFacts>) =>
    lostWishes(lostFacts(...facts), new Map([[name.key, name]])).flatMap(({ wish }) => wish.words)
  expect(words([1, dana, claimed(1, dana)])).toEqual([])
  expect(words([1, dana, event({ type: 'member-renamed', memberId: dana })])).toEqual([name])
})

test('[RA2] who came and went on the fork alone is out in the end too', () => {
  const zarina = p.person('zarina')
  const came = [1, zarina, p.joined(zarina, 'runner', 7)] as const
  const gone = after(underWay, lostFacts(came, [2, lena, event({ type: 'member-removed', memberId: zarina })]))
  expect(gone.members.get(zarina)?.status).toBe('removed')
  const moved = after(
    underWay,
    lostFacts(came, [2, lena, event({ type: 'member-reseated', memberId: zarina, seatNo: 2 })]),
  )
  expect(moved.members.get(zarina)?.seatNo).toBe(2)
  const inviteId = p.invite('late')
  const issued = event({
    type: 'invite-issued',
    inviteId,
    role: 'runner',
    groupId: null,
    wardId: null,
    maxUses: 9,
    expiresAtMs: 9,
  })
  const taken = after(underWay, lostFacts([1, lena, issued], [2, lena, event({ type: 'invite-withdrawn', inviteId })]))
  expect(taken.invites.get(inviteId)?.isWithdrawn).toBe(true)
})

test('[RA3] a release on a fork gives back the claim it was of, and nobody else’s', () => {
  const asked = [...underWay, raised(1, aidar)]
  const released = event({ type: 'request-released', requestId, reason: 'by-cyclist' })
  const holderAfter = (history: readonly RunEvent[], facts: readonly Fact[]) =>
    after(history, facts).requests.get(requestId)?.cyclistId
  const both = lostFacts([1, dana, claimed(1, dana)], [2, dana, released])
  expect(holderAfter([...asked, claimed(1, timur)], both)).toBe(timur)
  expect(holderAfter(asked, both)).toBeNull()
  expect(holderAfter([...asked, claimed(1, dana)], lostFacts([2, dana, released]))).toBeNull()
  const left = event({ type: 'request-released', requestId, reason: 'helper-left' })
  expect(holderAfter([...asked, claimed(1, timur)], lostFacts([2, dana, left], [2, dana, p.stopped(dana)]))).toBe(timur)
  expect(holderAfter([...asked, claimed(1, dana)], lostFacts([2, lena, left], [2, lena, p.stopped(dana)]))).toBeNull()
})
