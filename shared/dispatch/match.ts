/**
 * Who brings what to whom, all together: little waiting of all, and nobody for very long. A helper may serve several in one pass;
 * what somebody has claimed stays with them.
 *
 * Method: one need each by an exact assignment (assign.ts), the rest by regret insertion (Potvin and Rousseau 1993), then moves and
 * exchanges of single needs between passes until none helps (the neighbourhoods of Savelsbergh 1992).
 */
import { MINUTE_MS } from '../units.ts'
import { assign } from './assign.ts'

export type Need = {
  /** Since when they wait; in the future for what is not due yet. */
  readonly sinceMs: number
  /** The number of the helper who keeps it. */
  readonly claimedBy: number | null
}

/** Helpers and needs by their numbers, from 0. */
export type Task<At extends { readonly atMs: number }> = {
  readonly helperCount: number
  readonly needs: readonly Need[]
  /** Where and when a helper meets who needs it, from where they are now or after another meeting; `undefined` when never. */
  readonly meet: (helper: number, need: number, after: At | undefined) => At | undefined
  /** Whether their stock is enough for all these. */
  readonly canCarry: (helper: number, needs: readonly number[]) => boolean
}

export type Visit<At> = { readonly need: number; readonly at: At }
export type Pass<At> = readonly Visit<At>[]

/** So long a wait costs twice its time: the worst waits are made shorter at the cost of short ones. */
const LONG_WAIT_MS = 10 * MINUTE_MS
/** Who is not served now is thought to be served so much later. */
const LATER_MS = 10 * MINUTE_MS
const ROUNDS_MAX = 30
/** A change must be worth something, or rounding would go round for ever. */
const WORTH_MS = 1

export const costOfWait = (waitMs: number): number => {
  const ms = Math.max(0, waitMs)
  return ms + (ms * ms) / LONG_WAIT_MS
}

type Planned<At> = { readonly order: readonly number[]; readonly costMs: number; readonly visits: Pass<At> }

/**
 * A pass for each helper, the next visit first. A need that nobody can serve is in none; one that is claimed is in its claimer's, as long
 * as that can be met. 4 helpers and 10 needs take some 5 ms, 12 and 40 some 100 ms.
 */
