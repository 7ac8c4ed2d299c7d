/** Random runs: wishes of everybody's, decided by the real rules, over few ids so that they meet each other. */
import fc from 'fast-check'
import { linkOf } from '../../server/core/chain.ts'
import { decide } from '../../server/core/decide.ts'
import type { Decision, Wish } from '../../server/core/decision.ts'
import { emptyBook, type RunBook, withEntries, withoutWordsOf, withWords } from '../../server/usecase/run-book.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { alertAnswerSchema, alertRuleNames } from '../../shared/run/alerts.ts'
import { heatSchema } from '../../shared/run/drink.ts'
import type { Fact } from '../../shared/run/events.ts'
import { helperKindSchema, helperStateSchema } from '../../shared/run/helping.ts'
import { regroupAnswerSchema } from '../../shared/run/regroup.ts'
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
    byId: fc.oneof(
      { weight: 6, arbitrary: of(...who) },
      { weight: type === 'wake' || type === 'observe' ? 0 : 1, arbitrary: member },
    ),
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

const subscription = { endpoint: 'https://push.example.org/x', p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) }

/** The request and the alert are how-many-th newest, as in wishes. */
const observation = fc.oneof(
  fc.record({
    is: of('claim-doubted' as const, 'claim-good' as const, 'met' as const, 'near' as const),
    requestId: nth,
    cyclistId: of(p.dana, p.timur, p.lena),
    reason: of('silent' as const, 'not-approaching' as const),
  }),
  fc.record({ is: of('swap' as const), requestId: nth, toId: of(...helpers), gainMs: of(240_000) }),
  fc.record({
    is: of('alert' as const),
    rule: of(...alertRuleNames),
    memberId: of(...runners, null),
    sinceMs: of(p.START_MS, p.START_MS + HOUR_MS),
    value: of(null, 80),
  }),
  fc.record({ is: of('alert-over' as const), alertId: nth }),
  fc.record({
    is: of('leaders-gone' as const),
    insteadOfId: of(p.lena),
    toId: of(p.aidar, p.dana, p.person('gulnar')),
    leaderIds: of([p.lena], [p.lena, p.person('gulnar')]),
  }),
)

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
  asked(4, anyone, 'set-emergency', { contact: of(null, { name: 'Mum', phone: '112' }), note: of(null, 'asthma') }),
  asked(2, anyone, 'set-push', { subscription: of(null, subscription) }),
  asked(2, anyone, 'set-usual', { kind: item, quantity, note: of(null, 'cold') }),
  asked(2, runners, 'attach-tracker', { trackerId }),
  asked(1, runners, 'detach-tracker', { trackerId }),
  asked(3, anyone, 'see-message', { messageId: nth }),
  asked(1, anyone, 'erase-me', {}),
  asked(1, leaders, 'start-run', {}),
  asked(1, leaders, 'end-run', { despiteMissing: of(false, false, true) }),
  asked(1, leaders, 'extend-run', { expectedEndMs: timeMs }),
  asked(1, leaders, 'change-plan', {
    title: of(null, 'Saturday'),
    plannedStartMs: timeMs,
    expectedDurationMs: of(3_600_000, 36_000_000),
    helpersWanted: of(null, 4),
  }),
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
  asked(1, leaders, 'change-group', {
    groupId: of(p.group('red'), p.group('blue')),
    name: text,
    colour: of('#00ff00'),
    targetPaceMps: of(null, 4),
    leaderId: of(null, p.lena, p.aidar),
    backMarkerId: of(null, p.madina),
  }),
  asked(1, leaders, 'set-conditions', { heat: of(...heatSchema.options), alertsOff: of([], ['off-route'] as const) }),
  asked(2, leaders, 'set-minor', { memberId: member, isMinor: fc.boolean() }),
  asked(1, leaders, 'begin-head-count', {}),
  asked(2, leaders, 'call-regroup', {
    regroupId: again,
    groupId,
    name: text,
    place: of({ latitudeDeg: 51.1, longitudeDeg: 71.4 }),
    atM: of(null, 5_000),
    atMs: timeMs,
  }),
  asked(1, leaders, 'end-regroup', { regroupId: nth }),
  asked(3, runners, 'answer-regroup', { regroupId: nth, answer: of(...regroupAnswerSchema.options) }),
  asked(3, leaders, 'send-alert', { alertId: nth, toId: of(...helpers) }),
  asked(2, leaders, 'clear-alert', { alertId: nth }),
  asked(3, helpers, 'own-alert', { alertId: nth }),
  asked(3, runners, 'answer-alert', { alertId: nth, answer: of(...alertAnswerSchema.options) }),
  asked(3, helpers, 'see-members', {
    memberIds: fc.array(member, { minLength: 1, maxLength: 3 }),
    seenAtMs: fc.option(timeMs, { nil: undefined }),
  }),
  asked(1, helpers, 'see-group', { groupId: of(p.group('red'), p.group('blue')) }),
  asked(1, helpers, 'see-number', { startNumber: of('7', '8') }),
  asked(1, helpers, 'see-guests', { guestsId: nth, count: of(1, 5) }),
  asked(3, [...runners, ...helpers], 'set-drink-plan', {
    plan: of(null, { everyMs: 20 * MINUTE_MS, everyM: null, drinkMl: 150, carbGPerH: 30 }),
  }),
  asked(3, [...runners, ...helpers], 'have-drunk', { drinkMl: of(150, 500) }),
  asked(3, helpers, 'set-helping', {
    kind: of(...helperKindSchema.options),
    state: of('available' as const, 'available' as const, ...helperStateSchema.options),
  }),
  asked(4, helpers, 'set-stock', {
    stock: of(
      { pieces: [{ kind: 'water' as const, count: 3, forId: null }], emptiesCount: 0 },
      { pieces: [{ kind: 'gel' as const, count: 1, forId: p.aidar }], emptiesCount: 2 },
    ),
    isRefill: fc.boolean(),
  }),
  asked(2, helpers, 'keep-claim', { requestId: nth }),
  asked(2, [...runners, ...helpers], 'deny-hand-over', { requestId: nth }),
  asked(2, [...runners, ...helpers], 'undo-assumed', { requestId: nth }),
  asked(8, [null], 'observe', { observations: fc.array(observation, { minLength: 1, maxLength: 2 }) }),
  asked(3, newcomers, 'join', { inviteId, name: text, phone: of(null, '911'), startNumber: of(null, '8') }),
  asked(4, [null], 'wake', {}),
)

/** Ids in place of how-many-th newest, so that wishes meet what is there. */
function aimed(wish: Wish, run: RunState): Wish {
  const { requests, handOvers, messages, guests, alerts, regroups } = run
  if (wish.type === 'observe')
    return { ...wish, observations: wish.observations.map((each) => aimed(each as unknown as Wish, run)) as never }
  const ids = {
    requestId: [p.request, requests.size],
    handOverId: [p.handOver, handOvers.size],
    messageId: [p.message, messages.size],
    guestsId: [p.guests, guests.size],
    regroupId: [p.regroup, regroups.size],
    alertId: [(back: number) => [...alerts.values()].at(-1 - back)?.alertId ?? p.alert(0), 0],
  } as const
  const type = wish.type ?? ''
  const begins = /^(raise|record|send-message|count|call)/.test(type)
  const given = Object.entries(wish).map(([key, value]) => {
    const [idOf, size] = ids[key as keyof typeof ids] ?? []
    if (!idOf || typeof value !== 'number') return [key, value]
    if (key === 'alertId') return [key, idOf(value)]
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
    const decision = decide(book.run, wish, step.byId, {
      nowMs,
      placeOf: placesOf(step.placesSeed),
      alongM: () => undefined,
    })
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
