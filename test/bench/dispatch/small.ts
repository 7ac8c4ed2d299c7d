/** Small cases in which nothing new happens, so that the best there is can be found by trying everything. */
import { seededRandom } from '../../../client/simulate/random.ts'
import { costOfWait, matched, type Task } from '../../../shared/dispatch/match.ts'
import { meetsAt, type RoadMeeting, rideOnFrom } from '../../../shared/dispatch/roads.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/units.ts'
import type { Ground } from './world.ts'

const HELPERS = 3
const NEEDS = 5
const NOW_MS = 3_600_000
const PACK_M = 5_000

export type SmallCase = {
  /** Total wait and cost over those of the best order for each. */
  readonly waitRatio: number
  readonly costRatio: number
}

export function smallCase(ground: Ground, seed: number): SmallCase {
  const task = smallTask(ground, seed)
  const passes = matched(task)
  const ours = passes.flatMap((pass) => pass.map(({ need, at }) => waitMs(task, need, at)))
  let [bestWaitMs, bestCostMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  forEachPlan(
    Array.from({ length: HELPERS }, () => []),
    0,
    (orders) => {
      const waits = orders.flatMap((order, helper) => waitsOf(task, helper, order))
      bestWaitMs = Math.min(bestWaitMs, sum(waits))
      bestCostMs = Math.min(bestCostMs, sum(waits.map(costOfWait)))
    },
  )
  return { waitRatio: sum(ours) / bestWaitMs, costRatio: sum(ours.map(costOfWait)) / bestCostMs }
}

function smallTask({ roads, course }: Ground, seed: number): Task<RoadMeeting> {
  const random = seededRandom(`small ${course.name} ${seed}`)
  const { lengthM } = course.line
  const packM = random.between(PACK_M, lengthM - PACK_M)
  const alongM = () => packM + random.between(-PACK_M / 2, PACK_M / 2)
  const helpers = Array.from({ length: HELPERS }, () => ({
    from: { node: roads.ways.nodeOfStep[Math.round(alongM() / roads.ways.stepM)] as number, atMs: NOW_MS },
    rideMps: random.between(4.5, 6),
  }))
  const needs = Array.from({ length: NEEDS }, () => {
    const [forecastMps, sinceMs] = [random.between(2.4, 3.2), NOW_MS - random.between(0, 10) * MINUTE_MS]
    const place = { atM: alongM(), atMs: NOW_MS, takenAtMs: NOW_MS, spreadM: 5, speedMps: forecastMps, forecastMps }
    const sure = { confidence: 1, rival: null, isOffRoute: false, isWrongWay: false, isStopped: false }
    return { sinceMs, claimedBy: null, runner: { ...place, forecastSpreadMps: 0.1, ...sure } }
  })
  return {
    helperCount: HELPERS,
    needs,
    canCarry: () => true,
    meet(helper, need, after) {
      const [rider, wanted] = [helpers[helper], needs[need]]
      return rider && wanted && meetsAt(roads, after ? rideOnFrom(after) : rider.from, rider.rideMps, wanted.runner)
    },
  }
}

/** Every way to give the needs to the helpers, in every order. */
function forEachPlan(orders: number[][], need: number, look: (orders: readonly (readonly number[])[]) => void): void {
  if (need === NEEDS) {
    look(orders)
    return
  }
  for (const order of orders)
    for (let index = 0; index <= order.length; index++) {
      order.splice(index, 0, need)
      forEachPlan(orders, need + 1, look)
      order.splice(index, 1)
    }
}

function waitsOf(task: Task<RoadMeeting>, helper: number, order: readonly number[]): number[] {
  let after: RoadMeeting | undefined
  return order.map((need) => {
    after = task.meet(helper, need, after)
    return after ? waitMs(task, need, after) : Number.POSITIVE_INFINITY
  })
}

const waitMs = ({ needs }: Task<RoadMeeting>, need: number, { atMs }: RoadMeeting): number =>
  Math.max(SECOND_MS, atMs - (needs[need]?.sinceMs ?? 0))

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
