import { describe, expect, test } from 'vitest'
import { observedClaim } from '../../server/core/observed-claims.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { type Moves, type Played, played, rides, still, turnsAt, until, when } from '../support/claim-world.ts'
import { at, event, given, type Past, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, madina, raised, START_MS, sets, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const keepClaim = wishes({ type: 'keep-claim', requestId })
const doubted = event({ type: 'request-doubted', requestId, reason: 'silent' })
const kept = event({ type: 'request-kept', requestId })
const released = event({ type: 'request-released', requestId, reason: 'lease-over' })
const wake = wishes({ type: 'wake' })
const sees = (is: 'claim-doubted' | 'claim-good', cyclistId = dana) =>
  wishes({ type: 'observe', observations: [{ is, requestId, cyclistId, reason: 'silent' } as never] })

const claimedByDana = [...underWay, sets(dana), sets(timur), raised(1, aidar), claimed(1, dana)]
/** Aidar stands; Timur is far away and could go instead. */
const people = (moves: Moves) =>
  new Map<MemberId, Moves>([
    [aidar, still(0)],
    [dana, moves],
    [timur, still(9_000)],
  ])
const playedBy = (moves: Moves, more: Partial<Played> = {}) =>
  played({ history: claimedByDana, moves: people(moves), untilS: 600, ...more })
const doubtsOf = (moves: Moves, more: Partial<Played> = {}) => when(playedBy(moves, more).told, 'request-doubted')
const online = () => true

describe('a claimer who is not heard', () => {
  test('[LE1] for three minutes is asked whether they still come; for five while their phone is connected', () => {
    const silent = until(30, rides(3_000, 0))
    expect(doubtsOf(silent)[0]).toBe(30 + 180)
    expect(doubtsOf(silent, { isConnected: online })[0]).toBe(30 + 300)
  })

  test('[LE1] is silent only since they claimed, and one who shares no place while connected says nothing by it', () => {
    const late = [...claimedByDana.slice(0, -1), at(START_MS + 200 * SECOND_MS, claimed(1, dana))]
    expect(doubtsOf(until(30, rides(3_000, 0)), { history: late })[0]).toBe(200 + 180)
    const notSharing = claimedByDana.filter((past) => past !== claimedByDana[underWay.length])
    expect(doubtsOf(still(500), { history: notSharing, isConnected: online })).toEqual([])
    expect(doubtsOf(still(500), { history: notSharing })[0]).toBe(180)
  })

  test('[LE3] is believed again as soon as they are heard', () => {
    const tunnel: Moves = (s) => (s > 30 && s < 250 ? null : Math.max(0, 3_000 - 5 * s))
    const { told } = playedBy(tunnel)
    expect(when(told, 'request-doubted')).toEqual([210])
    expect(when(told, 'request-kept')).toEqual([250])
    expect(when(told, 'request-released')).toEqual([])
  })
})

describe('a claimer who is heard', () => {
  test('[LE2] and does not come nearer for four minutes is asked', () => {
    expect(doubtsOf(still(1_000))[0]).toBe(240)
    expect(doubtsOf(rides(500, 5_000))[0]).toBe(240)
    // Comes on, stops for good 600 m away.
    expect(doubtsOf(rides(1_200, 600, 6))[0]).toBe(100 + 240)
    expect(playedBy(still(1_000)).told[0]?.event).toEqual({ ...doubted, reason: 'not-approaching' })
  })

  test.each([
    ['comes nearer', rides(3_000, 0), still(0)],
    ['comes nearer slowly', rides(3_000, 0, 0.5), still(0)],
    ['waits where the runner comes', still(3_000), rides(0, 3_000, 3)],
    ['is there', still(145), still(0)],
    ['cannot be compared, since nobody knows where the runner is', still(3_000), until(0, still(0))],
  ])('[LE2] who %s is not', (_who, theirs, runners) => {
    const moves = new Map([...people(theirs), [aidar, runners] as const])
    expect(when(played({ history: claimedByDana, moves, untilS: 600 }).told, 'request-doubted')).toEqual([])
  })

  test('[LE2] a jitter of the place is no approach', () => {
    const jitter: Moves = (s) => 1_000 + (s % 2 === 0 ? 20 : -20)
    expect(doubtsOf(jitter)[0]).toBe(240)
  })

  test('[LE2] coming nearer along the route is as good as coming nearer as the crow flies', () => {
    // Away from the bank to the bridge, and back on the other side.
    const round = { along: new Map([[aidar, () => 4_000] as const, [dana, (s: number) => 5 * s] as const]) }
    expect(doubtsOf(rides(100, 2_000, 4), { ...round, untilS: 400 })).toEqual([])
    expect(doubtsOf(rides(100, 2_000, 4), { untilS: 400 })).toEqual([10 + 240])
  })

  test('[LE2] to be found on the route is no approach', () => {
    const along = new Map([aidar, dana].map((id) => [id, (s: number) => (s < 200 ? Number.NaN : 4_000)] as const))
    expect(doubtsOf(still(1_000), { along })[0]).toBe(240)
  })

  test('[LE2] who brings things to several is on the way as long as they come nearer to one of them', () => {
    const both = [...claimedByDana, raised(2, madina), claimed(2, dana)]
    const moves = new Map([...people(rides(1_000, -1_500, 6)), [madina, still(2_000)] as const])
    const { told } = played({ history: both, moves, untilS: 600 })
    // Nearer to Aidar until 160 s, then to nobody.
    expect(when(told, 'request-doubted')).toContain(160 + 240)
    expect(when(told, 'request-doubted').every((s) => s >= 400)).toBe(true)
  })

  test('[LE2] who refills may take their time', () => {
    const refills = p.helps(dana, 'refilling')
    expect(doubtsOf(still(3_000), { history: [...claimedByDana, refills] })).toEqual([])
  })

  test('[LE3] is believed again when they come nearer', () => {
    const { told } = playedBy(turnsAt(260, still(3_000), rides(3_000, 0)))
    expect(when(told, 'request-doubted')).toEqual([240])
    expect(when(told, 'request-kept')).toEqual([270])
  })

  test('[LE3] is believed on their word, and asked again only after as long', () => {
    const { told } = playedBy(still(1_000), { taps: [[250, dana, keepClaim]] })
    expect(when(told, 'request-kept')).toEqual([250])
    expect(when(told, 'request-doubted')).toEqual([240, 250 + 240])
  })
})

describe('an answer', () => {
  const asked = [...claimedByDana, at(START_MS, doubted)]

  test('[LE3] is theirs who claimed, and a second one changes nothing', () => {
    given(...asked)
      .when(keepClaim, dana)
      .gives(kept)
    given(...asked, kept)
      .when(keepClaim, dana)
      .givesNothing()
    given(...asked)
      .when(keepClaim, timur)
      .isRefused('someone-else-has-it')
    given(...asked)
      .when(keepClaim, aidar)
      .isRefused('not-for-your-role')
    given(...asked)
      .when(wishes({ type: 'keep-claim', requestId: p.request(9) }), dana)
      .isRefused('no-such-thing', 'command.requestId')
  })

  test('[LE3] that comes too late takes it again, unless somebody else has', () => {
    given(...asked, released)
      .when(keepClaim, dana)
      .gives(claimed(1, dana))
    given(...asked, released, claimed(1, timur))
      .when(keepClaim, dana)
      .isRefused('someone-else-has-it')
    given(...asked, event({ type: 'request-cancelled', requestId, reason: 'by-author' }))
      .when(keepClaim, dana)
      .isRefused('already-ended')
  })

  test('[LE4] that does not come for two minutes offers it to all again', () => {
    const late = (nowMs: number) => given(...asked).when(wake, null, { nowMs })
    late(START_MS + 2 * MINUTE_MS - 1).givesNothing()
    late(START_MS + 2 * MINUTE_MS).gives(released)
    const { told, run } = playedBy(until(30, rides(3_000, 0)), { untilS: 330 })
    expect(when(told, 'request-released')).toEqual([210 + 120])
    expect(run.requests.get(requestId)).toMatchObject({ status: 'open', cyclistId: null, doubt: null })
    given(...asked, released)
      .when(wishes({ type: 'claim-request', requestId }), timur)
      .gives(claimed(1, timur))
  })
})

describe('a job is not taken away', () => {
  const noStock = p.carries(timur, { pieces: [], emptiesCount: 0 })
  const alone: readonly Past[] = [...claimedByDana, p.stopped(timur)]

  test.each([
    ['with one cyclist in the run', alone],
    ['when nobody else has any', [...claimedByDana, noStock]],
    [
      'when the others belong to another group',
      [...claimedByDana, p.groupAdded('red'), p.changed(timur, 'cyclist', 'red')],
    ],
  ])('[LE5] %s', (_when, history) => {
    expect(playedBy(until(30, rides(3_000, 0)), { history, untilS: 890 }).told).toEqual([])
    given(...history)
      .when(sees('claim-doubted'), null)
      .givesNothing()
  })

  test('[LE5] nor when the others have gone since the question', () => {
    given(...claimedByDana, at(START_MS, doubted), p.stopped(timur))
      .when(wake, null, { nowMs: START_MS + 2 * MINUTE_MS })
      .gives(kept)
  })

  test.each(['help', 'first-aid'] as const)('[LE5] nor a call for help: %s', (kind) => {
    const history = [...underWay, sets(dana), sets(timur), raised(1, aidar, { kind }), claimed(1, dana)]
    expect(playedBy(until(30, rides(3_000, 0)), { history, untilS: 890 }).told).toEqual([])
    given(...history)
      .when(sees('claim-doubted'), null)
      .givesNothing()
  })

  test('[LE5] nor what is a repair without the same question', () => {
    const history = [...underWay, sets(dana), raised(1, aidar, { kind: 'mechanical' }), claimed(1, dana)]
    given(...history)
      .when(sees('claim-doubted'), null)
      .gives(doubted)
  })
})

test('[LE1] what several nodes see is one fact, and what was seen of another claim is none', () => {
  expect(when(playedBy(still(1_000), { nodes: 3, untilS: 300 }).told, 'request-doubted')).toEqual([240])
  for (const moves of [still(1_000), until(30, rides(3_000, 0)), rides(3_000, 0)])
    expect(playedBy(moves).idleCount).toBe(0)
  const seen = { is: 'claim-doubted', requestId, cyclistId: dana, reason: 'silent' } as const
  given(...claimedByDana)
    .when({ type: 'observe', observations: [seen, seen] }, null)
    .gives(doubted)
  given(...claimedByDana, doubted)
    .when(sees('claim-doubted'), null)
    .givesNothing()
  given(...claimedByDana)
    .when(sees('claim-doubted', timur), null)
    .givesNothing()
  given(...claimedByDana)
    .when(sees('claim-good'), null)
    .givesNothing()
  expect(observedClaim(runOf(...underWay), { is: 'claim-good', requestId, cyclistId: dana })).toEqual([])
})

test('[LE3] a claim that was kept is as good as new', () => {
  const run = runOf(...claimedByDana, doubted, at(START_MS + MINUTE_MS, kept))
  expect(run.requests.get(requestId)).toMatchObject({ doubt: null, claimedAtMs: START_MS + MINUTE_MS, cyclistId: dana })
})

test('[RQ16] a cyclist who leaves while they are asked gives it back at once', () => {
  given(...claimedByDana, doubted)
    .when(wishes({ type: 'stop', memberId: dana, reason: 'going-home', untilMs: START_MS }), dana, { nowMs: START_MS })
    .gives(
      { type: 'request-released', requestId, reason: 'helper-left' },
      { ...p.stopped(dana), reason: 'going-home' } as never,
      claimed(1, timur, { isAutomatic: true }),
    )
})
