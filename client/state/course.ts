/** Which way somebody is going, calm enough to turn a map by: smoothed, and as it was while they stand. */
import { bearingDeg, distanceM } from '../../shared/geo/distance.ts'
import type { Fix, Place } from '../../shared/geo/fix.ts'
import { SECOND_MS } from '../../shared/units.ts'

export type Course = {
  /** `null` until they have moved. */
  readonly deg: number | null
  /** From where the next direction is measured. */
  readonly from: Place
  readonly atMs: number
}

/** Slower than walking, the direction a phone tells is noise. */
const MOVING_MPS = 1
/** Of two fixes nearer to each other than they err, the direction is noise too. */
const MOVED_M = 12
/** A phone that locates roughly needs a longer way. */
const MOVED_PER_ACCURACY = 1
const SMOOTHED_MS = 4 * SECOND_MS
/** After a while without news the new direction counts alone. */
const FORGOTTEN_MS = 60 * SECOND_MS

export function courseAfter(before: Course | null, fix: Fix): Course {
  const { latitudeDeg, longitudeDeg, takenAtMs, accuracyM = 0, speedMps, headingDeg } = fix
  const here = { latitudeDeg, longitudeDeg }
  if (!before) return { deg: isTold(fix) ? (headingDeg ?? null) : null, from: here, atMs: takenAtMs }
  if (takenAtMs <= before.atMs) return before
  const movedM = distanceM(before.from, here)
  const isFar = movedM >= Math.max(MOVED_M, MOVED_PER_ACCURACY * accuracyM)
  const told = isTold(fix) ? headingDeg : isFar && speedMps !== 0 ? bearingDeg(before.from, here) : undefined
  if (told === undefined) return before
  const sinceMs = takenAtMs - before.atMs
  return {
    deg: turnedTowards(before.deg, told, sinceMs),
    from: isFar || isTold(fix) ? here : before.from,
    atMs: takenAtMs,
  }
}

const isTold = ({ speedMps, headingDeg }: Fix): boolean => headingDeg !== undefined && (speedMps ?? 0) >= MOVING_MPS

function turnedTowards(beforeDeg: number | null, toDeg: number, sinceMs: number): number {
  if (beforeDeg === null || sinceMs > FORGOTTEN_MS) return toDeg
  const turnDeg = ((toDeg - beforeDeg + 540) % 360) - 180
  return (beforeDeg + turnDeg * (1 - Math.exp(-sinceMs / SMOOTHED_MS)) + 360) % 360
}
