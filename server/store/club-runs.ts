import type { Club, ClubRun } from './store.ts'

/** The earliest start first; of equal ones always in the same order. */
export const byStart = (a: ClubRun, b: ClubRun): number =>
  a.plannedStartMs - b.plannedStartMs || (a.runId < b.runId ? -1 : 1)

const never = { no: 0, by: '' }
export const neverRenewed: Club['renewed'] = { organise: never, follow: never }
