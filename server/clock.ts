import type { Store } from './store/store.ts'
import type { Clock } from './usecase/house.ts'

/**
 * `nowMs = base + (wall - base) * timeScale`. The base is settled in the store at the first start, so that a
 * faster clock goes on where it was after a kill, on every node.
 *
 * @param before the base this node goes by already, for a store that lost it.
 * @throws Error when the data was made at another scale: its times would run backwards.
 */
export async function settleClock(store: Store, timeScale: number, before = Date.now()): Promise<SettledClock> {
  const settled = await store.settle('clock', JSON.stringify({ baseMs: before, timeScale }))
  const { baseMs, timeScale: used } = JSON.parse(settled) as { baseMs: number; timeScale: number }
  if (used !== timeScale) throw new Error(`TIME_SCALE=${timeScale}: this data was made at TIME_SCALE=${used}`)
  return { baseMs, timeScale, nowMs: () => Math.round(baseMs + (Date.now() - baseMs) * timeScale) }
}

export type SettledClock = Clock & { readonly baseMs: number }
