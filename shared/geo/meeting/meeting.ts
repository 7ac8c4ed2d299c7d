/**
 * Where and when a rider meets a runner who is on the way along the route: catching up, riding towards, or waiting.
 *
 * The result is data; whoever shows it makes the sentence: "ride on to km 18.2 in 6 min", "wait here 4 min".
 */
import { SECOND_MS } from '../../units.ts'
import { bearingDeg, distanceM } from '../distance.ts'
import type { Place } from '../fix.ts'
import type { Progress } from '../progress/progress.ts'
import { placeAtM } from '../route.ts'
import { type ComesBy, comesBy, paceMps } from './forecast.ts'
import { isBehind, placeOfNode, type Rides, secondsToNode, wayTo } from './rides.ts'
import type { Ways } from './ways.ts'

export type Meeting = {
  /** `cross`: near as the crow flies and far for a bike, so the way leads round, over `viaNamedPoint` if the bridge has a name. */
  readonly kind: 'wait' | 'ride-on' | 'turn-round' | 'cross'
  readonly place: Place
  /** Metres along the route; null without one. */
  readonly atM: number | null
  /** The likely moment, and a range that holds it nine times in ten. */
  readonly atMs: number
  readonly earliestMs: number
  readonly latestMs: number
  /** What the rider has to ride, and how long to wait there. */
  readonly rideM: number
  readonly waitS: number
  /** When the meeting is at a named point, and when the way leads over one. */
  readonly namedPoint: string | null
  readonly viaNamedPoint: string | null
}

/** Half the width of 90 % of a Gaussian, in deviations. */
export const RANGE_DEVIATIONS = 1.645
/** So much later than riding towards each other is soon enough for a meeting that is easier to keep: where promised, here, or at a place with a name. */
const PATIENCE_S = 30
const HERE_M = 30
/** A rival place with less chance does not widen the range. */
const RIVAL_SHARE = 0.15
/** Nobody knows a rider's speed better. */
const RIDE_SPREAD_SHARE = 0.06
/** Who waits and sees the runner may go to meet them. */
const WAIT_SPREAD_S = 10
/** The way leads round when it is so much longer than the air line. */
const ROUND_SHARE = 2
const ROUND_M = 200

/**
 * The meeting of the rider a search began from with one runner: the earliest place on the runner's coming way that the rider
 * reaches no later, or an easier one up to half a minute later; when there is none, the end of the route, where the runner waits.
 * `heldAtM` is where they were told to meet: it stays as long as it is among these. `undefined` at a fixed table that the runner
 * does not pass any more.
 */
export function meetingOf(rides: Rides, runner: Progress, heldAtM?: number): Meeting | undefined {
  const { ways, rider } = rides
  const spot = meetingSpot(rides, runner, heldAtM)
  if (!spot) return undefined
  const { atM, node, inS, spreadS } = spot
  const rideS = secondsToNode(rides, node, Number.POSITIVE_INFINITY)
  const place = placeAtM(ways.line, atM)
  const way = wayTo(rides, node)
  const first = placeOfNode(ways, way[0] as number)
  const rideM = distanceM(rider.place, first) + (rideS - (rides.secondsTo[way[0] as number] as number)) * rider.rideMps
  const atMs = rider.atMs + inS * SECOND_MS
  const giveOrTakeMs = RANGE_DEVIATIONS * spreadS * SECOND_MS
  const other = rivalMeeting(rides, runner)
  const { kind, viaNamedPoint } = kindOf(rides, way, place, rideM)
  return {
    kind,
    place,
    atM,
    atMs: Math.round(atMs),
    earliestMs: Math.round(Math.max(rider.atMs, Math.min(atMs - giveOrTakeMs, other?.earliestMs ?? atMs))),
    latestMs: Math.round(Math.max(atMs + giveOrTakeMs, other?.latestMs ?? atMs)),
    rideM,
    waitS: Math.max(0, inS - rideS),
    namedPoint: ways.nameOfNode.get(node) ?? null,
    viaNamedPoint,
  }
}

type Spot = ComesBy & { readonly atM: number; readonly node: number }

