/** Random runs: wishes of everybody's, decided by the real rules, over few ids so that they meet each other. */
import fc from 'fast-check'
import { linkOf } from '../../server/core/chain.ts'
import { decide } from '../../server/core/decide.ts'
import type { Decision, Wish } from '../../server/core/decision.ts'
import { emptyBook, type RunBook, withEntries, withoutWordsOf, withWords } from '../../server/usecase/run-book.ts'
import type { Place } from '../../shared/geo/fix.ts'
import type { Fact } from '../../shared/run/events.ts'
import { itemKindNames, requestKindNames } from '../../shared/run/requests.ts'
import { pauseReasonSchema, roleSchema, stopReasonSchema } from '../../shared/run/roles.ts'
import type { RunState } from '../../shared/run/state.ts'
import { type CommandId, HOUR_MS, type MemberId, MINUTE_MS } from '../../shared/units.ts'
import * as p from './people.ts'

export const everybody: readonly MemberId[] = [
  ...[p.lena, p.aidar, p.madina, p.dana, p.timur, p.mum],
  ...['asel', 'bolat', 'erlan', 'gulnar', 'ata', 'newcomer', 'late'].map(p.person),
]
/** `FUZZ_TIMES=50 npx vitest run test/fuzz` looks fifty times as long. */
export const times = (numRuns: number) => ({ numRuns: numRuns * Number(process.env.FUZZ_TIMES ?? 1) })

const CHAIN_KEY = Buffer.from('of the tests')

/** Who asks for what, how long after the last wish, and where people are then. */
export type Step = {
  readonly byId: MemberId | null
  readonly wish: Wish
  readonly afterMs: number
  readonly placesSeed: number
}

const of = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const member = of(...everybody)
/** Not an id yet: the how-many-th newest, or when something begins 0 for the newest once more. */
const nth = of(0, 0, 0, 1, 1, 2, 3)
const again = of(0, 1, 1, 1, 1, 1)
const groupId = of(null, p.group('red'), p.group('blue'))
const timeMs = fc.integer({ min: p.START_MS - HOUR_MS, max: p.LATEST_END_MS + HOUR_MS })
const text = of('one', 'two')
const role = of(...roleSchema.options)
const kind = of(...requestKindNames)
const item = of(...itemKindNames)
const quantity = of(1, 1, 1, 3)
const trackerId = fc.nat(6).map(p.tracker)
const inviteId = of(p.invite('a'), p.invite('b'))

/** Usually by one of those who may, sometimes by anybody. */
const asked = <T extends Wish['type'], S extends object>(
  weight: number,
  who: readonly (MemberId | null)[],
  type: T,
  shape: { [K in keyof S]: fc.Arbitrary<S[K]> },
) => ({
  weight,
  arbitrary: fc.record({
    byId: fc.oneof({ weight: 6, arbitrary: of(...who) }, { weight: type === 'wake' ? 0 : 1, arbitrary: member }),
    wish: fc.record(shape).map((body) => ({ type, ...body }) as unknown as Wish),
    afterMs: fc.oneof({ weight: 40, arbitrary: of(0, 1_000, 20_000, MINUTE_MS) }, of(6 * MINUTE_MS, HOUR_MS)),
    placesSeed: fc.nat(9),
  }),
})

const leaders = [p.lena, p.lena, p.person('gulnar')]
const helpers = [...leaders, p.dana, p.timur, p.person('erlan')]
const runners = [p.aidar, p.madina, p.person('asel'), p.person('bolat'), p.person('newcomer')]
const anyone = [...helpers, ...runners, p.mum, p.person('ata')]
const newcomers = [p.person('newcomer'), p.person('late')]

