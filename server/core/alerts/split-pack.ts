import { KM_M, MINUTE_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'
import { gapBetween, orderOf, type Placed } from './order.ts'

const SPLIT_MS = 5 * MINUTE_MS
const SPLIT_M = 1.5 * KM_M
const KEPT_MS = 4 * MINUTE_MS
const KEPT_M = 1.2 * KM_M
/** One alone is a straggler, or far ahead. */
const LEAST_APART = 2

/** AT26: a gap of 5 min or 1.5 km in a run that is one group, two or more on either side, for 3 min; under 4 min and 1.2 km for one. */
export const splitPack = lasting(
  { rule: 'split-pack', raisedAfterMs: 3 * MINUTE_MS, overAfterMs: MINUTE_MS, leastCount: 3 },
  ({ runners, scene: { run, nowMs } }) => {
    const verdict = { memberId: null, holds: false, atMs: nowMs }
    if (run.groups.size > 0) return [verdict]
    const isOpen = openAlert(run, 'split-pack', null) !== undefined
    const [splitM, splitMs] = isOpen ? [KEPT_M, KEPT_MS] : [SPLIT_M, SPLIT_MS]
    const order = orderOf(runners)
    let widestM = 0
    for (let index = LEAST_APART; index <= order.length - LEAST_APART; index++) {
      const { gapM, gapMs } = gapBetween(order[index - 1] as Placed, order[index] as Placed)
      if (gapM > splitM || gapMs > splitMs) widestM = Math.max(widestM, gapM)
    }
    return [{ ...verdict, holds: widestM > 0, value: Math.round(widestM) }]
  },
)
