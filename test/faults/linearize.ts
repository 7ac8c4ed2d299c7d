/**
 * Whether some order of the operations, each at one moment between its call and its answer, explains all
 * answers and ends as it was found in the end. Method: Wing and Gong 1993, with the memory of Lowe 2017.
 */

export type Interval<Op> = {
  readonly op: Op
  readonly fromMs: number
  /** Infinity for one that was never answered: it may happen at any time after its call, or never. */
  readonly toMs: number
}

export type Model<State, Op> = {
  readonly initial: State
  /** The state after the operation; `undefined` when its answer cannot come in this state. */
  step(state: State, op: Op): State | undefined
  keyOf(state: State): string
}

const OPS_MAX = 30

/** @throws RangeError for more operations than can be searched: cut the history into smaller objects. */
export function isExplained<State, Op>(
  intervals: readonly Interval<Op>[],
  model: Model<State, Op>,
  isFound: (state: State) => boolean,
): boolean {
  if (intervals.length > OPS_MAX) throw new RangeError(`${intervals.length} operations on one object`)
  const sorted = intervals.toSorted((a, b) => a.fromMs - b.fromMs)
  const mustMask = sorted.reduce((mask, { toMs }, i) => (toMs === Infinity ? mask : mask | (1 << i)), 0)
  const seen = new Set<string>()

  function search(doneMask: number, state: State): boolean {
    if ((doneMask & mustMask) === mustMask && isFound(state)) return true
    const key = `${doneMask}/${model.keyOf(state)}`
    if (seen.has(key)) return false
    seen.add(key)
    // Whatever comes next was called before anything that is still to come was answered.
    let latestMs = Infinity
    for (const [i, { toMs }] of sorted.entries()) if (!(doneMask & (1 << i))) latestMs = Math.min(latestMs, toMs)
    for (const [i, { op, fromMs }] of sorted.entries()) {
      if (doneMask & (1 << i) || fromMs > latestMs) continue
      const next = model.step(state, op)
      if (next !== undefined && search(doneMask | (1 << i), next)) return true
    }
    return false
  }
  return search(0, model.initial)
}
