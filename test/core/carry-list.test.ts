import { describe, expect, test } from 'vitest'
import { carryOf } from '../../client/state/carry.ts'
import type { DrinkPlan } from '../../shared/run/drink.ts'
import { type CarryWish, carryList } from '../../shared/supply/carry-list.ts'
import { HOUR_MS, KM_M, MINUTE_MS } from '../../shared/units.ts'
import { event } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, madina, sunday, timur } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'

const plan: DrinkPlan = { everyMs: 15 * MINUTE_MS, everyM: null, drinkMl: 150, carbGPerH: null }
/** The bike path: 25 runners, 50 km at 5:24 min/km, so four hours and a half; four friends on bikes. */
const path: CarryWish = {
  runners: 25,
  minors: 0,
  routeM: 50 * KM_M,
  paceMps: 50_000 / (4.5 * 3_600),
  heat: 'mild',
  plans: [],
  helpers: Array.from({ length: 4 }, () => ({ kind: 'bike' as const })),
  refills: [],
}
const list = (more: Partial<CarryWish> = {}) => carryList({ ...path, ...more })

describe('what a run needs', () => {
  test('[CL1] half a litre an hour each: 56 l for 25 runners in four hours and a half', () => {
    expect(list()).toMatchObject({ takesMs: 4.5 * HOUR_MS, bottles: 113 })
    expect(list({ heat: 'cool' }).bottles).toBe(98)
    expect(list({ heat: 'hot' }).bottles).toBe(174)
    expect(list({ runners: 0 })).toMatchObject({ bottles: 0, gels: 0, saltTablets: 0, dryFromM: null })
  })

  test('[CL1] a plan is counted on as it is, but never above 800 ml an hour', () => {
    const one = { runners: 1, routeM: 10_000, paceMps: 10_000 / 3_600 }
    expect(list({ ...one, runners: 10, plans: Array.from({ length: 10 }, () => plan) }).bottles).toBe(12)
    const big = { ...plan, drinkMl: 500 }
    expect(list({ ...one, runners: 10, plans: Array.from({ length: 10 }, () => big) }).bottles).toBe(16)
    const everyKm = { ...plan, everyMs: null, everyM: 2_000, drinkMl: 100 }
    expect(list({ ...one, runners: 10, plans: Array.from({ length: 10 }, () => everyKm) }).bottles).toBe(10)
    expect(list({ ...one, runners: 2, plans: [plan] }).bottles).toBe(3)
  })

  test('[CL2] gels as each has set it, else 30 g an hour on long runs, none for minors', () => {
    expect(list().gels).toBe(135)
    expect(list({ minors: 25 }).gels).toBe(0)
    expect(list({ routeM: 10 * KM_M }).gels).toBe(0)
    const eager = { ...plan, carbGPerH: 100 }
    expect(list({ runners: 2, minors: 1, plans: [eager] }).gels).toBe(18)
    expect(list({ runners: 1, routeM: 10_000, paceMps: 10_000 / 3_600, plans: [eager] }).gels).toBe(4)
  })

  test('[CL2] salt only where it is warm, and none for minors', () => {
    expect((['frost', 'cool', 'mild', 'warm', 'hot'] as const).map((heat) => list({ heat }).saltTablets)).toEqual([
      0, 0, 0, 57, 113,
    ])
    expect(list({ heat: 'hot', minors: 25 }).saltTablets).toBe(0)
  })
})

describe('what its helpers can carry', () => {
  test('[CL3] sixteen bottles a bike, sixty a car, two hundred a table', () => {
    expect(list()).toMatchObject({ carriedBottles: 64, isEnough: false })
    expect(list({ helpers: [{ kind: 'bike' }, { kind: 'car' }, { kind: 'table' }] })).toMatchObject({
      carriedBottles: 276,
      isEnough: true,
      dryFromM: null,
    })
  })

  test('[CL4] they refill at the last place before they are empty', () => {
    // 64 of 113 bottles: 28.3 km.
    const refills = [
      { name: 'Bridge', atM: [10_000, 40_000] },
      { name: 'Pump', atM: [20_000, 30_000] },
      { name: 'Turn', atM: [25_000] },
    ]
    expect(list({ refills })).toMatchObject({ refillAt: [{ name: 'Turn', atM: 25_000 }], dryFromM: null })
    const two = { helpers: path.helpers.slice(0, 2), refills }
    expect(list(two)).toMatchObject({
      refillAt: [
        { name: 'Bridge', atM: 10_000 },
        { name: 'Pump', atM: 20_000 },
        { name: 'Pump', atM: 30_000 },
        { name: 'Bridge', atM: 40_000 },
      ],
      dryFromM: null,
    })
  })

  test('[CL4] where no place is in reach it is said from where on there is nothing left', () => {
    expect(Math.round(list().dryFromM ?? 0)).toBe(28_319)
    expect(Math.round(list({ refills: [{ name: 'Early', atM: [5_000] }] }).dryFromM ?? 0)).toBe(33_319)
    expect(list({ helpers: [] })).toMatchObject({ carriedBottles: 0, isEnough: false, dryFromM: 0 })
  })
})

describe('the list of a leader', () => {
  const route = event({ type: 'route-set', routeId: p.route(1), lengthM: 21_000 })

  test('[CL5] it counts who runs and their guests, by the route and the heat', () => {
    const guests = event({ type: 'guests-counted', guestsId: p.guests(1), count: 12, startNumber: null })
    const hot = event({ type: 'conditions-set', heat: 'hot', alertsOff: [] })
    const carry = carryOf(viewOf([...sunday, route, guests, hot, p.stopped(madina)]), null)
    expect(carry).toMatchObject({ runners: 14, helperCount: 2, paceMps: 3, isByTime: false })
    expect(carry?.list).toMatchObject({ takesMs: 7_000_000, bottles: 42, carriedBottles: 32 })
  })

  test('[CL5] by the pace of the groups, the plans and ages of their runners, and with what is helped', () => {
    const fast = { type: 'group-added', groupId: p.group('fast'), colour: '#ff0000', targetPaceMps: 4 } as const
    const history = [
      ...sunday.slice(0, 1),
      p.joined(aidar, 'runner', 2, { groupId: p.group('fast') }),
      p.joined(madina, 'runner', 3),
      p.joined(dana, 'cyclist', 4),
      p.joined(timur, 'cyclist', 5),
      route,
      event(fast),
      event({ type: 'drink-plan-set', memberId: aidar, plan }),
      event({ type: 'minor-set', memberId: madina, isMinor: true }),
      p.helps(dana, 'available', 'car'),
    ]
    const carry = carryOf(viewOf(history), null)
    expect(carry?.paceMps).toBeCloseTo(24 / 7)
    expect(carry?.list).toMatchObject({ carriedBottles: 76, gels: 3 })
  })

  test('[CL5] without a route by the expected end, and not at all without runners', () => {
    const carry = carryOf(viewOf(sunday), null)
    expect(carry).toMatchObject({ isByTime: true, list: { takesMs: 3 * HOUR_MS } })
    expect(carryOf(viewOf([p.planned, p.joined(dana, 'cyclist', 1)]), null)).toBeNull()
  })
})
