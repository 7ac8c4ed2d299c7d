/** Runners from front to back, as far as rules need it: without what each has passed, which a server keeps of nobody. */
import { SECOND_MS } from '../../../shared/units.ts'
import type { Watched } from './lookout.ts'

const SLOWEST_MPS = 0.5

/** `atM`: metres along the route, now. */
export type Placed = { readonly one: Watched; readonly atM: number }

/** Those heard lately whose place is sure, and who have not arrived. */
export function orderOf(runners: readonly Watched[]): Placed[] {
  const order: Placed[] = []
  for (const one of runners)
    if (one.isFresh && one.isAtM !== null && !one.hasArrived) order.push({ one, atM: one.isAtM })
  return order.sort((a, b) => b.atM - a.atM)
}

/** Between two of the order; in time at the pace of the one behind. */
export function gapBetween(ahead: Placed, behind: Placed): { readonly gapM: number; readonly gapMs: number } {
  const gapM = ahead.atM - behind.atM
  const paceMps = Math.max(SLOWEST_MPS, behind.one.progress?.forecastMps ?? 0)
  return { gapM, gapMs: (gapM / paceMps) * SECOND_MS }
}
