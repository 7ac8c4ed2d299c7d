import { SECOND_MS } from '../../units.ts'
import type { Progress } from '../progress/progress.ts'

/** Nobody is forecast slower, or a stop would make every meeting wait for ever. */
const SLOWEST_MPS = 0.7
/** Who stands now goes on standing for about so long. */
const STANDS_S = 15
/** Shoelaces, lights and photographs, 25 s each some five kilometres apart: their mean and their variance for each metre to run. */
const STOPS_S_PER_M = 0.005
const STOPS_S2_PER_M = 0.15

/** When somebody comes by, in seconds from a moment, with one standard deviation. */
export type ComesBy = { readonly inS: number; readonly spreadS: number }

/** The pace a runner is forecast with. */
export const paceMps = ({ forecastMps }: Progress): number => Math.max(SLOWEST_MPS, forecastMps)

/**
 * When a runner passes so many metres along the route, seen from `fromMs`; negative for what lies behind. The spread is made of
 * where the runner is, of the pace, and of stops on the way.
 */
export function comesBy(runner: Progress, atM: number, fromMs: number): ComesBy {
  const mps = paceMps(runner)
  const runningS = (atM - runner.atM) / mps
  const standingS = STOPS_S_PER_M * Math.max(0, atM - runner.atM) + (runner.isStopped ? STANDS_S : 0)
  const inS = (runner.atMs - fromMs) / SECOND_MS + runningS + standingS
  const paceS = (runningS * runner.forecastSpreadMps) / mps
  const variance = (runner.spreadM / mps) ** 2 + paceS ** 2 + STOPS_S2_PER_M * Math.max(0, atM - runner.atM)
  return { inS, spreadS: Math.sqrt(variance + (runner.isStopped ? STANDS_S ** 2 : 0)) }
}