const step: fc.Arbitrary<Step> = fc.oneof(
  asked(12, [...runners, ...helpers], 'raise-request', { requestId: again, kind, quantity, note: of(null, 'left') }),
  asked(10, helpers, 'claim-request', { requestId: nth }),
  asked(3, helpers, 'release-request', { requestId: nth }),
  asked(4, [...runners, ...helpers], 'cancel-request', { requestId: nth }),
  asked(3, runners, 'confirm-delivered', { requestId: nth }),
  asked(4, helpers, 'close-request', { requestId: nth }),
  asked(5, helpers, 'record-hand-over', { handOverId: again, runnerId: of(...runners), kind: item, quantity }),
  asked(8, [...runners, ...helpers], 'start-sharing', { sinceMs: timeMs }),
  asked(2, runners, 'stop-sharing', { untilMs: timeMs }),
  asked(3, runners, 'pause', { reason: of(...pauseReasonSchema.options) }),
  asked(4, leaders, 'stop', { memberId: member, reason: of(...stopReasonSchema.options), untilMs: timeMs }),
  asked(3, leaders, 'return', { memberId: member }),
  asked(3, anyone, 'rename', { name: text }),
  asked(3, anyone, 'set-phone', { phone: of(null, '112') }),
  asked(2, anyone, 'set-usual', { kind: item, quantity, note: of(null, 'cold') }),
  asked(2, runners, 'attach-tracker', { trackerId }),
  asked(1, runners, 'detach-tracker', { trackerId }),
  asked(3, anyone, 'see-message', { messageId: nth }),
  asked(1, anyone, 'erase-me', {}),
  asked(1, leaders, 'start-run', {}),
  asked(1, leaders, 'end-run', { despiteMissing: of(false, false, true) }),
  asked(1, leaders, 'extend-run', { expectedEndMs: timeMs }),
  asked(1, leaders, 'add-group', {
    groupId: of(p.group('red'), p.group('green')),
    name: text,
    colour: of('#ff0000'),
    targetPaceMps: of(null, 3),
  }),
  asked(1, leaders, 'set-route', { routeId: fc.nat(2).map(p.route), lengthM: of(1000, 2000) }),
  asked(2, leaders, 'issue-invite', {
    inviteId,
    role,
    groupId,
    wardId: of(null, null, p.aidar, p.madina),
    maxUses: of(1, 3),
    expiresAtMs: timeMs,
  }),
  asked(1, leaders, 'withdraw-invite', { inviteId }),
  asked(6, leaders, 'change-member', { memberId: member, role, groupId }),
  asked(1, leaders, 'remove-member', { memberId: member }),
  asked(1, leaders, 'reseat-member', { memberId: member }),
  asked(2, leaders, 'pass-leadership', { toMemberId: member }),
  asked(2, leaders, 'count-guests', {
    guestsId: again,
    count: of(1, 12),
    name: of(null, 'visitors'),
    startNumber: of(null, '7'),
  }),
  asked(2, leaders, 'account-guests', { guestsId: nth, count: of(1, 5) }),
  asked(4, leaders, 'send-message', { messageId: again, text, groupId }),
  asked(3, newcomers, 'join', { inviteId, name: text, phone: of(null, '911'), startNumber: of(null, '8') }),
  asked(4, [null], 'wake', {}),
)

/** Ids in place of how-many-th newest, so that wishes meet what is there. */
function aimed(wish: Wish, { requests, handOvers, messages, guests }: RunState): Wish {
  const ids = {
    requestId: [p.request, requests.size],
    handOverId: [p.handOver, handOvers.size],
    messageId: [p.message, messages.size],
    guestsId: [p.guests, guests.size],
  } as const
  const begins = /^(raise|record|send|count)/.test(wish.type)
  const given = Object.entries(wish).map(([key, value]) => {
    const [idOf, size] = ids[key as keyof typeof ids] ?? []
    if (!idOf || typeof value !== 'number') return [key, value]
    return [key, idOf(Math.max(0, size - 1 + (begins ? value : -value)))]
  })
  return Object.fromEntries(given) as Wish
}

