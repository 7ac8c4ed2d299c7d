/** A runner's own drink plan, and what is counted of it. Neutral: it says what was taken and what they planned, and asks nothing of them. */
import { type DrinkPlan, drinkPlanLimits } from '../../shared/run/drink.ts'
import { type DrinkDue, drinkDue, takenMl } from '../../shared/supply/drink-due.ts'
import { HOUR_MS, KM_M, MINUTE_MS } from '../../shared/units.ts'
import { alongRoute } from './along-route.ts'
import { me } from './people.ts'
import type { RunView } from './run-view.ts'
import { isWaiting, waitingOf } from './waiting.ts'

export type MyDrink = {
  readonly plan: DrinkPlan | null
  /** `null` without a plan, and before the run. */
  readonly due: DrinkDue | null
  readonly takenLastHourMl: number
  /** Along the route now, as far as that is sure enough to reckon by. */
  readonly alongM: number | null
  /** Minors have no plan for carbohydrate. */
  readonly mayPlanCarb: boolean
  readonly isSending: boolean
}

/** A plan that waits to be sent counts; what was drunk does once the run tells of it. */
export function myDrink(view: RunView, nowMs: number): MyDrink | null {
  const mine = me(view)
  if (!mine) return null
  const waiting = waitingOf(view, 'set-drink-plan').at(-1)
  const plan = waiting ? waiting.plan : mine.drinkPlan
  const along = alongRoute(view, mine.memberId, nowMs)
  const alongM = along?.isSure && !along.isOffRoute ? along.atM : null
  return {
    plan,
    due: drinkDue(view.run, { ...mine, drinkPlan: plan }, nowMs, alongM ?? undefined),
    takenLastHourMl: takenMl(view.run, mine, nowMs - HOUR_MS),
    alongM,
    mayPlanCarb: !mine.isMinor,
    isSending: isWaiting(view, 'have-drunk') || waiting !== undefined,
  }
}

/** @param alongM along the route now; null where that is not known */
export const isDueNow = ({ dueAtMs, dueAtM }: DrinkDue, alongM: number | null, nowMs: number): boolean =>
  dueAtM === null ? dueAtMs !== null && dueAtMs <= nowMs : alongM !== null && dueAtM <= alongM

export type DrinkForm = {
  readonly by: 'time' | 'distance'
  readonly everyMin: number
  readonly everyKm: number
  readonly drinkMl: number
  /** As typed; empty for no plan of carbohydrate. */
  readonly carb: string
}

/** A first offer within the advice of 400-800 ml an hour. */
export const drinkFormOf = (plan: DrinkPlan | null): DrinkForm => ({
  by: plan && plan.everyM !== null ? 'distance' : 'time',
  everyMin: plan?.everyMs ? plan.everyMs / MINUTE_MS : 20,
  everyKm: plan?.everyM ? plan.everyM / KM_M : 4,
  drinkMl: plan?.drinkMl ?? 150,
  carb: plan?.carbGPerH ? String(plan.carbGPerH) : '',
})

/** The plan as it is to be sent; `null` when something typed cannot be. */
export function planOf({ by, everyMin, everyKm, drinkMl, carb }: DrinkForm, mayPlanCarb: boolean): DrinkPlan | null {
  const plan: DrinkPlan = {
    everyMs: by === 'time' ? everyMin * MINUTE_MS : null,
    everyM: by === 'distance' ? everyKm * KM_M : null,
    drinkMl,
    carbGPerH: mayPlanCarb && carb.trim() !== '' ? Number(carb) : null,
  }
  const isGood = Object.entries(drinkPlanLimits).every(([part, [least, most]]) => {
    const value = plan[part as keyof DrinkPlan]
    return value === null || (Number.isInteger(value) && value >= least && value <= most)
  })
  return isGood ? plan : null
}
