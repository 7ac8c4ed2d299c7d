/**
 * How far it is from any node of a route's paths to any other, and where a rider meets who runs there: fast enough to be asked
 * thousands of times a second, which matching does. What one cyclist is told comes from shared/geo/meeting, which knows more.
 */
import type { Place } from '../geo/fix.ts'
import { comesBy } from '../geo/meeting/forecast.ts'
import { flatOf, type Ways } from '../geo/meeting/ways.ts'
import type { Progress } from '../geo/progress/progress.ts'
import { SECOND_MS } from '../units.ts'

/** Braking, handing over, and getting up to speed again. */
const HAND_OVER_MS = 10 * SECOND_MS
/** A row of 2,001 nodes is 8 KB. */
const ROWS_MAX = 400

export type Roads = {
  readonly ways: Ways
  /** Metres to every node from the one asked for; infinite where no path leads. */
  readonly metresFrom: (node: number) => Float32Array
}

/** A moment at a node. */
export type RoadSpot = { readonly node: number; readonly atMs: number }
export type RoadMeeting = RoadSpot & {
  /** Metres along the route. */
  readonly atM: number
}

/** Where and when a rider goes on after a hand-over. */
export const rideOnFrom = ({ node, atMs }: RoadSpot): RoadSpot => ({ node, atMs: atMs + HAND_OVER_MS })

/** Prepares nothing; a row is made when it is asked for, and at most so many are kept. */
export function roadsOf(ways: Ways, rowsMax = ROWS_MAX): Roads {
  const rows = new Map<number, Float32Array>()
  return {
    ways,
    metresFrom(node) {
      const known = rows.get(node)
      if (known) return known
      const row = rowOf(ways, node)
      const oldest = rows.size >= rowsMax ? rows.keys().next().value : undefined
      if (oldest !== undefined) rows.delete(oldest)
      rows.set(node, row)
      return row
    },
  }
}

/** Method: shortest paths by correcting labels from a queue (Moore 1959); the paths of a route hardly branch, so few are corrected. */
function rowOf({ linkStart, linkTo, linkM, nodeCount }: Ways, from: number): Float32Array {
  const metres = new Float32Array(nodeCount).fill(Number.POSITIVE_INFINITY)
  metres[from] = 0
  const queue = [from]
  for (const near of queue) {
    for (let link = linkStart[near] as number; link < (linkStart[near + 1] as number); link++) {
      const onward = linkTo[link] as number
      const throughM = Math.fround((metres[near] as number) + (linkM[link] as number))
      if (throughM >= (metres[onward] as number)) continue
      metres[onward] = throughM
      queue.push(onward)
    }
  }
  return metres
}

/** The node nearest to a place, as the crow flies. */
export function nodeNear(ways: Ways, place: Place): number {
  const here = flatOf(ways, place)
  let [nearest, leastSquare] = [0, Number.POSITIVE_INFINITY]
  for (let node = 0; node < ways.nodeCount; node++) {
    const [east, north] = [(ways.eastM[node] as number) - here.eastM, (ways.northM[node] as number) - here.northM]
    const square = east * east + north * north
    if (square < leastSquare) [nearest, leastSquare] = [node, square]
  }
  return nearest
}

/**
 * The first step on a runner's coming way that a rider reaches no later than they do; the end of the route when there is none.
 * Whoever wants nothing before a moment is met no sooner than that. `undefined` at a table (a ride of 0 m/s) that they do not pass
 * any more. Method: bisection, since whoever rides faster than the runner is in time everywhere beyond the first such step.
 */
export function meetsAt(
  { ways, metresFrom }: Roads,
  from: RoadSpot,
  rideMps: number,
  runner: Progress,
  notBeforeMs = from.atMs,
): RoadMeeting | undefined {
  const { stepM, nodeOfStep } = ways
  const last = nodeOfStep.length - 1
  const first = Math.min(last, Math.max(0, Math.ceil(runner.atM / stepM)))
  const passesMs = (step: number) => from.atMs + comesBy(runner, step * stepM, from.atMs).inS * SECOND_MS
  if (!(rideMps > 0)) {
    const step = nodeOfStep.indexOf(from.node, first)
    return step < 0 ? undefined : spotAt(step, Math.max(from.atMs, passesMs(step)))
  }
  const row = metresFrom(from.node)
  const ridesMs = (step: number) => from.atMs + ((row[nodeOfStep[step] as number] as number) / rideMps) * SECOND_MS
  let [low, high] = [first, last]
  while (low < high) {
    const middle = (low + high) >> 1
    if (Math.max(ridesMs(middle), notBeforeMs) <= passesMs(middle)) high = middle
    else low = middle + 1
  }
  const atMs = Math.max(from.atMs, ridesMs(low), passesMs(low))
  return Number.isFinite(atMs) ? spotAt(low, atMs) : undefined

  function spotAt(step: number, atMs: number): RoadMeeting {
    return { node: nodeOfStep[step] as number, atMs, atM: step * stepM }
  }
}
