import { describe, expect, test } from 'vitest'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { type Moves, type Played, played, rides, still, turnsAt, until, when } from '../support/claim-world.ts'
import { at, event, given, NOW_MS, type Past, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, madina, raised, START_MS, sets, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
const claim = wishes({ type: 'claim-request', requestId })
const offered = event({ type: 'request-offered', requestId, toId: timur, gainMs: 4 * MINUTE_MS })
const claimedByDana = [...underWay, sets(dana), sets(timur), raised(1, aidar), claimed(1, dana)]

/** Aidar stands at 0; who rides takes a kilometre of the straight way in 260 s. */
const offersOf = (danas: Moves, timurs: Moves, more: Partial<Played> = {}) =>
  played({
    history: claimedByDana,
    moves: new Map<MemberId, Moves>([
      [aidar, still(0)],
      [dana, danas],
      [timur, timurs],
    ]),
    untilS: 60,
    ...more,
  }).told.flatMap(({ s, event }) => (event.type === 'request-offered' ? [{ s, ...event }] : []))
const near = still(-500)

describe('somebody else is offered a claim', () => {
  test('[LE6] when they would be there more than 3 min and more than 40 % sooner', () => {
    expect(offersOf(still(3_000), near)).toEqual([{ s: 10, ...offered, gainMs: expect.closeTo(650_000, -3) }])
    // 4 minutes of 13, which is too small a part.
    expect(offersOf(still(3_000), still(-2_077))).toEqual([])
    // Three quarters, and less than 3 minutes.
    expect(offersOf(still(850), still(-200))).toEqual([])
  })

  test('[LE6] by the way along the route too, where both are on it for sure', () => {
    const along = (danas: number, timurs: number) => ({
      along: new Map([
        [aidar, () => 10_000],
        [dana, () => danas],
        [timur, () => timurs],
      ]),
    })
    expect(offersOf(still(3_000), near, along(7_000, 9_500))).toMatchObject([{ gainMs: 2_500 * 200 }])
    // Over the river, with the bridge far off.
    expect(offersOf(still(3_000), near, along(7_000, 5_000))).toEqual([])
  })

  test.each<readonly [why: string, danas: Moves, timurs: Moves, history: readonly Past[]]>([
    ['who is within two minutes keeps it', still(460), still(-1), claimedByDana],
    [
      'who brings something already is not asked',
      still(3_000),
      near,
      [...claimedByDana, raised(2, madina), claimed(2, timur)],
    ],
    ['who refills is not asked', still(3_000), near, [...claimedByDana, p.helps(timur, 'refilling')]],
    ['a table rides nowhere', still(3_000), near, [...claimedByDana, p.helps(timur, 'available', 'table')]],
    [
      'who has none left is not asked',
      still(3_000),
      near,
      [...claimedByDana, p.carries(timur, { pieces: [], emptiesCount: 0 })],
    ],
    [
      'a call for help stays with whoever goes',
      still(3_000),
      near,
      [...underWay, sets(dana), sets(timur), raised(1, aidar, { kind: 'help' }), claimed(1, dana)],
    ],
  ])('[LE6] but %s', (_why, danas, timurs, history) => {
    expect(offersOf(danas, timurs, { history, untilS: 120 })).toEqual([])
  })

  test('[LE6] nor anybody who was not heard within a minute', () => {
    const awayAt60 = turnsAt(60, still(100), still(9_000))
    expect(offersOf(awayAt60, near, { untilS: 120 })).toMatchObject([{ s: 70 }])
    expect(offersOf(awayAt60, until(0, near), { untilS: 120 })).toEqual([])
  })

  test('[LE6] once a claim, by whichever node, and not for one bad fix', () => {
    expect(offersOf(still(3_000), near, { nodes: 3, untilS: 1_200 })).toHaveLength(1)
    const leap: Moves = (s) => (s === 20 ? -200 : 4_000)
    expect(offersOf(still(3_000), leap)).toEqual([])
    given(...claimedByDana, offered)
      .when({ type: 'observe', observations: [{ is: 'swap', requestId, toId: timur, gainMs: 1 }] }, null)
      .givesNothing()
  })

  test('[LE6] never back to whoever had it before', () => {
    const { told } = played({
      history: claimedByDana,
      moves: new Map<MemberId, Moves>([
        [aidar, still(0)],
        [dana, turnsAt(60, still(3_000), rides(3_000, 0, 7))],
        [timur, turnsAt(60, near, rides(-500, -9_000, 7))],
      ]),
      untilS: 500,
      taps: [[30, timur, claim]],
    })
    expect(when(told, 'request-offered')).toEqual([10])
  })
})

describe('an offer', () => {
  const history = [...claimedByDana, at(NOW_MS - MINUTE_MS, offered)]

  test('[LE7] needs a tap by the one it was made to; for others it is taken', () => {
    given(...history)
      .when(claim, timur)
      .gives(claimed(1, timur))
    given(...claimedByDana)
      .when(claim, timur)
      .isRefused('someone-else-has-it')
    const erlan = p.person('erlan')
    given(...history, p.joined(erlan, 'cyclist', 7))
      .when(claim, erlan)
      .isRefused('someone-else-has-it')
    given(...history, claimed(1, timur))
      .when(claim, timur)
      .givesNothing()
    expect(runOf(...history, claimed(1, timur)).requests.get(requestId)).toMatchObject({
      cyclistId: timur,
      status: 'claimed',
      offer: null,
    })
  })

  test('[LE7] stands for three minutes, and not once the two have met', () => {
    const late = (nowMs: number) => given(...claimedByDana, at(START_MS, offered)).when(claim, timur, { nowMs })
    late(START_MS + 3 * MINUTE_MS - SECOND_MS).gives(claimed(1, timur))
    late(START_MS + 3 * MINUTE_MS).isRefused('someone-else-has-it')
    given(...history, event({ type: 'request-met', requestId }))
      .when(claim, timur)
      .isRefused('someone-else-has-it')
  })

  test('[LE7] goes with the claim it was made of', () => {
    const released = event({ type: 'request-released', requestId, reason: 'by-cyclist' })
    expect(runOf(...history, released).requests.get(requestId)?.offer).toBeNull()
    given(...history, released, claimed(1, dana))
      .when(claim, timur)
      .isRefused('someone-else-has-it')
  })
})

test('[RQ6] who claims what has been cancelled or handed over meanwhile is told that it is done', () => {
  for (const ended of [
    event({ type: 'request-cancelled', requestId, reason: 'by-author' }),
    event({ type: 'request-assumed', requestId }),
  ])
    given(...claimedByDana, ended)
      .when(claim, timur)
      .isRefused('already-ended')
})
