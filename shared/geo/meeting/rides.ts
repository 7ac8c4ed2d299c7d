/**
 * How soon a rider can be where, over the paths of the route. One search serves all runners, and goes only as far as
 * somebody asks.
 *
 * Method: Dijkstra 1959 with a binary heap, resumed where it stopped.
 */

import { bearingDeg, movedPlace } from '../distance.ts'
import type { Place } from '../fix.ts'
import { DETOUR } from './detour.ts'
import { flatOf, type Ways } from './ways.ts'

/** Somebody who brings things: on a bike, or at a table. */
export type Rider = {
  readonly place: Place
  /** When it is there and may set off. */
  readonly atMs: number
  /** One standard deviation of that moment. */
  readonly spreadS: number
  /** What it rides when it rides; 0 at a fixed table. */
  readonly rideMps: number
  /** Where it is heading; null for one who stands, or whose heading is not known. */
  readonly headingDeg: number | null
}

export type Rides = {
  readonly ways: Ways
  readonly rider: Rider
  /** Seconds from the rider to each node; infinite until found. */
  readonly secondsTo: Float64Array
  /** The node before on the way; -1 at its beginning. */
  readonly cameFrom: Int32Array
  readonly settled: Uint8Array
  readonly frontier: Frontier
}

/** Within GPS noise of the path is on it. */
const ON_PATH_M = 25
/** Braking, lifting the bike round, and getting up to speed again; or that alone. */
const TURNING_S = 7
const SETTING_OFF_S = 3.5
/** A table serves the paths it stands at. */
const TABLE_REACH_M = 60

/** Opens the search from a rider; nothing is computed yet beyond the nearest path. */
export function ridesFrom(ways: Ways, rider: Rider): Rides {
  const rides: Rides = {
    ways,
    rider,
    secondsTo: new Float64Array(ways.nodeCount).fill(Number.POSITIVE_INFINITY),
    cameFrom: new Int32Array(ways.nodeCount).fill(-1),
    settled: new Uint8Array(ways.nodeCount),
    frontier: { nodes: [], seconds: [] },
  }
  const { from, to, share, awayM, linkM } = nearestPath(ways, rider.place)
  if (!(rider.rideMps > 0)) {
    if (awayM <= TABLE_REACH_M) {
      const node = share < 0.5 ? from : to
      rides.secondsTo[node] = 0
      rides.settled[node] = 1
    }
    return rides
  }
  const offM = awayM > ON_PATH_M ? DETOUR * awayM : 0
  reach(rides, from, (offM + share * linkM) / rider.rideMps + startS(ways, rider, to, from), -1)
  if (to !== from) reach(rides, to, (offM + (1 - share) * linkM) / rider.rideMps + startS(ways, rider, from, to), -1)
  return rides
}

/** Seconds to a node if that is at most `withinS`; else infinite. */
export function secondsToNode(rides: Rides, node: number, withinS: number): number {
  const { frontier, settled, secondsTo, ways, rider } = rides
  while (!settled[node] && (frontier.seconds[0] ?? Number.NaN) <= withinS) {
    const near = pop(frontier)
    if (settled[near]) continue
    settled[near] = 1
    const soFarS = secondsTo[near] as number
    for (let link = ways.linkStart[near] as number; link < (ways.linkStart[near + 1] as number); link++) {
      const onward = ways.linkTo[link] as number
      // From one end of its own link back to the other is turning round, which has its price there.
      const isTurning = isBeginning(rides, near) && isBeginning(rides, onward)
      if (!settled[onward] && !isTurning)
        reach(rides, onward, soFarS + (ways.linkM[link] as number) / rider.rideMps, near)
    }
  }
  const seconds = secondsTo[node] as number
  return settled[node] && seconds <= withinS ? seconds : Number.POSITIVE_INFINITY
}

