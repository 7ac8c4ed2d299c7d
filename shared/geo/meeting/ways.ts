/**
 * The paths a bike can ride, made from the route alone: its own ground, both ways along.
 *
 * A route writes laps and returns out; on the ground they are one path. So every 25 m of the line become a node, passes nearer
 * than 20 m share theirs, and where legs meet or cross (a bridge, the start of a loop) one can change over. Banks do not touch.
 */
import { eastwardDeg, rulerAt } from '../distance.ts'
import type { Place } from '../fix.ts'
import type { NamedPoint } from '../named-points.ts'
import { passesOf } from '../passes.ts'
import { placeAtM, type RouteLine } from '../route.ts'

const STEP_M = 25
/** A longer route has longer steps. */
const STEPS_MAX = 2_000
/** Passes so near to each other are one path to a bike. */
const SAME_PATH_M = 20
/** A sharp bend is near to itself and is not another pass. */
const BEND_M = 60
/** A named point belongs to a path that passes so near. */
const NAMED_WITHIN_M = 40

export type Ways = {
  readonly line: RouteLine
  readonly stepM: number
  /** The node at each step along the line; a node comes up once for each pass. */
  readonly nodeOfStep: Int32Array
  readonly nodeCount: number
  /** Of each node, metres east and north of the line's first point. */
  readonly eastM: Float64Array
  readonly northM: Float64Array
  /** The links of node `n` are `linkStart[n]` to under `linkStart[n + 1]`. */
  readonly linkStart: Int32Array
  readonly linkTo: Int32Array
  readonly linkM: Float64Array
  /** The named points that lie at a path, by the node next to them. */
  readonly nameOfNode: ReadonlyMap<number, string>
  readonly origin: Place
  readonly metresPerDegEast: number
  readonly metresPerDegNorth: number
}

/** Prepares a line, once per route: at most 2,001 nodes, some ms. Flat about the first point's latitude. */
export function waysOf(line: RouteLine, namedPoints: readonly NamedPoint[]): Ways {
  const steps = Math.max(1, Math.min(STEPS_MAX, Math.ceil(line.lengthM / STEP_M)))
  const stepM = line.lengthM / steps
  const origin = line.points[0] as Place
  const { kx, ky } = rulerAt(origin.latitudeDeg)
  const frame = { origin, metresPerDegEast: kx, metresPerDegNorth: ky }
  const ground = layOut(line, steps, stepM, frame)
  return {
    line,
    stepM,
    ...ground,
    ...linksOf(ground, stepM),
    nameOfNode: new Map(
      namedPoints.flatMap((point) =>
        passesOf(line, point, NAMED_WITHIN_M).map((atM) => [
          ground.nodeOfStep[Math.round(atM / stepM)] as number,
          point.name,
        ]),
      ),
    ),
    ...frame,
  }
}

type Frame = Pick<Ways, 'origin' | 'metresPerDegEast' | 'metresPerDegNorth'>
type Ground = Pick<Ways, 'nodeOfStep' | 'nodeCount' | 'eastM' | 'northM'>

/** Metres east and north of the line's first point. */
export function flatOf({ origin, metresPerDegEast, metresPerDegNorth }: Frame, place: Place) {
  return {
    eastM: eastwardDeg(origin.longitudeDeg, place.longitudeDeg) * metresPerDegEast,
    northM: (place.latitudeDeg - origin.latitudeDeg) * metresPerDegNorth,
  }
}

/** Walks the line and gives each step a node: the nearest one of an earlier pass, or a new one. */
function layOut(line: RouteLine, steps: number, stepM: number, frame: Frame): Ground {
  const nodeOfStep = new Int32Array(steps + 1)
  const eastM = new Float64Array(steps + 1)
  const northM = new Float64Array(steps + 1)
  const lastStepAt = new Int32Array(steps + 1)
  const nearM = Math.hypot(SAME_PATH_M, stepM / 2)
  const bendSteps = BEND_M / stepM
  let nodeCount = 0
  for (let step = 0; step <= steps; step++) {
    const here = flatOf(frame, placeAtM(line, step * stepM))
    let node = nodeCount
    let bestSquare = nearM * nearM
    for (let other = 0; other < nodeCount; other++) {
      const east = (eastM[other] as number) - here.eastM
      if (east > nearM || east < -nearM) continue
      const north = (northM[other] as number) - here.northM
      const square = east * east + north * north
      if (square >= bestSquare || step - (lastStepAt[other] as number) <= bendSteps) continue
      node = other
      bestSquare = square
    }
    if (node === nodeCount) {
      eastM[node] = here.eastM
      northM[node] = here.northM
      nodeCount++
    }
    nodeOfStep[step] = node
    lastStepAt[node] = step
  }
  return { nodeOfStep, nodeCount, eastM: eastM.slice(0, nodeCount), northM: northM.slice(0, nodeCount) }
}

function linksOf({ nodeOfStep, nodeCount, eastM, northM }: Ground, stepM: number) {
  const neighbours: Map<number, number>[] = Array.from({ length: nodeCount }, () => new Map())
  for (let step = 1; step < nodeOfStep.length; step++) {
    const [from, to] = [nodeOfStep[step - 1] as number, nodeOfStep[step] as number]
    if (from === to) continue
    const apartM = Math.hypot(
      (eastM[from] as number) - (eastM[to] as number),
      (northM[from] as number) - (northM[to] as number),
    )
    // Passes that are stepped differently skip a node now and then; that must not become a short cut.
    const lengthM = Math.max(stepM, apartM)
    neighbours[from]?.set(to, lengthM)
    neighbours[to]?.set(from, lengthM)
  }
  const linkStart = new Int32Array(nodeCount + 1)
  for (const [node, links] of neighbours.entries()) linkStart[node + 1] = (linkStart[node] as number) + links.size
  const all = neighbours.flatMap((links) => [...links])
  return {
    linkStart,
    linkTo: Int32Array.from(all, ([to]) => to),
    linkM: Float64Array.from(all, ([, lengthM]) => lengthM),
  }
}