function meetingSpot(rides: Rides, runner: Progress, heldAtM: number | undefined): Spot | undefined {
  const { ways, rider } = rides
  const { stepM, nodeOfStep, nameOfNode } = ways
  const last = nodeOfStep.length - 1
  const nodeAt = (step: number) => nodeOfStep[step] as number
  const passesInS = (step: number) => comesBy(runner, step * stepM, rider.atMs).inS
  const isInTime = (step: number) => secondsToNode(rides, nodeAt(step), passesInS(step)) < Number.POSITIVE_INFINITY

  let first = Math.min(last, Math.max(0, Math.ceil(runner.atM / stepM)))
  while (first <= last && !isInTime(first)) first++
  if (first > last) return atTheEnd(rides)
  const earliest = onTheMove(rides, runner, first)
  if (earliest.isOvertaking) return earliest

  const soonEnoughS = passesInS(first) + PATIENCE_S
  const soonEnough: number[] = []
  for (let step = first; step <= last && passesInS(step) <= soonEnoughS; step++)
    if (isInTime(step)) soonEnough.push(step)
  const held = heldAtM === undefined ? -1 : Math.round(heldAtM / stepM)
  const easiest =
    soonEnough.find((step) => step === held) ??
    soonEnough.find((step) => distanceM(placeOfNode(ways, nodeAt(step)), rider.place) <= HERE_M) ??
    soonEnough.find((step) => nameOfNode.has(nodeAt(step)))
  if (easiest === undefined) return earliest
  const { inS, spreadS } = comesBy(runner, easiest * stepM, rider.atMs)
  return { atM: easiest * stepM, node: nodeAt(easiest), inS, spreadS: Math.hypot(spreadS, WAIT_SPREAD_S) }
}

/** Both arrive at once, somewhere in the step that ends at `step`. */
function onTheMove(rides: Rides, runner: Progress, step: number): Spot & { readonly isOvertaking: boolean } {
  const { ways, rider } = rides
  const node = ways.nodeOfStep[step] as number
  const after = comesBy(runner, step * ways.stepM, rider.atMs)
  const rideS = secondsToNode(rides, node, after.inS)
  const before = comesBy(runner, (step - 1) * ways.stepM, rider.atMs)
  const stepS = rider.rideMps > 0 ? ways.stepM / rider.rideMps : 0
  const rideBeforeS = secondsToNode(rides, ways.nodeOfStep[step - 1] ?? node, rideS + 2 * stepS)
  const [lackS, leftS] = [rideBeforeS - before.inS, after.inS - rideS]
  const share = lackS > 0 && lackS < Number.POSITIVE_INFINITY ? lackS / (lackS + leftS) : 1
  const atM = Math.max(Math.min(runner.atM, step * ways.stepM), (step - 1 + share) * ways.stepM)
  const { inS, spreadS } = comesBy(runner, atM, rider.atMs)
  // What is not known in metres passes at the speed with which they near each other.
  const isOvertaking = rideBeforeS < rideS
  const closing = isOvertaking ? rider.rideMps - paceMps(runner) : rider.rideMps + paceMps(runner)
  const [runnerM, riderM] = [spreadS * paceMps(runner), rideSpreadS(rides, rideS) * rider.rideMps]
  const apartM = Math.hypot(runnerM, riderM)
  return { atM, node, inS: Math.max(0, inS), spreadS: apartM / Math.max(1, closing), isOvertaking }
}

/** Nowhere is the rider in time: the runner is in first, and stays. */
function atTheEnd(rides: Rides): Spot | undefined {
  const { line, nodeOfStep } = rides.ways
  const node = nodeOfStep.at(-1) as number
  const inS = secondsToNode(rides, node, Number.POSITIVE_INFINITY)
  if (inS === Number.POSITIVE_INFINITY) return undefined
  return { atM: line.lengthM, node, inS, spreadS: rideSpreadS(rides, inS) }
}

const rideSpreadS = ({ rider }: Rides, rideS: number): number => Math.hypot(rider.spreadS, RIDE_SPREAD_SHARE * rideS)

/** The meeting if the runner is where the filter thinks it second likeliest; `undefined` when that is unlikely. */
function rivalMeeting(rides: Rides, runner: Progress): Meeting | undefined {
  const { rival } = runner
  if (!rival || rival.share < RIVAL_SHARE) return undefined
  return meetingOf(rides, { ...runner, atM: rival.atM, rival: null })
}

function kindOf({ ways, rider }: Rides, way: readonly number[], place: Place, rideM: number) {
  if (rideM <= HERE_M) return { kind: 'wait', viaNamedPoint: null } as const
  const airM = distanceM(rider.place, place)
  if (rideM > ROUND_SHARE * airM + ROUND_M)
    return { kind: 'cross', viaNamedPoint: farthestName(ways, way, place) } as const
  const ahead = placeOfNode(ways, way[1] ?? (way[0] as number))
  const isTurning = rider.headingDeg !== null && isBehind(rider.headingDeg, bearingDeg(rider.place, ahead))
  return { kind: isTurning ? 'turn-round' : 'ride-on', viaNamedPoint: null } as const
}

/** The named point on a way that leads round, of several the one farthest from its end. */
function farthestName(ways: Ways, way: readonly number[], place: Place): string | null {
  const awayM = (node: number) => distanceM(placeOfNode(ways, node), place)
  const named = way.filter((node) => ways.nameOfNode.has(node)).sort((a, b) => awayM(b) - awayM(a))
  return ways.nameOfNode.get(named[0] ?? -1) ?? null
}
