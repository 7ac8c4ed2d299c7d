/** Fixes gathered by source and slot, on a store that only writes down what it is given. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { type FixBatch, type Store, StoreAway, type Stored } from '../../server/store/store.ts'
import { type Batch, fixBatcher } from '../../server/usecase/fix-batcher.ts'
import { groupKey } from '../../server/usecase/fix-group.ts'
import { batch, memberId, phone, point, points, runId, tracker } from '../support/store-samples.ts'

/** From one transaction to the next. */
const SLOT_MS = 50
const WITHIN_MS = 5_000

type Put = { readonly atMs: number; readonly batches: readonly FixBatch[] }

/** @param answer what the store says to each call */
function opened(answer?: (batches: readonly FixBatch[]) => ReturnType<Store['putFixes']>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const puts: Put[] = []
  const store = {
    async putFixes(batches: readonly FixBatch[]) {
      puts.push({ atMs: performance.now(), batches })
      return answer ? answer(batches) : batches.map(storedOf)
    },
  } as unknown as Store
  return { batcher: fixBatcher(store), puts }
}

const storedOf = ({ points }: FixBatch): Stored => ({ ranges: [], keptCount: points.length, aside: {} })
const live = (more: Partial<Batch>): Batch => {
  const all = { ...batch(), progress: () => null, ...more }
  return { ...all, key: groupKey(all.runId, all.memberId, all.source) }
}
const keysOf = (put: Put | undefined) => put?.batches.map(({ points }) => points.map(({ key }) => key))
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const unheard = () => expect.unreachable('nobody was to be told')

test('[FB1] what comes live of a source is stored together within five seconds, in order, and told once', async () => {
  const { batcher, puts } = opened()
  const told: [number, Stored][] = []
  for (let key = 1; key <= 20; key++) {
    const more = { points: [point(key)], droppedKeys: [key + 100], aside: { nowhere: 1 } }
    batcher.putLater(live(more), (stored) => told.push([key, stored]))
    await pass(1_000)
  }
  const sizes = puts.map(({ batches: [one] }) => one?.points.length ?? 0)
  expect(sizes.slice(1).every((size) => size === 5)).toBe(true)
  expect(puts.flatMap(({ batches }) => batches.flatMap((one) => one.points.map(({ key }) => key)))).toEqual(
    points(
      1,
      sizes.reduce((sum, size) => sum + size),
    ).map(({ key }) => key),
  )
  const [first] = puts[1]?.batches ?? []
  expect(first?.aside).toEqual({ nowhere: 5 })
  expect(first?.droppedKeys).toEqual(first?.points.map(({ key }) => key + 100))
  expect(told.map(([key]) => key)).toEqual(puts.map(({ batches: [one] }) => one?.points.at(-1)?.key))
})

test('[FB2] what somebody waits for goes with the next slot, behind what waits of its source and nothing else', async () => {
  const { batcher, puts } = opened()
  batcher.putLater(live({ points: [point(1)] }), () => undefined)
  batcher.putLater(live({ points: [point(9)], memberId: memberId(2) }), () => undefined)
  const answered = batcher.put(live({ points: [point(2)] }))
  await pass(0)
  expect(await answered).toMatchObject({ keptCount: 2 })
  expect(puts.map(keysOf)).toEqual([[[1, 2]]])
  const next = [batcher.put(live({ points: [point(3)] })), batcher.put(live({ points: [point(4)], source: tracker }))]
  await pass(SLOT_MS)
  await Promise.all(next)
  expect(puts.slice(1).map(keysOf)).toEqual([[[3], [4]]])
  await pass(WITHIN_MS)
  expect(puts.slice(2).map(keysOf)).toEqual([[[9]]])
})

