/** When a run will be out of water, at the rate it goes now. */
import { carriesOn, isAvailable } from '../run/questions.ts'
import type { Member, Request, RunState } from '../run/state.ts'
import { bottlesOf, canServe } from '../run/stock.ts'
import { HOUR_MS, MINUTE_MS } from '../units.ts'
import { drinksGiven } from './drinks-given.ts'

/** Long enough for a bottle each of most runners, short enough to follow a hot hour. */
const RATE_OVER_MS = 40 * MINUTE_MS
/** Of a run that has only begun. */
const AT_LEAST_MS = 10 * MINUTE_MS
/** Fewer bottles are no rate: one runner's two are not a run out of water. */
const RATE_FROM_BOTTLES = 3

export type WaterForecast = {
  /** Water and isotonic that the helpers carry who are available, or on their way to refill. */
  readonly bottles: number
  /** Handed over, over the last 40 minutes or since the start. */
  readonly perHour: number
  /** When the last one is given; now when there is none left; `null` while too few are given to tell. */
  readonly outAtMs: number | null
}

/**
 * SK9. `null` unless the run is live and every cyclist who is available or refills has said what they carry: with one who has not, the rest may last for hours,
 * and nobody is to be alarmed by a guess. The rate is that of all hand-overs of drinks, whoever gave them.
 */
export function waterForecast(run: RunState, nowMs: number): WaterForecast | null {
  const { phase, startedAtMs } = run.head
  if (phase !== 'live' || startedAtMs === null) return null
  const suppliers = suppliersOf(run, carriesOn)
  if (suppliers.length === 0) return null
  let bottles = 0
  for (const { stock } of suppliers) {
    if (stock === null) return null
    bottles += bottlesOf(stock)
  }
  const overMs = Math.max(AT_LEAST_MS, Math.min(RATE_OVER_MS, nowMs - startedAtMs))
  const given = bottlesGivenSince(run, nowMs - overMs)
  const perHour = (given / overMs) * HOUR_MS
  if (bottles === 0) return { bottles, perHour, outAtMs: nowMs }
  return {
    bottles,
    perHour,
    outAtMs: given < RATE_FROM_BOTTLES ? null : nowMs + Math.round((bottles / perHour) * HOUR_MS),
  }
}

/** SK8: none of the available helpers can bring it, as they say: to be seen before somebody rides. */
export function shortOf(run: RunState, request: Request): boolean {
  const helpers = suppliersOf(run, isAvailable).filter(({ memberId }) => memberId !== request.runnerId)
  return helpers.length > 0 && helpers.every(({ stock }) => !canServe(stock, request))
}

/** Cyclists, and leaders who have said what they carry. */
const suppliersOf = (run: RunState, isThere: (member: Member) => boolean): Member[] =>
  [...run.members.values()].filter(
    (member) => (member.role === 'cyclist' || (member.role === 'leader' && member.stock !== null)) && isThere(member),
  )

function bottlesGivenSince(run: RunState, sinceMs: number): number {
  let bottles = 0
  for (const drinks of drinksGiven(run).values())
    for (const { quantity, atMs } of drinks) if (atMs > sinceMs) bottles += quantity
  return bottles
}
