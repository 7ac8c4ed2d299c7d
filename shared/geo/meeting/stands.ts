/**
 * Where to stand so that most runners come by soonest: a group of hand-over places.
 *
 * Method: greedy maximum coverage, at least 63 % of the best possible (Nemhauser, Wolsey and Fisher 1978).
 */
import { SECOND_MS } from '../../units.ts'
import type { Place } from '../fix.ts'
import type { Progress } from '../progress/progress.ts'
import { comesBy } from './forecast.ts'
import { placeOfNode, type Rides, secondsToNode } from './rides.ts'

export type Stand<Id> = {
  readonly place: Place
  readonly namedPoint: string | null
  /** Who comes by and when, the first one first. */
  readonly serves: readonly { readonly runner: Id; readonly atMs: number }[]
}

/** A place with a name is worth so much waiting to each runner: everybody finds it. */
const NAME_WORTH_S = 30

/**
 * At most `count` places that the rider of the search reaches before the runners do, who come by there within `withinS`
 * seconds from its start; as many runners as possible, then as soon as possible. Each runner is served at one place.
 * Fewer places when fewer serve everybody who can be served.
 */
export function standsFor<Id>(
  rides: Rides,
  runners: ReadonlyMap<Id, Progress>,
  count: number,
  withinS: number,
): Stand<Id>[] {
  const passing = passingBy(rides, runners, withinS)
  const served = new Set<Id>()
  const stands: Stand<Id>[] = []
  while (stands.length < count) {
    const best = bestNode(rides, passing, served)
    if (best === undefined) break
    const serves = [...(passing.get(best) ?? [])]
      .filter(([runner]) => !served.has(runner))
      .map(([runner, inS]) => ({ runner, atMs: Math.round(rides.rider.atMs + inS * SECOND_MS) }))
      .sort((a, b) => a.atMs - b.atMs)
    for (const { runner } of serves) served.add(runner)
    stands.push({ place: placeOfNode(rides.ways, best), namedPoint: rides.ways.nameOfNode.get(best) ?? null, serves })
  }
  return stands
}

type PassingBy<Id> = ReadonlyMap<number, ReadonlyMap<Id, number>>

/** Of each node, who comes by in time and after the rider, and in how many seconds first. */
function passingBy<Id>(rides: Rides, runners: ReadonlyMap<Id, Progress>, withinS: number): PassingBy<Id> {
  const { ways, rider } = rides
  const passing = new Map<number, Map<Id, number>>()
  for (const [id, runner] of runners) {
    for (let step = Math.ceil(runner.atM / ways.stepM); step < ways.nodeOfStep.length; step++) {
      const { inS } = comesBy(runner, step * ways.stepM, rider.atMs)
      if (inS > withinS) break
      const node = ways.nodeOfStep[step] as number
      if (secondsToNode(rides, node, inS) === Number.POSITIVE_INFINITY) continue
      const here = passing.get(node) ?? new Map<Id, number>()
      if (!here.has(id)) here.set(id, inS)
      passing.set(node, here)
    }
  }
  return passing
}

/** Most runners first, then least waiting; `undefined` when nobody is left to serve. */
function bestNode<Id>({ ways }: Rides, passing: PassingBy<Id>, served: ReadonlySet<Id>): number | undefined {
  let best: { readonly node: number; readonly count: number; readonly waitS: number } | undefined
  for (const [node, runners] of passing) {
    let [count, waitS] = [0, 0]
    for (const [runner, inS] of runners) {
      if (served.has(runner)) continue
      count++
      waitS += inS - (ways.nameOfNode.has(node) ? NAME_WORTH_S : 0)
    }
    const isBetter = !best || count > best.count || (count === best.count && waitS < best.waitS)
    if (count > 0 && isBetter) best = { node, count, waitS }
  }
  return best?.node
}
