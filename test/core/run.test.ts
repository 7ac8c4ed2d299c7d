import { describe, expect, test } from 'vitest'
import { decide } from '../../server/core/decide.ts'
import { dueAtMs } from '../../server/core/decide-wake.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/units.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, planned, started, sunday, timur, underWay } from '../support/people.ts'

const plan = {
  type: 'plan-run',
  title: 'Sunday',
  leaderName: 'Lena',
  leaderPhone: '112',
  plannedStartMs: p.START_MS,
  expectedEndMs: p.EXPECTED_END_MS,
  latestEndMs: p.LATEST_END_MS,
  retentionMs: p.RETENTION_MS,
  recordedShiftMs: 0,
  invites: [
    { inviteId: p.invite('leader'), role: 'leader' },
    { inviteId: p.invite('runner'), role: 'runner' },
  ],
} as const
const endRun = { type: 'end-run', despiteMissing: false } as const
const issued = { type: 'invite-issued', groupId: null, wardId: null, expiresAtMs: p.LATEST_END_MS } as const
const guestsOut = { type: 'guests-counted', guestsId: p.guests(1), count: 2, startNumber: null } as const
const allIn = [...underWay, p.stopped(aidar), p.stopped(madina)]
const endedBy = (reason: 'by-leader' | 'all-accounted-for' | 'longest-time-reached') =>
  event({ type: 'run-ended', reason, missing: [], missingGuestCount: 0 })

describe('[RN1] whoever plans a run leads it', () => {
  test('[RN1] a plan makes the run, its leader and an invite a role; the words lie apart', () => {
    given()
      .when(plan, lena)
      .givesWithWords(
        [
          { key: `name:${lena}`, ownerId: lena, text: 'Lena' },
          { key: 'title', ownerId: null, text: 'Sunday' },
          { key: `phone:${lena}`, ownerId: lena, text: '112' },
        ],
        planned,
        p.joined(lena, 'leader', 1),
        { type: 'phone-set', memberId: lena, isGiven: true },
        { ...issued, inviteId: p.invite('leader'), role: 'leader', maxUses: 20 },
        { ...issued, inviteId: p.invite('runner'), role: 'runner', maxUses: 10_000 },
      )
    given()
      .when({ ...plan, title: null, leaderPhone: null, invites: [] }, lena)
      .givesWithWords([{ key: `name:${lena}`, ownerId: lena, text: 'Lena' }], planned, p.joined(lena, 'leader', 1))
  })

  test('[RN1] a run is planned once, and nobody speaks in one that is not', () => {
    given(...sunday)
      .when(plan, lena)
      .isRefused('already-open')
    given().when({ type: 'start-run' }, lena).isRefused('not-a-member')
    given().when({ type: 'start-run' }, null).isRefused('not-a-member')
  })
})

describe('[RN11] what is planned with a run', () => {
  const group = { groupId: p.group('red'), name: 'Red', colour: '#ff0000', targetPaceMps: 3 }
  const route = { routeId: p.route(1), lengthM: 12_000 }
  const conditions = { heat: 'warm' as const, alertsOff: ['stopped' as const] }

  test('[RN11] is there with it: groups, conditions, helpers wanted and route', () => {
    const { name, ...coloured } = group
    given()
      .when({ ...plan, leaderPhone: null, invites: [], groups: [group], conditions, helpersWanted: 4, route }, lena)
      .givesWithWords(
        [
          { key: `name:${lena}`, ownerId: lena, text: 'Lena' },
          { key: 'title', ownerId: null, text: 'Sunday' },
          { key: `group:${group.groupId}`, ownerId: null, text: name },
        ],
        planned,
        p.joined(lena, 'leader', 1),
        { type: 'group-added', ...coloured },
        { type: 'conditions-set', ...conditions },
        {
          type: 'plan-changed',
          plannedStartMs: p.START_MS,
          expectedEndMs: p.EXPECTED_END_MS,
          latestEndMs: p.LATEST_END_MS,
          helpersWanted: 4,
        },
        { type: 'route-set', ...route },
      )
  })

  test('[RN11] leaves nothing behind when the run was planned already', () => {
    given(...sunday)
      .when({ ...plan, groups: [group], route }, lena)
      .isRefused('already-open')
  })
})

