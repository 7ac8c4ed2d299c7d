import { describe, expect, test } from 'vitest'
import { aroundMe } from '../../client/state/around-me.ts'
import { guardedBy } from '../../client/state/guarded.ts'
import { headCount } from '../../client/state/head-count.ts'
import { onceALook } from '../../client/state/once-a-look.ts'
import { packView } from '../../client/state/pack-view.ts'
import { noRing, ringAfter } from '../../client/state/request-ring.ts'
import { rollOf } from '../../client/state/roll.ts'
import { toLookAfterCount, unheardOf } from '../../client/state/to-look-after.ts'
import { noTrails } from '../../client/state/trails.ts'
import { routeLine } from '../../shared/geo/route.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { at, type Past } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import {
  aidar,
  claimed,
  dana,
  helps,
  joined,
  lena,
  madina,
  mum,
  raised,
  sets,
  stopped,
  timur,
  underWay,
} from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'
import { nowAt, routeSet, seenAt, spotAtM } from '../support/watched.ts'

const NOW_MS = nowAt(1_800)
const raisedAlert = (no: number, memberId: MemberId): RunEvent =>
  ({
    type: 'alert-raised',
    alertId: p.alert(no),
    rule: 'silent-overdue',
    memberId,
    sinceMs: NOW_MS - MINUTE_MS,
    value: null,
  }) as RunEvent

describe('whom a leader looks after', () => {
  const quiet = [
    [aidar, placed(0, 0, NOW_MS)],
    [madina, placed(0, 0, NOW_MS)],
  ] as const

  test('[CW1] is whoever is not heard, and since a head count began not seen either; nobody twice', () => {
    const idsOf = (history: readonly Past[], places: typeof quiet | [] = []) =>
      unheardOf(viewOf(history, { places }), NOW_MS).map(({ memberId }) => memberId)
    expect(idsOf(underWay, quiet)).toEqual([])
    expect(idsOf(underWay)).toEqual([aidar, madina])
    expect(idsOf([...underWay, raisedAlert(1, aidar)])).toEqual([madina])
    const begun = at(NOW_MS - 2 * MINUTE_MS, { type: 'head-count-begun' })
    const late = [
      [aidar, placed(0, 0, NOW_MS - 3 * MINUTE_MS)],
      [madina, placed(0, 0, NOW_MS)],
    ] as const
    expect(unheardOf(viewOf(underWay, { places: late }), NOW_MS)).toEqual([])
    expect(unheardOf(viewOf([...underWay, begun], { places: late }), NOW_MS).map(({ memberId }) => memberId)).toEqual([
      aidar,
    ])
  })

  test('[CW1] is counted with the alerts, for leaders alone', () => {
    const history = [...underWay, raisedAlert(1, aidar)]
    expect(toLookAfterCount(viewOf(history), NOW_MS)).toBe(2)
    expect(toLookAfterCount(viewOf(history, { by: dana }), NOW_MS)).toBe(0)
    expect(toLookAfterCount(viewOf(underWay, { places: quiet }), NOW_MS)).toBe(0)
  })
})

describe('the sound for a new request', () => {
  const asks = (no: number, agoMs: number, more: readonly Past[] = [], by = dana) =>
    viewOf([...underWay, sets(dana), at(NOW_MS - agoMs, raised(no, aidar)), ...more], { by })

  test('[CW2] is heard once by an available cyclist, and by nobody else', () => {
    const first = ringAfter(noRing, asks(1, SECOND_MS), NOW_MS)
    expect(first.rings).toBe(true)
    expect(ringAfter(first.state, asks(1, MINUTE_MS / 2), NOW_MS + MINUTE_MS / 2).rings).toBe(false)
    const isHeard = (view: ReturnType<typeof asks>) => ringAfter(noRing, view, NOW_MS).rings
    expect(isHeard(asks(1, SECOND_MS, [], lena))).toBe(false)
    expect(isHeard(asks(1, SECOND_MS, [helps(dana, 'puncture')]))).toBe(false)
    expect(isHeard({ ...asks(1, SECOND_MS), isCaughtUp: false })).toBe(false)
    expect(isHeard(asks(1, MINUTE_MS))).toBe(false)
  })

  test('[CW2] is not for what another has, nor for what was claimed by a tap; it is for what came by itself', () => {
    const isHeard = (claimedAgoMs: number, by: MemberId) =>
      ringAfter(noRing, asks(1, 5 * SECOND_MS, [at(NOW_MS - claimedAgoMs, claimed(1, by))]), NOW_MS).rings
    expect(isHeard(SECOND_MS, timur)).toBe(false)
    expect(isHeard(SECOND_MS, dana)).toBe(false)
    expect(isHeard(4.5 * SECOND_MS, dana)).toBe(true)
  })

  test('[CW2] is one in ten seconds, whatever comes; what somebody has by then is silent', () => {
    const second = at(NOW_MS + SECOND_MS, raised(2, madina))
    const { state } = ringAfter(noRing, asks(1, SECOND_MS), NOW_MS)
    const both = asks(1, SECOND_MS, [second])
    expect(ringAfter(state, both, NOW_MS + 2 * SECOND_MS).rings).toBe(false)
    expect(ringAfter(state, both, NOW_MS + 9_999).rings).toBe(false)
    expect(ringAfter(state, both, NOW_MS + 10 * SECOND_MS).rings).toBe(true)
    const taken = asks(1, SECOND_MS, [second, at(NOW_MS + 5 * SECOND_MS, claimed(2, timur))])
    expect(ringAfter(state, taken, NOW_MS + 10 * SECOND_MS).rings).toBe(false)
  })

  test('[CW2] is not for a call for help, which has its own', () => {
    const call = raised(1, aidar, { kind: 'help' })
    expect(ringAfter(noRing, viewOf([...underWay, sets(dana), at(NOW_MS, call)], { by: dana }), NOW_MS).rings).toBe(
      false,
    )
  })
})

