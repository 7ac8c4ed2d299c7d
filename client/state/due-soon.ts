/** Who likes a drink soon, by their own plan. */
import { endsLater } from '../../shared/run/questions.ts'
import type { Member } from '../../shared/run/state.ts'
import { isDrink } from '../../shared/run/stock.ts'
import { type DrinkDue, drinkDue } from '../../shared/supply/drink-due.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { alongRoute } from './along-route.ts'
import { membersOf } from './people.ts'
import type { RunView } from './run-view.ts'
import { isAfoot } from './trails.ts'

const SOON_MS = 5 * MINUTE_MS
const SOON_M = 800
const RUNS_MPS = 3

export type DueSoon = {
  readonly member: Member
  readonly due: DrinkDue
  /** Along the route; null where that is not known. */
  readonly atM: number | null
  /** Negative once it is past. */
  readonly inMs: number
}

/** Within 5 min or 800 m; not who has asked for a drink, and not oneself. */
export function dueSoonOf(view: RunView, nowMs: number): DueSoon[] {
  const asked = new Set(endsLater(view.run).flatMap(({ kind, runnerId }) => (isDrink(kind) ? [runnerId] : [])))
  return membersOf(view).flatMap((member) => {
    const { memberId, drinkPlan } = member
    if (!drinkPlan || memberId === view.myId || asked.has(memberId) || !isAfoot(member)) return []
    const atM = alongRoute(view, memberId, nowMs)?.atM ?? null
    const due = drinkDue(view.run, member, nowMs, atM ?? undefined)
    const inMs = due && dueInMs(due, atM, nowMs)
    return due && inMs !== null ? [{ member, due, atM, inMs }] : []
  })
}

/** `null` unless that is soon. */
function dueInMs({ dueAtMs, dueAtM }: DrinkDue, atM: number | null, nowMs: number): number | null {
  if (dueAtMs !== null) return dueAtMs - nowMs <= SOON_MS ? dueAtMs - nowMs : null
  if (dueAtM === null || atM === null || dueAtM - atM > SOON_M) return null
  return ((dueAtM - atM) / RUNS_MPS) * SECOND_MS
}
