import { expect, test, vi } from 'vitest'
import { keptProgress, progressIn } from '../../server/core/kept-progress.ts'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { type Store, StoreAway } from '../../server/store/store.ts'
import { type RunProgress, runProgress } from '../../server/usecase/run-progress.ts'
import type { Fix, Place } from '../../shared/geo/fix.ts'
import { placeAtM, routeLine } from '../../shared/geo/route.ts'
import type { MemberId, RouteId } from '../../shared/units.ts'
import { aHouse } from '../support/house.ts'
import { aidar, madina, route, START_MS } from '../support/people.ts'
import { addition, batch, entries, runId } from '../support/store-samples.ts'
import { until } from '../support/until.ts'

const EVERY_S = 5
const PACE_MPS = 3
/** 3 km north and back on the same path: where one is does not tell which way one goes. */
const [there, turn]: readonly Place[] = [
  { latitudeDeg: 51.1, longitudeDeg: 71.4 },
  { latitudeDeg: 51.127, longitudeDeg: 71.4 },
]
const outAndBack = routeLine([there, turn, there] as Place[])
const json = JSON.stringify({ points: outAndBack.points })
/** Six rounds of 1.1 km: only what came before tells which one is run. */
const corners: readonly Place[] = [
  [51.1, 71.4],
  [51.1025, 71.4],
  [51.1025, 71.404],
  [51.1, 71.404],
].map(([latitudeDeg = 0, longitudeDeg = 0]) => ({ latitudeDeg, longitudeDeg }))
const laps = routeLine([...Array.from({ length: 6 }, () => corners).flat(), corners[0] as Place])
const inLaps = { now: { routeId: route(1), json: JSON.stringify({ points: laps.points }) } }

/** Who starts at the beginning and keeps the pace: the fixes from one second through another. */
function fixes(fromS: number, toS: number, line = outAndBack): Fix[] {
  const taken: Fix[] = []
  for (let s = fromS; s <= toS; s += EVERY_S) {
    const { latitudeDeg, longitudeDeg } = placeAtM(line, s * PACE_MPS)
    taken.push({ latitudeDeg, longitudeDeg, accuracyM: 5, takenAtMs: START_MS + s * 1_000 })
  }
  return taken
}
const at = (s: number) => START_MS + s * 1_000

type Planned = { routeId: RouteId; json: string | undefined } | undefined
async function aStore(): Promise<Store> {
  const store = openMemoryStore()
  await store.append(runId(1), 0, addition({ entries: entries(1, 1) }))
  return store
}
/** A node's view of the run, whose route the test may change. */
function aNode(store: Store, planned: { now: Planned } = { now: { routeId: route(1), json } }): RunProgress {
  const read = async () => planned.now?.json
  return runProgress(aHouse({ store }), runId(1), { id: () => planned.now?.routeId, read })
}
/** As positions.ts does it with each message. */
async function takes(node: RunProgress, store: Store, memberId: MemberId, taken: readonly Fix[]): Promise<void> {
  for (const fix of taken) {
    node.take(memberId, [fix])
    await store.putFixes([batch({ memberId, progress: node.toKeep(memberId, true) })])
  }
}
/** Ticks until the member's progress is known, and as near as a filter can be. */
const settled = (node: RunProgress, memberId: MemberId, s: number, alongM = s * PACE_MPS) =>
  until(() => {
    node.tick()
    const { atM = Number.NaN } = node.of(memberId, at(s)) ?? {}
    expect(Math.abs(atM - alongM)).toBeLessThan(50)
  })

test('[PG26] whoever takes part has progress along the route, out and on the way back', async () => {
  const node = aNode(await aStore())
  node.take(aidar, fixes(0, 600))
  node.take(madina, fixes(0, 1_500))
  await settled(node, aidar, 600)
  await settled(node, madina, 1_500)
  expect(node.of(aidar, at(600))).toMatchObject({ isOffRoute: false, isWrongWay: false })
  expect(node.of(aidar, at(600))).not.toHaveProperty('takenAtMs')
})