describe('[RN12] a leader changes the plan', () => {
  const laterMs = p.START_MS + DAY_MS
  const change = {
    type: 'change-plan',
    title: 'Monday',
    plannedStartMs: laterMs,
    expectedDurationMs: 4 * HOUR_MS,
    helpersWanted: 2,
  } as const
  const changed = {
    type: 'plan-changed',
    plannedStartMs: laterMs,
    expectedEndMs: laterMs + 4 * HOUR_MS,
    latestEndMs: laterMs + 8 * HOUR_MS,
    helpersWanted: 2,
  } as const

  test('[RN12] until it is live, and the longest time stays as long, or becomes as long as is expected', () => {
    given(...sunday)
      .when(change, lena)
      .givesWithWords([{ key: 'title', ownerId: null, text: 'Monday' }], changed)
    given(...sunday)
      .when({ ...change, title: null, expectedDurationMs: 9 * HOUR_MS }, lena)
      .givesWithWords([], {
        ...changed,
        expectedEndMs: laterMs + 9 * HOUR_MS,
        latestEndMs: laterMs + 9 * HOUR_MS,
      })
    for (const by of [aidar, dana, mum])
      given(...sunday)
        .when(change, by)
        .isRefused('not-for-your-role')
    given(...sunday, started)
      .when(change, lena)
      .isRefused('malformed', 'command.plannedStartMs')
    given(...sunday, started, p.ended)
      .when(change, lena)
      .isRefused('run-has-ended')
  })

  test('[RN12] to a start that is neither long past nor in a far year', () => {
    for (const days of [-1, 400]) {
      const world = { nowMs: p.START_MS }
      const edgeMs = p.START_MS + days * DAY_MS
      const beyondMs = edgeMs + Math.sign(days)
      given(...sunday)
        .when({ ...change, plannedStartMs: beyondMs }, lena, world)
        .isRefused('malformed', 'command.plannedStartMs')
      given(...sunday)
        .when({ ...change, title: null, plannedStartMs: edgeMs }, lena, world)
        .givesWithWords([], {
          ...changed,
          plannedStartMs: edgeMs,
          expectedEndMs: edgeMs + 4 * HOUR_MS,
          latestEndMs: edgeMs + 8 * HOUR_MS,
        })
    }
  })

  test('[RN12] and what held to the longest end holds to the new one, other invites and what was withdrawn stay', () => {
    const invited = (name: string, expiresAtMs: number) =>
      ({ ...issued, inviteId: p.invite(name), role: 'runner', maxUses: 5, expiresAtMs }) as const
    const run = runOf(
      ...sunday,
      invited('whole', p.LATEST_END_MS),
      invited('brief', p.START_MS),
      { type: 'invite-withdrawn', inviteId: p.invite('whole') },
      changed,
    )
    expect(run.invites.get(p.invite('whole'))).toMatchObject({ expiresAtMs: changed.latestEndMs, isWithdrawn: true })
    expect(run.invites.get(p.invite('brief'))).toMatchObject({ expiresAtMs: p.START_MS })
    const { head } = run
    expect([head.plannedStartMs, head.expectedEndMs, head.latestEndMs, head.helpersWanted]).toEqual([
      changed.plannedStartMs,
      changed.expectedEndMs,
      changed.latestEndMs,
      2,
    ])
    expect(dueAtMs(run)).toBe(changed.latestEndMs)
  })
})

test('[RN2] a leader starts the run, once', () => {
  given(...sunday)
    .when({ type: 'start-run' }, lena)
    .gives(started)
  given(...sunday, started)
    .when({ type: 'start-run' }, lena)
    .givesNothing()
  given(...sunday, started, p.ended)
    .when({ type: 'start-run' }, lena)
    .isRefused('run-has-ended')
})

