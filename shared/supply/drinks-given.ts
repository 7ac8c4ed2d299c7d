/** Who got how much to drink, from whom: what was handed over, and what its runner said they had got. */
import type { ItemKind } from '../run/requests.ts'
import type { RunState } from '../run/state.ts'
import { isDrink, isItemKind } from '../run/stock.ts'
import type { MemberId } from '../units.ts'

export type DrinkGiven = {
  readonly runnerId: MemberId
  readonly cyclistId: MemberId | null
  readonly kind: ItemKind
  /** In bottles. */
  readonly quantity: number
  readonly atMs: number
}

const known = new WeakMap<RunState, ReadonlyMap<MemberId, readonly DrinkGiven[]>>()

/** DP8: by runner. A delivery counts once, whether it was told by a hand-over, by its runner, or assumed. Kept for the state it is asked of. */
export function drinksGiven(run: RunState): ReadonlyMap<MemberId, readonly DrinkGiven[]> {
  const before = known.get(run)
  if (before) return before
  const given = new Map<MemberId, DrinkGiven[]>()
  const add = (drink: DrinkGiven) => {
    const theirs = given.get(drink.runnerId)
    if (theirs) theirs.push(drink)
    else given.set(drink.runnerId, [drink])
  }
  const told = new Set<string>()
  for (const { runnerId, cyclistId, kind, quantity, requestId, atMs } of run.handOvers.values()) {
    if (requestId !== null) told.add(requestId)
    if (isDrink(kind)) add({ runnerId, cyclistId, kind, quantity, atMs })
  }
  for (const { requestId, runnerId, cyclistId, kind, quantity, status, endedAtMs } of run.requests.values())
    if (status === 'delivered' && endedAtMs !== null && isItemKind(kind) && isDrink(kind) && !told.has(requestId))
      add({ runnerId, cyclistId, kind, quantity, atMs: endedAtMs })
  known.set(run, given)
  return given
}
