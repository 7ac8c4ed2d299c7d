/** A member's progress as the store keeps it: with the route it speaks of, and short, for it is written with each batch of fixes. */
import type { ProgressState } from '../../shared/geo/progress/filter.ts'
import type { Reached } from '../../shared/geo/progress/rerun.ts'
import type { RouteId } from '../../shared/units.ts'

/** To be raised when the state of the filter changes its shape: an older one is then not read. */
const LAYOUT = 3
/** A decimetre in 100 km. Times and counts are whole, and stay as they are. */
const DIGITS = 6

type Hypothesis = ProgressState['hypotheses'][number]
/** Written as 1 and 0, to be short. */
const FLAGS: ReadonlySet<keyof Hypothesis> = new Set(['isStanding', 'isBack'])

type Kept = {
  readonly layout: number
  readonly routeId: RouteId
  readonly state: Omit<ProgressState, 'hypotheses'>
  /** The fields of a hypothesis, and a row of values for each. */
  readonly fields: readonly (keyof Hypothesis)[]
  readonly hypotheses: readonly (readonly unknown[])[]
}

/** As `KeptProgress` of the store: some 600 bytes, 1.5 KB at most. */
export function keptProgress(routeId: RouteId, { state: { hypotheses, ...state }, throughMs }: Reached<ProgressState>) {
  const fields = Object.keys(hypotheses[0] ?? {}) as (keyof Hypothesis)[]
  const rows = hypotheses.map((hypothesis) =>
    fields.map((field) => (FLAGS.has(field) ? Number(hypothesis[field]) : hypothesis[field])),
  )
  const kept: Kept = { layout: LAYOUT, routeId, state, fields, hypotheses: rows }
  return { takenAtMs: throughMs, json: JSON.stringify(kept, (_, value) => shortened(value)) }
}

/** `undefined` for what speaks of another route, or was written by another program. */
export function progressIn(
  { takenAtMs, json }: { readonly takenAtMs: number; readonly json: string },
  routeId: RouteId,
): Reached<ProgressState> | undefined {
  const kept: Kept = JSON.parse(json)
  if (kept.layout !== LAYOUT || kept.routeId !== routeId) return undefined
  const hypotheses = kept.hypotheses.map(
    (row) =>
      Object.fromEntries(
        kept.fields.map((field, at) => [field, FLAGS.has(field) ? row[at] === 1 : row[at]]),
      ) as Hypothesis,
  )
  return { state: { ...kept.state, hypotheses }, throughMs: takenAtMs }
}

const shortened = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value