export function matched<At extends { readonly atMs: number }>(task: Task<At>): readonly Pass<At>[] {
  const { needs, helperCount } = task
  const longer: Known<Planned<At>, Planned<At> | undefined> = new Map()
  const shorter: Known<Planned<At>, Planned<At>> = new Map()
  const plans = Array.from({ length: helperCount }, (_, helper) => claimedPass(helper))
  const open = needs.flatMap(({ claimedBy }, need) => (claimedBy === null ? [need] : []))
  const left = new Set(open)
  oneEach()
  theRest()
  improve()
  return plans.map(({ visits }) => visits)

  /** The visits in this order after the first ones, which are kept; infinite in cost from `underMs` on, and when somebody is never met. */
  function planOf(
    helper: number,
    order: readonly number[],
    kept: Pass<At> = [],
    underMs = Number.MAX_VALUE,
  ): Planned<At> {
    const visits = [...kept]
    let costMs = kept.reduce((sumMs, visit) => sumMs + costOfVisit(visit), 0)
    for (const need of order.slice(kept.length)) {
      const at = costMs < underMs ? task.meet(helper, need, visits.at(-1)?.at) : undefined
      if (!at) return { order, costMs: Number.POSITIVE_INFINITY, visits }
      visits.push({ need, at })
      costMs += costOfVisit({ need, at })
    }
    return { order, costMs, visits }
  }

  function costOfVisit({ need, at }: Visit<At>): number {
    return costOfWait(at.atMs - (needs[need] as Need).sinceMs)
  }

  /** What they have claimed comes whether they carry it or not: they may know better. */
  function mayCarry(helper: number, order: readonly number[]): boolean {
    return order.every((need) => needs[need]?.claimedBy === helper) || task.canCarry(helper, order)
  }

  function claimedPass(helper: number): Planned<At> {
    const own = needs.flatMap(({ claimedBy }, need) => (claimedBy === helper ? [need] : []))
    let plan: Planned<At> = { order: [], costMs: 0, visits: [] }
    for (const need of own) plan = inserted(helper, plan, need) ?? plan
    return plan
  }

  /** With one more need, where it costs least; `undefined` when it cannot be served. */
  function inserted(helper: number, plan: Planned<At>, need: number): Planned<At> | undefined {
    return once(longer, plan, need, () => withOneMore(helper, plan, need))
  }

  function withOneMore(helper: number, { order, visits }: Planned<At>, need: number): Planned<At> | undefined {
    if (!mayCarry(helper, [...order, need])) return undefined
    let best: Planned<At> | undefined
    for (let index = 0; index <= order.length; index++) {
      const plan = planOf(helper, order.toSpliced(index, 0, need), visits.slice(0, index), best?.costMs)
      if (plan.costMs < (best?.costMs ?? Number.POSITIVE_INFINITY)) best = plan
    }
    return best
  }

  function oneEach(): void {
    const choices = plans.map((plan, helper) => open.map((need) => inserted(helper, plan, need)))
    const costs = choices.map((row, helper) =>
      row.map((choice, index) => {
        if (!choice) return Number.POSITIVE_INFINITY
        const soonestMs = Math.min(...choices.map((each) => atMsOf(each[index], open[index] as number)))
        const laterMs = costOfWait(soonestMs + LATER_MS - (needs[open[index] as number] as Need).sinceMs)
        return choice.costMs - (plans[helper] as Planned<At>).costMs - laterMs
      }),
    )
    for (const [helper, index] of assign(costs).entries()) {
      const choice = index < 0 ? undefined : choices[helper]?.[index]
      if (!choice) continue
      plans[helper] = choice
      left.delete(open[index] as number)
    }
  }

  function atMsOf(plan: Planned<At> | undefined, need: number): number {
    return plan?.visits.find((visit) => visit.need === need)?.at.atMs ?? Number.POSITIVE_INFINITY
  }

  /** First whoever would lose most if their best helper were taken. */
  function theRest(): void {
    while (left.size > 0) {
      let best: { need: number; helper: number; plan: Planned<At>; regretMs: number } | undefined
      for (const need of left) {
        const choices = plans
          .flatMap((plan, helper) => {
            const more = inserted(helper, plan, need)
            return more ? [{ helper, plan: more, addsMs: more.costMs - plan.costMs }] : []
          })
          .sort((a, b) => a.addsMs - b.addsMs)
        const [first, second] = choices
        if (!first) left.delete(need)
        else {
          const regretMs = (second?.addsMs ?? Number.MAX_VALUE) - first.addsMs
          if (!best || regretMs > best.regretMs) best = { need, helper: first.helper, plan: first.plan, regretMs }
        }
      }
      if (!best) return
      plans[best.helper] = best.plan
      left.delete(best.need)
    }
  }

  function improve(): void {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const isBetter = plans.some((_, from) => open.some((need) => move(from, need) || exchange(from, need)))
      if (!isBetter) return
    }
  }

  /** To another pass, or another place in its own. */
  function move(from: number, need: number): boolean {
    const plan = plans[from] as Planned<At>
    if (!plan.order.includes(need)) return false
    const rest = without(from, plan, need)
    for (const [to, other] of plans.entries()) {
      const moved = inserted(to, to === from ? rest : other, need)
      if (!moved) continue
      const beforeMs = to === from ? plan.costMs : plan.costMs + other.costMs
      const afterMs = to === from ? moved.costMs : rest.costMs + moved.costMs
      if (!(afterMs < beforeMs - WORTH_MS)) continue
      plans[from] = rest
      plans[to] = moved
      return true
    }
    return false
  }

  /** One need of this pass for one of another. */
  function exchange(from: number, need: number): boolean {
    const plan = plans[from] as Planned<At>
    if (!plan.order.includes(need)) return false
    const rest = without(from, plan, need)
    for (let to = from + 1; to < plans.length; to++) {
      const other = plans[to] as Planned<At>
      for (const theirs of other.order) {
        if (needs[theirs]?.claimedBy !== null) continue
        const here = inserted(from, rest, theirs)
        const there = here && inserted(to, without(to, other, theirs), need)
        if (!here || !there || !(here.costMs + there.costMs < plan.costMs + other.costMs - WORTH_MS)) continue
        plans[from] = here
        plans[to] = there
        return true
      }
    }
    return false
  }

  function without(helper: number, plan: Planned<At>, need: number): Planned<At> {
    return once(shorter, plan, need, () => {
      const index = plan.order.indexOf(need)
      return planOf(helper, plan.order.toSpliced(index, 1), plan.visits.slice(0, index))
    })
  }
}

/** What came out before: most passes are looked at again and again while one of them changes. */
type Known<Plan, Result> = Map<Plan, Map<number, Result>>

function once<Plan, Result>(known: Known<Plan, Result>, plan: Plan, need: number, make: () => Result): Result {
  const ofPlan = known.get(plan) ?? new Map<number, Result>()
  if (ofPlan.has(need)) return ofPlan.get(need) as Result
  known.set(plan, ofPlan)
  const made = make()
  ofPlan.set(need, made)
  return made
}
