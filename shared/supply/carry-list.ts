/** What a run needs to drink and eat, what its helpers can carry, and where they must refill. A list to pack by, before the start. */
import type { DrinkPlan, Heat } from '../run/drink.ts'
import type { Helping } from '../run/helping.ts'
import { BOTTLE_ML } from '../run/stock.ts'
import { HOUR_MS, KM_M, MINUTE_MS, SECOND_MS } from '../units.ts'
import { INTERVAL_BY_HEAT, MOST_ML_PER_H } from './drink-due.ts'

/** Half a litre an hour each: 25 runners drink some 56 l in 4.5 h. */
const USUAL_ML_PER_H = 500
/** The lower end of 30-60 g an hour (GSSI SSE 108), for runs that are long enough to need it. */
const USUAL_CARB_G_PER_H = 30
const CARB_FROM_MS = 75 * MINUTE_MS
/** Of most gels. */
export const GEL_G = 25
/** A house rule without a source: one tablet an hour each in the heat, every other hour when it is warm. */
const SALT_PER_H: Readonly<Record<Heat, number>> = { frost: 0, cool: 0, mild: 0, warm: 0.5, hot: 1 }

/** In bottles of 500 ml. A bike carries about 8 l; a boot holds five crates of twelve; a table is what a car brings in three rides, and a margin. */
export const CARRIES_BOTTLES: Readonly<Record<Helping['kind'], number>> = { bike: 16, car: 60, table: 200 }

export type CarryWish = {
  /** Those to be provided for, with and without a plan, guests too. */
  readonly runners: number
  /** How many of them get no gel. */
  readonly minors: number
  readonly routeM: number
  readonly paceMps: number
  readonly heat: Heat
  /** Of those who have one. */
  readonly plans: readonly DrinkPlan[]
  readonly helpers: readonly Pick<Helping, 'kind'>[]
  /** Where a helper may refill, with every pass of the route there. */
  readonly refills: readonly { readonly name: string; readonly atM: readonly number[] }[]
}

export type CarryList = {
  readonly takesMs: number
  readonly bottles: number
  readonly gels: number
  readonly saltTablets: number
  /** What the helpers can carry at once. */
  readonly carriedBottles: number
  readonly isEnough: boolean
  /** In the order of the route; empty when they can carry all of it from the start. */
  readonly refillAt: readonly { readonly name: string; readonly atM: number }[]
  /** From where on there is nothing left, however they refill; `null` when there is always some. */
  readonly dryFromM: number | null
}

/**
 * CL1-CL4. Drinks by each plan, else half a litre an hour, both by the heat and never above 800 ml an hour; thirst is the same along the whole route.
 * What tables hold is drunk there; the rest travels. From each refill the riders go on to the last one they reach before they are empty.
 */
export function carryList(wish: CarryWish): CarryList {
  const { runners, routeM, paceMps, heat, helpers, refills } = wish
  const takesMs = (routeM / paceMps) * SECOND_MS
  const hours = takesMs / HOUR_MS
  const plans = wish.plans.slice(0, runners)
  const mlPerH = plans.reduce((sum, plan) => sum + mostOf(plannedMlPerH(plan, paceMps), heat), 0)
  const others = runners - plans.length
  const bottles = Math.ceil(((mlPerH + others * mostOf(USUAL_ML_PER_H, heat)) * hours) / BOTTLE_ML)
  const carriedBottles = sumOf(helpers, ({ kind }) => CARRIES_BOTTLES[kind])
  const onTables = sumOf(helpers, ({ kind }) => (kind === 'table' ? CARRIES_BOTTLES.table : 0))
  const travel = Math.max(0, bottles - onTables)
  return {
    takesMs,
    bottles,
    gels: gelsFor(wish, plans, takesMs),
    saltTablets: Math.ceil(Math.max(0, runners - wish.minors) * SALT_PER_H[heat] * hours),
    carriedBottles,
    isEnough: carriedBottles >= bottles,
    ...refillsFor(routeM, travel, carriedBottles - onTables, refills),
  }
}

function plannedMlPerH({ everyMs, everyM, drinkMl }: DrinkPlan, paceMps: number): number {
  const intervalMs = everyMs ?? ((everyM ?? KM_M) / paceMps) * SECOND_MS
  return (drinkMl * HOUR_MS) / intervalMs
}

const mostOf = (mlPerH: number, heat: Heat): number => Math.min(MOST_ML_PER_H, mlPerH / INTERVAL_BY_HEAT[heat])

/** CL2: as each has set it; for the others the lower end of the advice on long runs; none for minors. */
function gelsFor({ runners, minors }: CarryWish, plans: readonly DrinkPlan[], takesMs: number): number {
  const set = plans.flatMap(({ carbGPerH }) => carbGPerH ?? [])
  const others = takesMs < CARB_FROM_MS ? 0 : Math.max(0, runners - minors - set.length)
  const gPerH = set.reduce((sum, carbGPerH) => sum + carbGPerH, 0) + others * USUAL_CARB_G_PER_H
  return Math.ceil((gPerH * takesMs) / HOUR_MS / GEL_G)
}

type Refills = Pick<CarryList, 'refillAt' | 'dryFromM'>

/** CL4: with a full load as far as it lasts, then again from the last refill before. */
function refillsFor(routeM: number, bottles: number, load: number, refills: CarryWish['refills']): Refills {
  const refillAt: { name: string; atM: number }[] = []
  if (bottles === 0) return { refillAt, dryFromM: null }
  const lastsM = (load / bottles) * routeM
  const passes = refills
    .flatMap(({ name, atM }) => atM.map((each) => ({ name, atM: each })))
    .sort((a, b) => a.atM - b.atM)
  let fromM = 0
  while (fromM + lastsM < routeM) {
    const next = passes.findLast(({ atM }) => atM > fromM && atM <= fromM + lastsM)
    if (!next) return { refillAt, dryFromM: fromM + lastsM }
    refillAt.push(next)
    fromM = next.atM
  }
  return { refillAt, dryFromM: null }
}

const sumOf = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, one) => sum + of(one), 0)
