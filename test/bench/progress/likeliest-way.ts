/**
 * The likeliest way along a route through a whole recording: which pass, which lap.
 *
 * Method: Viterbi 1967 on a hidden Markov model after Newson and Krumm 2009, with cells of arc length in the place of roads.
 */

/** A line laid flat: places at each `stepM` along it. */
export type FlatLine = {
  readonly stepM: number
  readonly lengthM: number
  readonly eastM: Float64Array
  readonly northM: Float64Array
}
export type Sight = { readonly tS: number; readonly eastM: number; readonly northM: number }
export type Manner = {
  readonly usualMps: number
  /** Deviation of the speed from the usual one. */
  readonly swingMps: number
  /** Deviation of the error of the phone along one axis. */
  readonly noiseM: number
}

/** Less likely than the best by so much is given up. */
const BEAM_LOG = 35
/** Most people are recorded from the start of the run. */
const START_LOG = 7
const START_WITHIN_M = 150
/** Chance each second of being suddenly elsewhere on the route. */
const ELSEWHERE_PER_S = 1e-5
/** Of two sights: that somebody stood in between for a while, or all the time. */
const STOP_CHANCE = 0.03
const STAND_CHANCE = 0.02
const STAND_WITHIN_M = 8
const BACK_CHANCE = 0.003
/** Chance of a fix that is anywhere, within so much. */
const STRAY_CHANCE = 0.02
const STRAY_OVER_M = 300
/** Steps follow each other as if each had a pace of its own: so each is granted more of one than it has. */
const SHORT_SWING = 0.35
const SPEED_MEMORY_S = 30
export const ERROR_MEMORY_S = 20

/** Metres along the line at each sight, to the step of the line. */
export function likeliestWay(line: FlatLine, sights: readonly Sight[], manner: Manner): number[] {
  const cells = Math.max(1, line.eastM.length - 1)
  let before = new Float64Array(cells)
  let now = new Float64Array(cells)
  const cameFrom: { readonly first: number; readonly from: Int32Array }[] = []
  let [first, last, best] = [0, cells - 1, 0]
  for (const [index, sight] of sights.entries()) {
    const dtS = index === 0 ? 0 : sight.tS - (sights[index - 1] as Sight).tS
    const from = new Int32Array(cells).fill(best)
    now.fill(index === 0 ? 0 : (before[best] as number) + Math.log((ELSEWHERE_PER_S * dtS) / cells))
    if (index === 0) now.fill(START_LOG, 0, Math.ceil(START_WITHIN_M / line.stepM))
    else spread(dtS, from)
    weigh(sight, index === 0 ? 1 : 1 - Math.exp((-2 * dtS) / ERROR_MEMORY_S))
    for (best = 0, first = 1; first < cells; first++) if ((now[first] as number) > (now[best] as number)) best = first
    const least = (now[best] as number) - BEAM_LOG
    for (first = 0; (now[first] as number) < least; ) first++
    for (last = cells - 1; (now[last] as number) < least; ) last--
    for (let cell = first; cell <= last; cell++) if ((now[cell] as number) < least) now[cell] = Number.NEGATIVE_INFINITY
    cameFrom.push({ first, from: from.slice(first, last + 1) })
    ;[before, now] = [now, before]
  }
  const way: number[] = []
  for (let index = sights.length - 1; index >= 0; index--) {
    way.push((best + 0.5) * line.stepM)
    const { first, from } = cameFrom[index] as { first: number; from: Int32Array }
    best = from[best - first] as number
  }
  return way.reverse()

  function spread(dtS: number, from: Int32Array): void {
    const steps = stepLogs(line.stepM, dtS, manner)
    for (let cell = first; cell <= last; cell++) {
      const log = before[cell] as number
      if (log === Number.NEGATIVE_INFINITY) continue
      const end = Math.min(cells - 1, cell + steps.ahead)
      for (let to = Math.max(0, cell - steps.back); to <= end; to++) {
        const there = log + (steps.logs[to - cell + steps.back] as number)
        if (there <= (now[to] as number)) continue
        now[to] = there
        from[to] = cell
      }
    }
  }

  function weigh(sight: Sight, news: number): void {
    const variance = manner.noiseM ** 2
    const stray = STRAY_CHANCE / STRAY_OVER_M ** 2
    const scale = (1 - STRAY_CHANCE) / (2 * Math.PI * variance)
    for (let cell = 0; cell < cells; cell++) {
      const away2 = awayFromCell2(line, cell, sight)
      now[cell] = (now[cell] as number) + news * Math.log(scale * Math.exp((-0.5 * away2) / variance) + stray)
    }
  }
}

/** To the nearest point of a cell: laps are no whole number of cells, and what a cell's middle happens to lie beside is no evidence. */
function awayFromCell2({ eastM, northM }: FlatLine, cell: number, sight: Sight): number {
  const fromE = (eastM[cell] as number) - sight.eastM
  const fromN = (northM[cell] as number) - sight.northM
  const stepE = (eastM[cell + 1] as number) - sight.eastM - fromE
  const stepN = (northM[cell + 1] as number) - sight.northM - fromN
  const step2 = stepE * stepE + stepN * stepN || 1
  const share = Math.max(0, Math.min(1, -(fromE * stepE + fromN * stepN) / step2))
  return (fromE + share * stepE) ** 2 + (fromN + share * stepN) ** 2
}

/** Log chance of each number of cells in a time: running, with a pace that swings slowly; standing; now and then going back. */
function stepLogs(stepM: number, dtS: number, { usualMps, swingMps }: Manner) {
  const spreadS2 = (s: number) => 2 * SPEED_MEMORY_S * (s - SPEED_MEMORY_S * (1 - Math.exp(-s / SPEED_MEMORY_S)))
  const shortVar = (SHORT_SWING * usualMps) ** 2 * spreadS2(Math.min(dtS, SPEED_MEMORY_S))
  const runningVar = Math.max(shortVar, swingMps ** 2 * spreadS2(dtS))
  const cellVar = stepM ** 2 / 6
  const mostM = 2 * usualMps * dtS
  const ahead = Math.ceil(mostM / stepM) + 2
  const back = Math.ceil(mostM / 2 / stepM) + 1
  const logs = Array.from({ length: back + 1 + ahead }, (_, index) => {
    const movedM = (index - back) * stepM
    const running = normal(movedM - usualMps * dtS, runningVar + cellVar)
    const standing = STAND_CHANCE * normal(movedM, STAND_WITHIN_M ** 2 + cellVar)
    const stopping = movedM >= 0 ? STOP_CHANCE / (usualMps * dtS + stepM) : 0
    return Math.log(stepM * (running + standing + stopping + BACK_CHANCE / (1.5 * mostM + stepM)))
  })
  return { ahead, back, logs }
}

const normal = (beyond: number, variance: number): number =>
  Math.exp((-0.5 * beyond ** 2) / variance) / Math.sqrt(2 * Math.PI * variance)