describe('what a guardian is told', () => {
  const guardian = joined(mum, 'guardian', 6, { wardId: aidar })
  const history = [...underWay.filter((each) => !('memberId' in each && each.memberId === mum)), guardian]
  const told = (more: readonly Past[], places: readonly (readonly [MemberId, ReturnType<typeof placed>])[]) =>
    guardedBy(viewOf([...history, ...more], { by: mum, places }), NOW_MS)

  test('[CW3] is the place of their own with its age, else that of a leader, and whose it is', () => {
    const own = placed(0, 0, NOW_MS - 90_000)
    expect(
      told(
        [],
        [
          [aidar, own],
          [lena, placed(0, 0, NOW_MS)],
        ],
      ),
    ).toMatchObject({
      placeOfId: aidar,
      ageMs: 90_000,
      isOld: true,
      leaderIds: [lena],
    })
    expect(told([], [[lena, placed(0, 0, NOW_MS)]])).toMatchObject({ placeOfId: lena, ageMs: 0, isOld: false })
    expect(told([], [])).toMatchObject({ place: null, placeOfId: null, ageMs: null, isOld: false })
  })

  test('[CW3] is what they ask for, and no place once they have stopped; nothing when they are gone', () => {
    expect(told([at(NOW_MS, raised(1, aidar)), at(NOW_MS, raised(2, madina))], [])?.wants).toHaveLength(1)
    expect(told([stopped(aidar)], [[lena, placed(0, 0, NOW_MS)]])?.place).toBeNull()
    expect(told([{ type: 'member-removed', memberId: aidar }], [])).toBeNull()
  })
})

test('[PK9] a cyclist on a way out and back is told of the runners on either leg, and nothing of an old place', () => {
  const view = viewOf([...underWay, routeSet, sets(dana)], {
    by: dana,
    places: [
      [aidar, seenAt(1_300, NOW_MS)],
      [madina, seenAt(4_800, NOW_MS)],
      [dana, { ...placed(0, 0, NOW_MS), ...spotAtM(1_000, 20) }],
    ],
  })
  const line = routeLine([spotAtM(0), spotAtM(3_000), spotAtM(0)])
  const around = (nowMs: number) => aroundMe(view, packView(view, noTrails, null, NOW_MS), line, nowMs)
  const { ahead, behind } = around(NOW_MS)
  expect([ahead?.memberId, Math.round((ahead?.gapM ?? 0) / 10)]).toEqual([aidar, 30])
  expect([behind?.memberId, Math.round((behind?.gapM ?? 0) / 10)]).toEqual([madina, 20])
  expect(around(NOW_MS + 3 * MINUTE_MS)).toEqual({ ahead: null, behind: null })
})

test('[CW4] what several parts of a page ask of one look is reckoned once', () => {
  let count = 0
  const reckon = onceALook(() => ({ no: ++count }))
  const view = viewOf(underWay)
  expect(reckon(view, 1)).toBe(reckon(view, 1))
  expect([reckon(view, 2).no, reckon({ ...view }, 2).no, count]).toEqual([2, 3, 3])
  expect(rollOf(view, NOW_MS)).toBe(rollOf(view, NOW_MS))
  expect(headCount(view, NOW_MS)).toBe(headCount(view, NOW_MS))
})
