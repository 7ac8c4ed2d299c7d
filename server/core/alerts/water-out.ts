import { carriesOn, endsLater } from '../../../shared/run/questions.ts'
import type { RunState } from '../../../shared/run/state.ts'
import { waterForecast } from '../../../shared/supply/water-forecast.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import { openAlert } from './episodes.ts'
import { lasting } from './lasting.ts'

const SOON_MS = 20 * MINUTE_MS
/** A bottle more or less must not end it and begin it again. */
const KEPT_MS = 30 * MINUTE_MS
const ASKED_WITHIN_MS = HOUR_MS
/** Whoever is at a tap is back with some by then. */
const WAITS_IN_VAIN_MS = 5 * MINUTE_MS

/**
 * AT29: out of drinks within 20 min at the present rate, or out already while somebody has asked for one in the last hour; or somebody
 * has waited for water for 5 min, and nobody carries any, whatever else is left.
 */
export const waterOut = lasting(
  { rule: 'water-out', raisedAfterMs: 10 * SECOND_MS, overAfterMs: MINUTE_MS, leastCount: 2 },
  ({ scene: { run, nowMs } }) => {
    const forecast = waterForecast(run, nowMs)
    if (!forecast) return [] // nobody can say
    const { bottles, outAtMs } = forecast
    const soonMs = openAlert(run, 'water-out', null) ? KEPT_MS : SOON_MS
    const isSoon = bottles > 0 ? outAtMs !== null && outAtMs - nowMs <= soonMs : isAskedFor(run, nowMs)
    const holds = isSoon || isWaterGone(run, nowMs)
    return [{ memberId: null, holds, atMs: nowMs, value: bottles }]
  },
)

function isWaterGone(run: RunState, nowMs: number): boolean {
  const waits = endsLater(run).some(
    ({ kind, raisedAtMs }) => kind === 'water' && nowMs - raisedAtMs >= WAITS_IN_VAIN_MS,
  )
  if (!waits) return false
  const carried = [...run.members.values()].filter(({ role }) => role === 'cyclist').filter(carriesOn)
  return !carried.some(({ stock }) => stock?.pieces.some(({ kind, count }) => kind === 'water' && count > 0))
}

const isAskedFor = ({ requests }: RunState, nowMs: number): boolean =>
  [...requests.values()].some(
    ({ kind, raisedAtMs }) => (kind === 'water' || kind === 'isotonic') && nowMs - raisedAtMs <= ASKED_WITHIN_MS,
  )
