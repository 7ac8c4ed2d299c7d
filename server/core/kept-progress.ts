/** A member's progress as the store keeps it: with the route it speaks of, and short enough to be written beside each batch. */
import type { ProgressState } from '../../shared/geo/progress/filter.ts'
import type { Reached } from '../../shared/geo/progress/rerun.ts'
import type { RouteId } from '../../shared/units.ts'

/** To be raised when the state of the filter changes its shape: an older one is then not read. */
const LAYOUT = 1
/** A centimetre in 40 km; times and counts are whole and stay as they are. */
const DIGITS = 7

type Kept = { readonly layout: number; readonly routeId: RouteId; readonly state: ProgressState }

export function keptProgress(routeId: RouteId, { state, throughMs }: Reached<ProgressState>) {
  const kept: Kept = { layout: LAYOUT, routeId, state }
  return { takenAtMs: throughMs, json: JSON.stringify(kept, (_, value) => shortened(value)) }
}

/** `undefined` for what speaks of another route, or was written by another program. */
export function progressIn(
  { takenAtMs, json }: { readonly takenAtMs: number; readonly json: string },
  routeId: RouteId,
): Reached<ProgressState> | undefined {
  const kept: Kept = JSON.parse(json)
  return kept.layout === LAYOUT && kept.routeId === routeId ? { state: kept.state, throughMs: takenAtMs } : undefined
}

const shortened = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value