test('[PG26] without a route, or before the first fix, there is none', async () => {
  const node = aNode(await aStore(), { now: undefined })
  node.take(aidar, fixes(0, 60))
  expect([node.of(aidar, at(60)), node.toKeep(aidar, true), [...node.tick()]]).toEqual([null, null, []])
  expect(aNode(await aStore()).of(aidar, at(0))).toBeNull()
})

test('[PG27] while the line cannot be had progress waits, and then takes in what came meanwhile', async () => {
  let isAway = true
  const asked = vi.fn(async () => {
    if (isAway) throw new StoreAway('not now')
    return json
  })
  const node = runProgress(aHouse({ store: await aStore() }), runId(1), { id: () => route(1), read: asked })
  node.take(aidar, fixes(0, 300))
  await until(() => {
    node.tick()
    expect(asked.mock.calls.length).toBeGreaterThan(2)
  })
  expect([node.of(aidar, at(300)), node.toKeep(aidar, true)]).toEqual([null, null])
  isAway = false
  await settled(node, aidar, 300)
})

test('[PG28] a member who comes to another node goes on from where the last one was', async () => {
  const store = await aStore()
  const [first, second] = [aNode(store, inLaps), aNode(store, inLaps)]
  first.take(aidar, fixes(0, 0, laps))
  await settled(first, aidar, 0)
  await takes(first, store, aidar, fixes(5, 1_200, laps))
  expect(second.hear(aidar, at(1_200), first.of(aidar, at(1_200)))).toBe(true)
  await takes(second, store, aidar, fixes(1_260, 1_300, laps))
  await settled(second, aidar, 1_300)
  await takes(second, store, aidar, fixes(1_305, 1_700, laps))
  first.hear(aidar, at(1_700), second.of(aidar, at(1_700)))
  await takes(first, store, aidar, fixes(1_760, 1_770, laps))
  await settled(first, aidar, 1_770)
  expect(first.of(aidar, at(1_770))?.confidence).toBeGreaterThan(0.9)
})

test('[PG28] a node that starts again shows where everybody was, and goes on from there', async () => {
  const store = await aStore()
  const before = aNode(store, inLaps)
  before.take(aidar, fixes(0, 0, laps))
  await settled(before, aidar, 0)
  await takes(before, store, aidar, fixes(5, 1_500, laps))
  const after = aNode(store, inLaps)
  await after.learn()
  await settled(after, aidar, 1_500)
  expect(after.of(aidar, at(1_500))?.confidence).toBeCloseTo(before.of(aidar, at(1_500))?.confidence ?? 0, 3)
  await takes(after, store, aidar, fixes(1_505, 1_520, laps))
  await settled(after, aidar, 1_520)
})

test('[PG28] what the store keeps of a member is short, comes out as it went in, and is told once', async () => {
  const node = aNode(await aStore(), inLaps)
  node.take(aidar, fixes(0, 1_500, laps))
  await settled(node, aidar, 1_500)
  const kept = node.toKeep(aidar, true) ?? expect.fail('nothing to keep')
  expect(kept.takenAtMs).toBe(at(1_500))
  expect(node.toKeep(aidar, true)).toBeNull()

  const reached = progressIn(kept, route(1)) ?? expect.fail('nothing was kept')
  const [one] = reached.state.hypotheses
  expect(one?.atM).toBeCloseTo(4_500, 0)
  const many = {
    ...reached,
    state: { ...reached.state, hypotheses: Array.from({ length: 8 }, () => one ?? expect.fail()) },
  }
  const most = keptProgress(route(1), many)
  expect(most.json.length).toBeLessThan(1_536)
  expect(progressIn(most, route(1))).toEqual(many)
  expect(progressIn(most, route(2))).toBeUndefined()
  expect(progressIn({ ...most, json: most.json.replace('"layout":3', '"layout":0') }, route(1))).toBeUndefined()
})