/** The nodes of the way to a node that was found, the rider's end first. */
export function wayTo({ cameFrom }: Rides, node: number): number[] {
  const way: number[] = []
  for (let at = node; at >= 0; at = cameFrom[at] as number) way.push(at)
  return way.reverse()
}

const isBeginning = ({ cameFrom, secondsTo }: Rides, node: number): boolean =>
  cameFrom[node] === -1 && secondsTo[node] !== Number.POSITIVE_INFINITY

function reach({ secondsTo, cameFrom, frontier }: Rides, node: number, seconds: number, from: number): void {
  if (!(seconds < (secondsTo[node] as number))) return
  secondsTo[node] = seconds
  cameFrom[node] = from
  push(frontier, node, seconds)
}

/** The link nearest to a place, and where on it. */
function nearestPath(ways: Ways, place: Place) {
  const { eastM, northM, linkStart, linkTo, linkM, nodeCount } = ways
  const here = flatOf(ways, place)
  let best = { from: 0, to: 0, share: 0, awayM: Number.POSITIVE_INFINITY, linkM: 0 }
  for (let from = 0; from < nodeCount; from++) {
    const [fromE, fromN] = [(eastM[from] as number) - here.eastM, (northM[from] as number) - here.northM]
    const reachM = best.awayM + ways.stepM
    if (Math.abs(fromE) > reachM || Math.abs(fromN) > reachM) continue
    for (let link = linkStart[from] as number; link < (linkStart[from + 1] as number); link++) {
      const to = linkTo[link] as number
      const [stepE, stepN] = [(eastM[to] as number) - here.eastM - fromE, (northM[to] as number) - here.northM - fromN]
      const along = -(fromE * stepE + fromN * stepN) / (stepE * stepE + stepN * stepN || 1)
      const share = Math.max(0, Math.min(1, along))
      const awayM = Math.hypot(fromE + stepE * share, fromN + stepN * share)
      if (awayM < best.awayM) best = { from, to, share, awayM, linkM: linkM[link] as number }
    }
  }
  return best
}

/** What setting off from one node of the rider's link towards the other costs. */
function startS(ways: Ways, { headingDeg }: Rider, from: number, to: number): number {
  if (headingDeg === null) return SETTING_OFF_S
  return isBehind(headingDeg, bearingDeg(placeOfNode(ways, from), placeOfNode(ways, to))) ? TURNING_S : 0
}

/** Whether a direction is more behind than ahead of somebody's heading. */
export const isBehind = (headingDeg: number, directionDeg: number): boolean =>
  Math.cos(((directionDeg - headingDeg) * Math.PI) / 180) < 0

/** Where a node is on the earth. */
export function placeOfNode({ origin, eastM, northM }: Ways, node: number): Place {
  return movedPlace(origin, eastM[node] as number, northM[node] as number)
}

/** A binary heap, the soonest first. A node may lie in it twice; the later one finds it settled. */
type Frontier = { readonly nodes: number[]; readonly seconds: number[] }

function push({ nodes, seconds }: Frontier, node: number, atS: number): void {
  let hole = nodes.length
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if ((seconds[parent] as number) <= atS) break
    nodes[hole] = nodes[parent] as number
    seconds[hole] = seconds[parent] as number
    hole = parent
  }
  nodes[hole] = node
  seconds[hole] = atS
}

function pop({ nodes, seconds }: Frontier): number {
  const soonest = nodes[0] as number
  const [node, atS] = [nodes.pop() as number, seconds.pop() as number]
  const count = nodes.length
  if (count === 0) return soonest
  let hole = 0
  for (let child = 1; child < count; child = 2 * hole + 1) {
    if (child + 1 < count && (seconds[child + 1] as number) < (seconds[child] as number)) child++
    if ((seconds[child] as number) >= atS) break
    nodes[hole] = nodes[child] as number
    seconds[hole] = seconds[child] as number
    hole = child
  }
  nodes[hole] = node
  seconds[hole] = atS
  return soonest
}
