/** How old a position was when the browser handed it over. */

const WALL_AGE_MAX_MS = 30_000
/** Nobody is handed a position this old while watching: the clock behind the timestamps was set. */
const PLAUSIBLE_AGE_MAX_MS = 300_000

/**
 * A position's timestamp may come from the satellites while the phone's clock is minutes off, so the two are not
 * subtracted: the youngest position of a watch stands for age 0, by a clock that only runs forward. Only for the first
 * is the wall clock asked, within reason.
 */
export function fixAges(): (timestampMs: number, monotonicMs: number, wallMs: number) => number {
  let zeroMs: number | null = null
  return (timestampMs, monotonicMs, wallMs) => {
    const offMs = monotonicMs - timestampMs
    if (zeroMs === null) {
      const wallAgeMs = wallMs - timestampMs
      zeroMs = offMs - (wallAgeMs > 0 && wallAgeMs <= WALL_AGE_MAX_MS ? wallAgeMs : 0)
    }
    if (offMs < zeroMs || offMs - zeroMs > PLAUSIBLE_AGE_MAX_MS) zeroMs = offMs
    return offMs - zeroMs
  }
}
