import { DAY_MS } from '../../shared/units.ts'

const FARTHEST_DAYS = 400

/** RN12: what is wrong with a planned start, in a few words; `null` when nothing is. */
export const wrongStart = (plannedStartMs: number, nowMs: number): string | null =>
  plannedStartMs > nowMs + FARTHEST_DAYS * DAY_MS || plannedStartMs < nowMs - DAY_MS
    ? `between yesterday and ${FARTHEST_DAYS} days from now`
    : null