/** Two groups, helpers and watchers in and out of them, a guardian, a child of each group. */
const cast: readonly Step[] = [
  ask(p.lena, {
    type: 'plan-run',
    title: 'Sunday',
    leaderName: 'Lena',
    leaderPhone: '+7 700 000 00 00',
    plannedStartMs: p.START_MS,
    expectedEndMs: p.EXPECTED_END_MS,
    latestEndMs: p.LATEST_END_MS,
    retentionMs: p.RETENTION_MS,
    recordedShiftMs: 0,
    invites: (['runner', 'cyclist', 'leader', 'watcher'] as const).map((each) => ({
      inviteId: p.invite(each),
      role: each,
    })),
  }),
  ...(['red', 'blue'] as const).map((name) =>
    ask(p.lena, { type: 'add-group', groupId: p.group(name), name, colour: '#0000ff', targetPaceMps: null }),
  ),
  ...[p.aidar, p.madina, p.person('asel'), p.person('bolat')].map((id) => ask(id, joining('runner'))),
  ...[p.dana, p.timur, p.person('erlan')].map((id) => ask(id, joining('cyclist'))),
  ask(p.mum, joining('watcher')),
  ask(p.person('gulnar'), joining('leader')),
  ask(p.lena, {
    type: 'issue-invite',
    inviteId: p.invite('guardian'),
    role: 'guardian',
    groupId: null,
    wardId: p.aidar,
    maxUses: 5,
    expiresAtMs: p.LATEST_END_MS,
  }),
  ask(p.person('ata'), joining('guardian')),
  ask(p.lena, { type: 'change-member', memberId: p.aidar, role: 'runner', groupId: p.group('red') }),
  ask(p.lena, { type: 'change-member', memberId: p.madina, role: 'runner', groupId: p.group('blue') }),
  ask(p.lena, { type: 'change-member', memberId: p.timur, role: 'cyclist', groupId: p.group('red') }),
  ask(p.lena, { type: 'change-member', memberId: p.person('gulnar'), role: 'leader', groupId: p.group('blue') }),
  ask(p.lena, { type: 'start-run' }),
]

function ask(byId: MemberId, wish: Wish): Step {
  return { byId, wish, afterMs: 0, placesSeed: 0 }
}

function joining(name: string): Wish {
  return { type: 'join', inviteId: p.invite(name), name, phone: null, startNumber: null }
}

/** Random steps after a cast of all roles has met; sometimes a run from nothing. */
export const steps = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.noBias(fc.array(step, { maxLength, size: 'max' })))
    .map(([whole, more]) => (whole > 0 ? [...cast, ...more] : [...cast.slice(0, 1), ...more]))

export type Played = {
  readonly wish: Wish
  readonly byId: MemberId | null
  readonly nowMs: number
  readonly decision: Decision
  readonly facts: readonly Fact[]
  readonly before: RunBook
  readonly after: RunBook
}

/** What becomes of the steps, as a node's book keeps it. */
export function play(all: readonly Step[]): Played[] {
  let book = emptyBook
  let nowMs = p.START_MS
  return all.map((step, no) => {
    nowMs += step.afterMs
    const before = book
    const wish = aimed(step.wish, book.run)
    const decision = decide(book.run, wish, step.byId, { nowMs, placeOf: placesOf(step.placesSeed) })
    const facts: Fact[] = []
    if (decision.ok) {
      let { mac } = book
      const commandId = `cmd_${String(no).padStart(12, '0')}` as CommandId
      const entries = decision.events.map((event, i) => {
        const fact = { version: before.run.version + i + 1, atMs: nowMs, byId: step.byId, commandId, event }
        facts.push(fact)
        mac = linkOf(CHAIN_KEY, mac, fact)
        return { fact, mac }
      })
      book = withWords(withEntries(book, entries), decision.words)
      for (const { event } of facts) if (event.type === 'member-erased') book = withoutWordsOf(book, event.memberId)
    }
    return { wish, byId: step.byId, nowMs, decision, facts, before, after: book }
  })
}

export const lastOf = (played: readonly Played[]): RunBook => played.at(-1)?.after ?? emptyBook

/** Each seed puts everybody somewhere else within 3 km, and some nowhere. */
export const placesOf =
  (seed: number) =>
  (memberId: MemberId): Place | undefined => {
    const spot = ((everybody.indexOf(memberId) + 1) * (seed + 3) * 7) % 11
    return spot === 0 ? undefined : { latitudeDeg: 51.1 + spot * 0.003, longitudeDeg: 71.4 }
  }