test.each([
  ['a member is out', underWay],
  ['a guest is out', [...allIn, guestsOut]],
  ['a request is open', [...allIn, p.raised(1, aidar)]],
])('[RN3] a leader who ends the run is told that %s, and may end it despite that', (_what, history) => {
  given(...history)
    .when(endRun, lena)
    .isRefused('someone-is-missing', 'command.despiteMissing')
  const world = { nowMs: NOW_MS, placeOf: () => undefined, alongM: () => undefined }
  const despite = decide(runOf(...history), { ...endRun, despiteMissing: true }, lena, world)
  expect(despite.ok && despite.events.at(-1)).toMatchObject({ type: 'run-ended', reason: 'by-leader' })
})

test('[RN3] a leader ends a run of which only they are still out, and once', () => {
  given(...allIn, p.sets(lena))
    .when(endRun, lena)
    .gives(endedBy('by-leader'))
  given(...allIn, p.ended)
    .when(endRun, lena)
    .givesNothing()
})

describe('[RN4] a run ends by itself', () => {
  const wake = { type: 'wake' } as const
  const lastInMs = p.START_MS + HOUR_MS
  const over = [...underWay, p.stopped(aidar), at(lastInMs, p.stopped(madina))]
  const dueMs = lastInMs + 5 * MINUTE_MS

  test('[RN4] five minutes after the last member who set out is accounted for', () => {
    given(...over)
      .when(wake, null, { nowMs: dueMs - 1 })
      .givesNothing()
    given(...over)
      .when(wake, null, { nowMs: dueMs })
      .gives(endedBy('all-accounted-for'))
    expect(dueAtMs(runOf(...over))).toBe(dueMs)
  })

  test.each([
    ['a guest is out', [...over, guestsOut]],
    ['a request is open', [...over, at(dueMs, p.raised(1, aidar))]],
    ['somebody has paused', [...over, p.sets(dana), { type: 'member-paused', memberId: dana, reason: 'rest' }]],
    ['nobody ever set out', [...sunday, started]],
    ['it has not started', [...sunday, p.stopped(aidar)]],
  ] as const)('[RN4] not while %s', (_what, history) => {
    given(...history)
      .when(wake, null, { nowMs: dueMs })
      .givesNothing()
  })

  test('[RN4] who watches now, but once ran, is not waited for', () => {
    given(...over, p.sets(dana), p.changed(dana, 'watcher', null))
      .when(wake, null, { nowMs: dueMs })
      .gives(endedBy('all-accounted-for'))
  })
})

test('[RN5] at its longest time a run ends, whatever is open, started or not', () => {
  const wake = { type: 'wake' } as const
  given(...sunday)
    .when(wake, null, { nowMs: p.LATEST_END_MS - 1 })
    .givesNothing()
  given(...sunday)
    .when(wake, null, { nowMs: p.LATEST_END_MS })
    .gives(endedBy('longest-time-reached'))
  given(...underWay, p.raised(1, aidar))
    .when(wake, null, { nowMs: p.LATEST_END_MS })
    .gives(
      { type: 'request-cancelled', requestId: p.request(1), reason: 'run-ended' },
      { type: 'run-ended', reason: 'longest-time-reached', missing: [aidar, madina], missingGuestCount: 0 },
    )
})

test.each([
  ['after now', NOW_MS + 1, true],
  ['at most the longest time', p.LATEST_END_MS, true],
  ['not in the past', NOW_MS, false],
  ['not beyond the longest time', p.LATEST_END_MS + 1, false],
])('[RN6] a leader moves the expected end: %s', (_what, expectedEndMs, isFine) => {
  const answer = given(...underWay).when({ type: 'extend-run', expectedEndMs }, lena)
  if (isFine) answer.gives({ type: 'run-extended', expectedEndMs })
  else answer.isRefused('malformed', 'command.expectedEndMs')
  given(...underWay, p.ended)
    .when({ type: 'extend-run', expectedEndMs }, lena)
    .isRefused('run-has-ended')
})