test('[FB3] there are at most 20 transactions a second, one at a time, and the slots of a large run are even', async () => {
  let isBusy = false
  const { batcher, puts } = opened(async (batches) => {
    expect(isBusy).toBe(false)
    isBusy = true
    await new Promise((resolve) => setTimeout(resolve, puts.length % 20 === 0 ? 1.5 * SLOT_MS : 5))
    isBusy = false
    return batches.map(storedOf)
  })
  const sources = Array.from({ length: 1_000 }, (_, at) => ({ memberId: memberId(at) }))
  for (let key = 1; key <= 15; key++) {
    for (const source of sources) batcher.putLater(live({ ...source, points: [point(key)] }), () => undefined)
    void batcher.put(live({ source: tracker, points: [point(key)] }))
    await pass(1_000)
  }
  for (const [at, { atMs }] of puts.entries())
    expect(atMs - (puts[at - 1]?.atMs ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(SLOT_MS)
  const later = puts.filter(({ atMs }) => atMs > WITHIN_MS).map(({ batches }) => batches.length)
  expect(later.length).toBeGreaterThan(38)
  expect(later.filter((size) => size > 80)).toHaveLength(2) // some forty on average, and the slot of the run
})

test('[FB9] the members of a run that is not large are stored together', async () => {
  const { batcher, puts } = opened()
  const runs = [1, 2, 3, 4].map(runId)
  for (let key = 1; key <= 12; key++) {
    for (const run of runs)
      for (let member = 1; member <= 25; member++)
        batcher.putLater(live({ runId: run, memberId: memberId(member), points: [point(key)] }), () => undefined)
    await pass(1_000)
  }
  for (const { batches } of puts)
    for (const run of runs) expect([0, 25]).toContain(batches.filter((one) => one.runId === run).length)
  expect(puts.length).toBeGreaterThan(runs.length)
})

test('[FB4] with too much waiting the new fixes are dropped and counted, and whoever waits is refused', async () => {
  const { batcher, puts } = opened()
  for (let at = 0; at < 50; at++)
    batcher.putLater(live({ memberId: memberId(at), points: points(1, 1_000) }), () => undefined)
  batcher.putLater(live({ points: points(1, 7) }), unheard)
  await expect(batcher.put(live({ points: [point(8)] }))).rejects.toThrow(StoreAway)
  expect(batcher.droppedCount()).toBe(7)
  await pass(WITHIN_MS)
  expect(puts.flatMap(({ batches }) => batches)).toHaveLength(50)
  const answered = batcher.put(live({ points: [point(8)] }))
  await pass(SLOT_MS)
  expect(await answered).toMatchObject({ keptCount: 1 })
})

test('[FB5] when the store fails, live fixes are dropped and counted, and whoever waits hears of it', async () => {
  const answers = [() => Promise.reject(new StoreAway('away')), async () => ['no-run', 'away'] as const]
  const { batcher } = opened((batches) => answers.shift()?.() ?? Promise.resolve(batches.map(storedOf)))
  for (const reason of ['away', 'does not have the run']) {
    batcher.putLater(live({ points: points(1, 3) }), unheard)
    const heard = expect(batcher.put(live({ points: [point(4)] }))).rejects.toThrow(reason)
    batcher.putLater(live({ points: [point(5)], source: tracker }), unheard)
    const settled = batcher.settled()
    await pass(SLOT_MS)
    await Promise.all([heard, settled])
  }
  expect(batcher.droppedCount()).toBe(10)
  const answered = batcher.put(live({ points: [point(6)] }))
  await pass(SLOT_MS)
  expect(await answered).toMatchObject({ keptCount: 1 })
})

test('[FB6] what waits of an erased member or a forgotten run is not stored any more', async () => {
  const { batcher, puts } = opened()
  const of = (run: number, member: number, source = phone) =>
    batcher.putLater(live({ runId: runId(run), memberId: memberId(member), source, points: [point(run)] }), unheard)
  of(1, 1)
  of(1, 1, tracker)
  of(2, 1)
  of(2, 2)
  const kept = vi.fn()
  batcher.putLater(live({ memberId: memberId(2), points: [point(1)] }), kept)
  batcher.drop(runId(1), memberId(1))
  batcher.drop(runId(2))
  await pass(WITHIN_MS)
  expect(puts.map(({ batches }) => batches.map((one) => [one.runId, one.memberId]))).toEqual([
    [[runId(1), memberId(2)]],
  ])
  expect(kept).toHaveBeenCalledOnce()
})

test('[FB7] settled stores what waits at once, with what is under way, and nothing ticks when nothing waits', async () => {
  const { batcher, puts } = opened()
  expect(vi.getTimerCount()).toBe(0)
  for (const member of [1, 2, 3]) {
    batcher.putLater(live({ memberId: memberId(member), points: [point(1)] }), () => undefined)
  }
  expect(vi.getTimerCount()).toBe(1)
  const settled = batcher.settled()
  await pass(SLOT_MS)
  await settled
  expect(puts.map(({ batches }) => batches.length)).toEqual([3])
  expect(vi.getTimerCount()).toBe(0)
  await batcher.settled()
})

test('[FB8] progress is asked for when the fixes are stored, and told whether somebody waits', async () => {
  const { batcher, puts } = opened()
  let json = 'early'
  const asked: boolean[] = []
  const progress = (isAwaited: boolean) => {
    asked.push(isAwaited)
    return { takenAtMs: 1, json }
  }
  batcher.putLater(live({ points: [point(1)], progress: () => expect.unreachable('a later one is there') }), () => 0)
  batcher.putLater(live({ points: [point(2)], progress }), () => undefined)
  json = 'newest'
  await pass(WITHIN_MS)
  const answered = batcher.put(live({ points: [point(3)], progress }))
  await pass(SLOT_MS)
  await answered
  expect(asked).toEqual([false, true])
  expect(puts.map(({ batches: [one] }) => one?.progress?.json)).toEqual(['newest', 'newest'])
})
