import { describe, expect, test } from 'vitest'
import { supply } from '../../client/screens/english/supply.ts'
import { drinkFormOf, myDrink, planOf } from '../../client/state/drink.ts'
import { type DrinkPlan, heatSchema } from '../../shared/run/drink.ts'
import type { RunState } from '../../shared/run/state.ts'
import { drinkDue, INTERVAL_BY_HEAT } from '../../shared/supply/drink-due.ts'
import { KM_M, type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, claimed, dana, lena, madina, mum, raised, START_MS, sunday, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'

const byTime: DrinkPlan = { everyMs: 20 * MINUTE_MS, everyM: null, drinkMl: 200, carbGPerH: null }
const byDistance: DrinkPlan = { ...byTime, everyMs: null, everyM: 4 * KM_M }
const withCarb: DrinkPlan = { ...byTime, carbGPerH: 70 }
const set = (plan: DrinkPlan | null) => wishes({ type: 'set-drink-plan', plan })
const planned = (plan: DrinkPlan | null, memberId = aidar) => event({ type: 'drink-plan-set', memberId, plan })
const drank = (drinkMl: number) => event({ type: 'drunk', memberId: aidar, drinkMl })
const minor = (isMinor: boolean, memberId = aidar) => event({ type: 'minor-set', memberId, isMinor })
const minutes = (min: number) => START_MS + min * MINUTE_MS
const handed = (no: number, quantity = 1, requestNo: number | null = null) =>
  p.handedOver(no, { quantity, requestId: requestNo === null ? null : p.request(requestNo) })

describe('setting a plan', () => {
  test('[DP1] whoever takes part sets their own, before the start too, and takes it back', () => {
    for (const id of [aidar, dana, lena])
      given(...sunday)
        .when(set(byTime), id)
        .gives(planned(byTime, id))
    given(...underWay, planned(byTime))
      .when(set(null), aidar)
      .gives(planned(null))
    for (const plan of [byTime, { ...byTime }])
      given(...underWay, planned(byTime))
        .when(set(plan), aidar)
        .givesNothing()
    given(...underWay)
      .when(set(byTime), mum)
      .isRefused('not-for-your-role')
    given(...underWay, p.ended)
      .when(set(byTime), aidar)
      .isRefused('run-has-ended')
  })

  test('[DP2] minors have no plan for carbohydrate', () => {
    given(...underWay, minor(true))
      .when(set(withCarb), aidar)
      .isRefused('malformed', 'command.plan.carbGPerH')
    given(...underWay, minor(true))
      .when(set(byTime), aidar)
      .gives(planned(byTime))
    given(...underWay)
      .when(set(withCarb), aidar)
      .gives(planned(withCarb))
    given(...underWay, planned(withCarb))
      .when({ type: 'set-minor', memberId: aidar, isMinor: true }, lena)
      .gives(minor(true), planned(byTime))
  })

  test('[DP3] what was drunk counts while the run is live', () => {
    const have = wishes({ type: 'have-drunk', drinkMl: 150 })
    given(...underWay)
      .when(have, aidar)
      .gives(drank(150))
    given(...sunday)
      .when(have, aidar)
      .isRefused('run-not-live')
    given(...underWay, p.ended)
      .when(have, aidar)
      .isRefused('run-has-ended')
    given(...underWay)
      .when(have, mum)
      .isRefused('not-for-your-role')
  })

  test('[DP4] a leader says who is under age, and anybody of themself; not any more says a leader', () => {
    const says = (isMinor: boolean) => wishes({ type: 'set-minor', memberId: aidar, isMinor })
    for (const id of [aidar, lena])
      given(...sunday)
        .when(says(true), id)
        .gives(minor(true))
    given(...sunday, minor(true))
      .when(says(true), aidar)
      .givesNothing()
    given(...sunday, minor(true))
      .when(says(false), lena)
      .gives(minor(false))
    given(...sunday, minor(true))
      .when(says(false), aidar)
      .isRefused('not-for-your-role')
    for (const id of [madina, dana, mum])
      given(...sunday)
        .when(says(true), id)
        .isRefused('not-for-your-role')
    for (const memberId of [p.person('nobody'), mum])
      given(...sunday)
        .when({ type: 'set-minor', memberId, isMinor: true }, lena)
        .isRefused('no-such-thing', 'command.memberId')
  })
})

describe('the next drink', () => {
  const due = (nowMs: number, history: Parameters<typeof runOf>, alongM?: number) => {
    const run = runOf(...underWay, planned(byTime), ...history)
    return drinkDue(run, memberOf(run, aidar), nowMs, alongM)
  }

  test('[DP5] by time it is due an interval after the start, and after the last intake', () => {
    expect(due(minutes(5), [])).toEqual({ dueAtMs: minutes(20), dueAtM: null, takenLastHourMl: 0 })
    expect(due(minutes(90), [])?.dueAtMs).toBe(minutes(20))
    expect(due(minutes(90), [at(minutes(80), drank(200))])).toEqual({
      dueAtMs: minutes(100),
      dueAtM: null,
      takenLastHourMl: 200,
    })
    expect(due(minutes(90), [at(minutes(80), drank(50))])?.dueAtMs).toBe(minutes(100))
  })

  test('[DP5] a bottle of more than one drink lasts as many intervals, whatever sip comes after', () => {
    expect(due(minutes(30), [at(minutes(10), handed(1))])?.dueAtMs).toBe(minutes(60))
    expect(due(minutes(30), [at(minutes(10), handed(1)), at(minutes(30), drank(50))])?.dueAtMs).toBe(minutes(60))
    expect(due(minutes(130), [at(minutes(10), handed(1, 5))])?.dueAtMs).toBe(minutes(130))
  })

  test('[DP5] by distance the way since the last intake is reckoned by the mean pace', () => {
    const plan = planned(byDistance)
    expect(due(minutes(10), [plan], 1_800)).toEqual({ dueAtMs: null, dueAtM: 4_000, takenLastHourMl: 0 })
    // 12 km in an hour: at minute 40 at 8 km.
    expect(due(minutes(60), [plan, at(minutes(40), drank(200))], 12_000)?.dueAtM).toBe(12_000)
    expect(due(minutes(60), [plan, at(minutes(40), drank(200))], 11_880)?.dueAtM).toBe(11_920)
    // Where their place is not known it goes by time, at 3 m/s.
    expect(due(minutes(60), [plan, at(minutes(40), drank(200))])).toMatchObject({
      dueAtMs: minutes(40) + Math.round((4_000 / 3) * 1_000),
      dueAtM: null,
    })
  })

  test('[DP5] who comes late to the route is not due at once', () => {
    const late = drinkDue(...lateAt(20_000))
    expect(late?.dueAtM).toBeGreaterThan(22_000)
    expect(late?.dueAtM).toBeLessThan(24_000)
  })

  test('[DP5] nothing is due without a plan, before the start, and to who is home', () => {
    expect(due(minutes(30), [planned(null)])).toBeNull()
    expect(due(minutes(30), [p.stopped(aidar)])).toBeNull()
    expect(due(minutes(30), [p.ended])).toBeNull()
    const before = runOf(...sunday, planned(byTime), p.sets(aidar, START_MS - MINUTE_MS))
    expect(drinkDue(before, memberOf(before, aidar), START_MS, undefined)).toBeNull()
    const pause = event({ type: 'member-paused', memberId: aidar, reason: 'toilet' })
    expect(due(minutes(30), [pause])).not.toBeNull()
  })

  test('[DP6] whoever has had 800 ml within the hour is due nothing until the hour holds less', () => {
    const much = [planned({ ...byTime, drinkMl: 400 }), at(minutes(10), drank(400)), at(minutes(30), drank(400))]
    expect(due(minutes(40), much)).toMatchObject({ dueAtMs: minutes(70), takenLastHourMl: 800 })
    expect(due(minutes(71), much)).toMatchObject({ dueAtMs: minutes(50), takenLastHourMl: 400 })
    expect(due(minutes(40), [at(minutes(30), drank(799))])?.dueAtMs).toBeGreaterThan(minutes(90))
    expect(
      due(minutes(60), [planned({ ...byDistance, drinkMl: 1_000 }), at(minutes(50), handed(1, 2))], 12_000)?.dueAtM,
    ).toBe(22_000)
  })

  test('[DP7] the heat shortens or stretches the interval, by less than two in all', () => {
    const dueAt = (heat: (typeof heatSchema.options)[number]) =>
      due(minutes(5), [event({ type: 'conditions-set', heat, alertsOff: [] })])?.dueAtMs
    expect(heatSchema.options.map(dueAt)).toEqual([23, 23, 20, 16, 13].map(minutes))
    const factors = Object.values(INTERVAL_BY_HEAT)
    expect(Math.max(...factors) / Math.min(...factors)).toBeLessThan(2)
  })

  test('[DP8] a delivery counts once, whoever told of it', () => {
    const asks = [raised(1, aidar), claimed(1, dana)]
    const got = (no: number | null) =>
      at(minutes(50), p.delivered(1, dana, { handOverId: no === null ? null : p.handOver(no) }))
    const taken = (...history: Parameters<typeof runOf>) => due(minutes(60), history)?.takenLastHourMl
    expect(taken(...asks, got(null))).toBe(500)
    expect(taken(...asks, at(minutes(50), handed(1, 1, 1)), got(1))).toBe(500)
    expect(taken(...asks, got(null), at(minutes(51), handed(1, 1, 1)))).toBe(500)
    expect(taken(...asks, at(minutes(50), event({ type: 'request-assumed', requestId: p.request(1) })))).toBe(500)
    expect(taken({ ...handed(1), kind: 'gel' })).toBe(0)
    expect(taken(at(minutes(50), handed(1)), at(minutes(52), drank(150)), at(minutes(0), handed(2)))).toBe(650)
  })
})

describe('the phone of who drinks', () => {
  test('[DP9] it tells the plan, what was taken and what is next, also of a plan not sent yet', () => {
    const view = viewOf([...underWay, planned(withCarb), at(minutes(50), drank(200))], { by: aidar })
    expect(myDrink(view, NOW_MS)).toEqual({
      plan: withCarb,
      due: { dueAtMs: minutes(70), dueAtM: null, takenLastHourMl: 200 },
      takenLastHourMl: 200,
      alongM: null,
      mayPlanCarb: true,
      isSending: false,
    })
    const waiting = viewOf([...underWay, minor(true)], { by: aidar, waiting: [set(byTime) as never] })
    expect(myDrink(waiting, NOW_MS)).toMatchObject({ plan: byTime, mayPlanCarb: false, isSending: true })
  })

  test('[DP9] never is anybody told to drink more', () => {
    const words = JSON.stringify(supply.drink, (_key, value) => (typeof value === 'function' ? String(value) : value))
    expect(words).not.toMatch(/\b(drink|should|must|need)\b[^"]*\bmore\b/i)
    expect(supply.drink.taken(900)).toBe('900 ml taken in the last hour; drink to thirst.')
  })

  test('[DP2] the form makes the plan that was kept, above 60 g an hour only as it was typed, and none for minors', () => {
    for (const plan of [byTime, byDistance, withCarb]) expect(planOf(drinkFormOf(plan), true)).toEqual(plan)
    expect(planOf(drinkFormOf(withCarb), false)).toEqual(byTime)
    expect(planOf(drinkFormOf(null), true)?.carbGPerH).toBeNull()
    expect(planOf({ ...drinkFormOf(null), carb: '500' }, true)).toBeNull()
  })
})

const memberOf = (run: RunState, memberId: MemberId) => run.members.get(memberId) as never

/** Madina set out at minute 60, at km 20 of the route; a quarter of an hour ago. */
function lateAt(kmM: number): Parameters<typeof drinkDue> {
  const late = [...sunday, p.started, p.sets(aidar), p.sets(madina, minutes(60)), planned(byDistance, madina)]
  const run = runOf(...late)
  return [run, memberOf(run, madina), minutes(75), kmM + 2_700]
}