test('[RN7] what is open ends with the run, who is missing is named, and nobody shares any more', () => {
  const history = [...underWay, guestsOut, p.raised(1, aidar, { kind: 'help' }), p.claimed(1, dana)]
  const facts = [
    event({ type: 'request-cancelled', requestId: p.request(1), reason: 'run-ended' }),
    event({ type: 'run-ended', reason: 'by-leader', missing: [aidar, madina], missingGuestCount: 2 }),
  ]
  given(...history)
    .when({ ...endRun, despiteMissing: true }, lena)
    .gives(...facts)
  const run = runOf(...history, ...facts.map((fact) => at(NOW_MS, fact)))
  expect([run.head.missing, run.head.missingGuestCount]).toEqual([[aidar, madina], 2])
  for (const id of [aidar, madina]) expect(run.members.get(id)?.windows).toEqual([{ fromMs: p.START_MS, toMs: NOW_MS }])
})

test('[RN8] when the expected end passes, the leader is asked with the names of who is out, and again each hour', () => {
  const wake = { type: 'wake' } as const
  const asks = event({ type: 'end-asked', missing: [aidar, madina], missingGuestCount: 2 })
  const history = [...underWay, guestsOut]
  const againMs = p.EXPECTED_END_MS + HOUR_MS
  given(...history)
    .when(wake, null, { nowMs: p.EXPECTED_END_MS - 1 })
    .givesNothing()
  given(...history)
    .when(wake, null, { nowMs: p.EXPECTED_END_MS })
    .gives(asks)
  given(...history, at(p.EXPECTED_END_MS, asks))
    .when(wake, null, { nowMs: againMs - 1 })
    .givesNothing()
  given(...history, at(p.EXPECTED_END_MS, asks))
    .when(wake, null, { nowMs: againMs })
    .gives(asks)
  const extended = { type: 'run-extended', expectedEndMs: againMs + HOUR_MS } as const
  given(...history, at(p.EXPECTED_END_MS, asks), extended)
    .when(wake, null, { nowMs: againMs })
    .givesNothing()
})

test('[RN9] a leader adds groups and sets the route until the run has ended', () => {
  const groupId = p.group('red')
  const addGroup = wishes({ type: 'add-group', groupId, name: 'Red', colour: '#ff0000', targetPaceMps: null })
  const setRoute = wishes({ type: 'set-route', routeId: p.route(1), lengthM: 5_000 })
  given(...sunday)
    .when(addGroup, lena)
    .givesWithWords([{ key: `group:${groupId}`, ownerId: null, text: 'Red' }], p.groupAdded('red'))
  given(...sunday, p.groupAdded('red'))
    .when(addGroup, lena)
    .givesNothing()
  given(...sunday)
    .when(setRoute, lena)
    .gives({ type: 'route-set', routeId: p.route(1), lengthM: 5_000 })
  for (const wish of [addGroup, setRoute])
    given(...sunday, p.ended)
      .when(wish, lena)
      .isRefused('run-has-ended')
})

test.each([{ type: 'start-run' }, endRun, { type: 'extend-run', expectedEndMs: NOW_MS + DAY_MS }] as const)(
  '[RN10] nobody but a leader decides about the run as a whole: $type',
  (wish) => {
    for (const id of [aidar, timur, mum])
      given(...underWay)
        .when(wish, id)
        .isRefused('not-for-your-role')
  },
)

describe('[WK2] when somebody looks at a run again', () => {
  test('[WK2] an ended run is due when everything of it is to be forgotten', () => {
    expect(dueAtMs(runOf(...underWay, at(NOW_MS, p.ended)))).toBe(NOW_MS + p.RETENTION_MS)
    given(...underWay, p.ended)
      .when({ type: 'wake' }, null, { nowMs: NOW_MS + p.RETENTION_MS })
      .givesNothing()
  })

  test('[WK2] a run that nobody planned is never due', () => {
    expect(dueAtMs(runOf())).toBeNull()
    given().when({ type: 'wake' }, null).givesNothing()
  })
})
