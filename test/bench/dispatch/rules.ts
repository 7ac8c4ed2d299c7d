/** What is compared: the same cyclists, told by different rules whom to go to. */
import { matched, type Pass, type Task } from '../../../shared/dispatch/match.ts'
import { meetsAt, type RoadMeeting, rideOnFrom } from '../../../shared/dispatch/roads.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import type { PieceKind } from './scenarios.ts'
import { type Cyclist, type Need, type Rule, type Scene, startOf } from './scene.ts'

/** The oldest need first, each to whoever is free and meets them soonest. */
export const firstCome: Rule = (scene) => {
  const { routes, free, open } = claimed(scene)
  for (const need of open.sort((a, b) => a.atS - b.atS)) {
    const able = [...free].filter(({ stock }) => stock[need.kind] > 0)
    const nearest = soonest(able, (cyclist) => meetingMs(scene, cyclist, need))
    if (!nearest) continue
    free.delete(nearest)
    routes.set(nearest.no, [need])
  }
  return routes
}

/** Whoever is free goes to the one they meet soonest, the soonest meeting of all first. */
export const nearestFirst: Rule = (scene) => {
  const { routes, free, open } = claimed(scene)
  const pairs = [...free].flatMap((cyclist) =>
    open
      .filter(({ kind }) => cyclist.stock[kind] > 0)
      .map((need) => ({ cyclist, need, atMs: meetingMs(scene, cyclist, need) })),
  )
  const taken = new Set<Need>()
  for (const { cyclist, need } of pairs.sort((a, b) => a.atMs - b.atMs)) {
    if (!free.has(cyclist) || taken.has(need)) continue
    free.delete(cyclist)
    taken.add(need)
    routes.set(cyclist.no, [need])
  }
  return routes
}

/** shared/dispatch/match.ts over what has been asked for. */
export const together: Rule = (scene) => matchedOver(scene, scene.needs)

/** The same, and whoever is due by plan within five minutes counts as well, as proposals do: somebody rides there before they ask. */
export const withPlans: Rule = (scene) => matchedOver(scene, [...scene.needs, ...scene.dueSoon])

function matchedOver(scene: Scene, needs: readonly Need[]): ReadonlyMap<number, readonly Need[]> {
  const { cyclists } = scene
  const byNo = new Map(cyclists.map(({ no }, index) => [no, index]))
  const passes: readonly Pass<RoadMeeting>[] = matched(taskOf(scene, needs, byNo))
  return new Map(cyclists.map(({ no }, index) => [no, (passes[index] ?? []).map(({ need }) => needs[need] as Need)]))
}

function taskOf(scene: Scene, needs: readonly Need[], byNo: ReadonlyMap<number, number>): Task<RoadMeeting> {
  const { cyclists, roads, nowMs, runnerOf } = scene
  const runners = needs.map(runnerOf)
  const starts = cyclists.map((cyclist) => startOf(cyclist, nowMs))
  // Of what is not asked for only the plan is known.
  const wantedMs = needs.map(({ atS, plannedAtS }) =>
    atS * SECOND_MS <= nowMs ? atS * SECOND_MS : Math.max(nowMs, (plannedAtS ?? 0) * SECOND_MS),
  )
  return {
    helperCount: cyclists.length,
    needs: needs.map(({ claimedBy }, need) => ({
      sinceMs: wantedMs[need] as number,
      claimedBy: claimedBy === null ? null : (byNo.get(claimedBy) ?? null),
    })),
    meet(helper, need, after) {
      const from = after ? rideOnFrom(after) : starts[helper]
      const runner = runners[need]
      return from && runner && meetsAt(roads, from, cyclists[helper]?.rideMps ?? 0, runner, wantedMs[need])
    },
    canCarry(helper, carried) {
      const left = { ...(cyclists[helper]?.stock as Record<PieceKind, number>) }
      return carried.every((need) => --left[(needs[need] as Need).kind] >= 0)
    },
  }
}

function claimed({ cyclists, needs }: Scene) {
  const routes = new Map<number, readonly Need[]>()
  for (const need of needs) if (need.claimedBy !== null) routes.set(need.claimedBy, [need])
  return {
    routes,
    free: new Set(cyclists.filter(({ no }) => !routes.has(no))),
    open: needs.filter(({ claimedBy }) => claimedBy === null),
  }
}

function meetingMs({ roads, nowMs, runnerOf }: Scene, cyclist: Cyclist, need: Need): number {
  const meeting = meetsAt(roads, startOf(cyclist, nowMs), cyclist.rideMps, runnerOf(need))
  return meeting?.atMs ?? Number.POSITIVE_INFINITY
}

function soonest(cyclists: readonly Cyclist[], atMs: (cyclist: Cyclist) => number): Cyclist | undefined {
  return cyclists.reduce<Cyclist | undefined>(
    (best, cyclist) => (best && atMs(best) <= atMs(cyclist) ? best : cyclist),
    undefined,
  )
}