test('[PG29] what another node has computed is shown as it was told, until a newer fix comes here', async () => {
  const store = await aStore()
  const [first, second] = [aNode(store), aNode(store)]
  first.take(aidar, fixes(0, 600))
  await settled(first, aidar, 600)
  const told = first.of(aidar, at(600))
  expect(second.hear(aidar, at(600), told)).toBe(true)
  expect(second.of(aidar, at(600))).toBe(told)
  expect(second.toKeep(aidar, true)).toBeNull()
  expect(second.hear(aidar, at(500), { ...(told ?? expect.fail()), atM: 7 })).toBe(false)
  expect(second.of(aidar, at(600))).toBe(told)
  // Nor does what comes back by the other node replace what was computed here.
  expect(first.hear(aidar, at(600) + 50, { ...(told ?? expect.fail()), atM: 7 })).toBe(false)
  expect(first.of(aidar, at(600))).toEqual(told)
})

test('[PG30] on a changed route the last half hour is matched anew, and what was told of the old one is no more', async () => {
  const planned: { now: Planned } = { now: { routeId: route(1), json } }
  const node = aNode(await aStore(), planned)
  node.take(aidar, fixes(0, 600))
  await settled(node, aidar, 600)
  node.hear(madina, at(600), node.of(aidar, at(600)))
  const longer = routeLine([{ latitudeDeg: 51.091, longitudeDeg: 71.4 }, ...outAndBack.points])
  planned.now = { routeId: route(2), json: JSON.stringify({ points: longer.points }) }
  expect([node.of(aidar, at(600)), node.of(madina, at(600)), node.toKeep(aidar, true)]).toEqual([null, null, null])
  await settled(node, aidar, 600, 600 * PACE_MPS + longer.lengthM - outAndBack.lengthM)
  expect(node.of(madina, at(600))).toBeNull()
})

test('[PG30] a line nobody can match is complained of once', async () => {
  const onFault = vi.fn()
  const house = aHouse({ store: await aStore(), onFault })
  const node = runProgress(house, runId(1), { id: () => route(1), read: async () => '{"points":[]}' })
  node.take(aidar, fixes(0, 60))
  await until(() => {
    node.tick()
    expect(onFault).toHaveBeenCalled()
  })
  for (let tick = 0; tick < 50; tick++) {
    node.tick()
    await Promise.resolve()
  }
  expect(onFault).toHaveBeenCalledTimes(1)
})

test('[PG31] a backlog is run so much a tick, nobody waits for another’s, and it corrects what was shown', async () => {
  const node = aNode(await aStore())
  for (const member of [aidar, madina]) node.take(member, fixes(0, 300))
  for (const member of [aidar, madina]) await settled(node, member, 300)
  // Out of a dead zone the newest fix comes first.
  node.take(aidar, fixes(1_400, 1_400))
  const shown = node.of(aidar, at(1_400))
  const everySecond = Array.from({ length: 2_190 }, (_, i) => fixes(305 + i / 2, 305 + i / 2)).flat()
  node.take(aidar, everySecond)
  node.take(madina, fixes(305, 310))
  expect(node.of(madina, at(310))?.atM).toBeGreaterThan(880)
  expect([...node.tick()]).toEqual([])
  expect(node.of(aidar, at(1_400))).toEqual(shown)
  expect([...node.tick(), ...node.tick()]).toEqual([aidar])
  await settled(node, aidar, 1_400)
  expect([...node.tick()]).toEqual([])
})

test('[PG32] of an erased member nothing is left', async () => {
  const node = aNode(await aStore())
  node.take(aidar, fixes(0, 600))
  await settled(node, aidar, 600)
  node.take(aidar, fixes(605, 1_500))
  node.forget(aidar)
  expect([[...node.tick()], node.of(aidar, at(1_500)), node.toKeep(aidar, true)]).toEqual([[], null, null])
})
