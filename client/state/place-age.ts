/** Honest age: how old a place is, and whether it may still look live. */
import { bearingDeg, distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import type { RunView, SeenPlace } from './run-view.ts'

/** An older place is drawn grey and never as if it were live. */
const STALE_AFTER_MS = MINUTE_MS

/** A clock that runs ahead makes no place younger than new. */
export const ageMs = (place: SeenPlace, nowMs: number): number => Math.max(0, nowMs - place.takenAtMs)

export const isStale = (place: SeenPlace, nowMs: number): boolean => ageMs(place, nowMs) > STALE_AFTER_MS

/** Of an older place it is said where it was, and nothing is reckoned from it. */
const RECKONED_FROM_MS = 2 * MINUTE_MS

export const isTooOld = (age: number): boolean => age > RECKONED_FROM_MS

export type Nearness = {
  readonly distanceM: number
  /** Which way to go: 0 north, 90 east. */
  readonly bearingDeg: number
  /** Of the older of the two places it is reckoned from. */
  readonly ageMs: number
}

/** How far another member is and in which direction; `null` when one of the two places is unknown. */
export function nearnessOf(view: RunView, from: MemberId | null, to: MemberId, nowMs: number): Nearness | null {
  const here = from && view.places.get(from)
  const there = view.places.get(to)
  if (!here || !there || from === to) return null
  return { ...wayTo(here, there), ageMs: Math.max(ageMs(here, nowMs), ageMs(there, nowMs)) }
}

export const wayTo = (from: Place, to: Place): { readonly distanceM: number; readonly bearingDeg: number } => ({
  distanceM: distanceM(from, to),
  bearingDeg: bearingDeg(from, to),
})
