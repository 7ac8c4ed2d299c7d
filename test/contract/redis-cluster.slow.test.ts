/** A cluster of Redis: every command, its wait and every message at the master that has the slot, also when that changes. */
import { expect, test } from 'vitest'
import { runKey, slotOf } from '../../server/store/redis-keys.ts'
import { StoreAway } from '../../server/store/store.ts'
import type { RunId } from '../../shared/units.ts'
import type { RedisCluster } from '../support/redis-groups.ts'
import { aNodeOn, aRedisCluster } from '../support/redis-server.ts'
import { addition, batch, entries, points, runId, trackerId } from '../support/store-samples.ts'
import { until } from '../support/until.ts'

/** As startRedisCluster deals the slots out. */
const masterOf = (id: RunId): number => Math.floor((slotOf(runKey(id)) * 3) / 16_384)

/** One run of each master. */
const runOfEach = [0, 1, 2].map((master) => {
  const number = Array.from({ length: 1_000 }, (_, index) => index).find((index) => masterOf(runId(index)) === master)
  return runId(number ?? 0)
}) as [RunId, RunId, RunId]

const at = (cluster: RedisCluster, place: number) => cluster.masters[place] as NonNullable<RedisCluster['masters'][0]>

test('[RD13] runs are dealt to all masters, and each has all keys of its own', async () => {
  const cluster = await aRedisCluster()
  const { store } = await aNodeOn(cluster.url)
  const ids = Array.from({ length: 60 }, (_, index) => runId(index))
  await Promise.all(
    ids.map(async (id) => {
      await store.append(id, 0, addition({ entries: entries(1, 2), wakeAtMs: 1 }))
      await store.putFixes([batch({ runId: id, points: points(1, 2) })])
    }),
  )
  for (const place of [0, 1, 2]) {
    const keys = (await at(cluster, place).ask('KEYS', '*:journal')).split('\n')
    const own = ids.filter((id) => masterOf(id) === place)
    expect(keys.sort()).toEqual(own.map((id) => `${runKey(id)}journal`).sort())
    expect(own.length).toBeGreaterThan(5)
  }
  expect((await store.dueRuns(1, 100)).toSorted()).toEqual(ids)
})

test('[RD13] the replicas of the very master that has a run are waited for', async () => {
  const cluster = await aRedisCluster(1)
  const { store } = await aNodeOn(cluster.url, 1)
  for (const id of runOfEach) expect(await store.append(id, 0, addition({ entries: entries(1, 1) }))).toBe('appended')
  for (const [place, stalled] of runOfEach.entries()) {
    cluster.replicas[place]?.stop()
    const outcomes = await Promise.allSettled(
      runOfEach.flatMap((id) => [
        store.append(id, 1 + place, addition({ entries: entries(2 + place, 2 + place) })),
        store.confirm(id),
        store.putFixes([batch({ runId: id, points: points(1, 2) })]),
      ]),
    )
    const failed = outcomes.map((outcome) => outcome.status === 'rejected')
    expect(failed).toEqual(runOfEach.flatMap((id) => [id === stalled, id === stalled, id === stalled]))
    cluster.replicas[place]?.cont()
    await until(() => store.confirm(stalled))
    expect(await store.read(stalled, 0, 10)).toHaveLength(2 + place)
  }
})

test('[RD14] a master that is down takes only its own runs away', async () => {
  const cluster = await aRedisCluster()
  const node = await aNodeOn(cluster.url)
  const { store } = node
  for (const id of runOfEach) await store.append(id, 0, addition({ entries: entries(1, 1), wakeAtMs: 1 }))
  await at(cluster, 1).kill9()
  const outcomes = await Promise.allSettled(
    runOfEach.map((id) => store.append(id, 1, addition({ entries: entries(2, 2), wakeAtMs: 1 }))),
  )
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  const [, lost] = outcomes
  expect(lost?.status === 'rejected' && lost.reason).toBeInstanceOf(StoreAway)
  expect(runOfEach.map((id) => store.silentMs(id) > 0)).toEqual([false, true, false])
  expect(store.silentMs()).toBe(0)
  expect((await store.heads(runOfEach)).map((head) => head?.version)).toEqual([2, undefined, 2])
  const puts = await store.putFixes(runOfEach.map((id) => batch({ runId: id, points: points(1, 2) })))
  expect(puts.map((stored) => typeof stored === 'object' || stored)).toEqual([true, 'away', true])
  expect((await store.dueRuns(1, 10)).toSorted()).toEqual([runOfEach[0], runOfEach[2]].toSorted())

  await at(cluster, 1).restart()
  await until(async () =>
    expect(await store.append(runOfEach[1], 1, addition({ entries: entries(2, 2) }))).toBe('appended'),
  )
  await until(() => expect(store.silentMs(runOfEach[1])).toBe(0))
})

test('[RD14] when a replica takes over, runs, wishes and messages go on there', async () => {
  const cluster = await aRedisCluster(1)
  const [a, b] = [await aNodeOn(cluster.url), await aNodeOn(cluster.url)]
  const id = runOfEach[2]
  for (const one of runOfEach) await a.store.append(one, 0, addition({ entries: entries(1, 1) }))
  const heard: number[] = []
  let doubts = 0
  await b.bus.listen(id, { onMessage: ([value]) => heard.push(value ?? -1), onDoubt: () => doubts++ })
  await until(async () => expect(await cluster.replicas[2]?.ask('DBSIZE')).not.toBe('0'))
  await at(cluster, 2).kill9()
  const startedMs = performance.now()
  await until(async () => {
    await a.store.append(id, 1, addition({ entries: entries(2, 2) }))
    expect(await a.store.read(id, 0, 10)).toEqual(entries(1, 2))
  })
  console.info(`a replica took over within ${Math.round(performance.now() - startedMs)} ms`)
  await until(() => expect(doubts).toBeGreaterThan(0))
  await until(() => {
    a.bus.tell(id, Uint8Array.of(7))
    expect(heard).toContain(7)
  })
  await until(() => expect([a.store.silentMs(id), b.store.silentMs(id)]).toEqual([0, 0]))
})

test('[RD14] slots that move to another master take their runs, trackers and listeners along', async () => {
  const cluster = await aRedisCluster()
  const [a, b] = [await aNodeOn(cluster.url), await aNodeOn(cluster.url)]
  const id = runOfEach[0]
  const attach = [{ trackerId: trackerId(1), memberId: 'mbr_000000000001' as never }]
  await a.store.append(id, 0, addition({ entries: entries(1, 3), attach }))
  await a.store.putFixes([batch({ runId: id, points: points(1, 20) })])
  const heard: number[] = []
  let doubts = 0
  await b.bus.listen(id, { onMessage: ([value]) => heard.push(value ?? -1), onDoubt: () => doubts++ })

  const slot = `${slotOf(runKey(id))}`
  const [from, to] = [at(cluster, 0), at(cluster, 2)]
  const [fromId, toId] = [await from.ask('CLUSTER', 'MYID'), await to.ask('CLUSTER', 'MYID')]
  await to.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId)
  await from.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId)
  const keys = (await from.ask('CLUSTER', 'GETKEYSINSLOT', slot, '1000')).split('\n')
  const [half] = [keys.slice(0, keys.length / 2)]
  await from.ask('MIGRATE', '127.0.0.1', `${to.port}`, '', '0', '5000', 'KEYS', ...half)
  // Half here and half there: nobody can do anything whole with it.
  await expect(a.store.append(id, 3, addition({ entries: entries(4, 4) }))).rejects.toThrow(StoreAway)
  await from.ask('MIGRATE', '127.0.0.1', `${to.port}`, '', '0', '5000', 'KEYS', ...keys.slice(half.length))
  for (const node of [to, from, at(cluster, 1)]) await node.ask('CLUSTER', 'SETSLOT', slot, 'NODE', toId)

  await until(() => a.store.heads([id]))
  expect(await a.store.append(id, 3, addition({ entries: entries(4, 4) }))).toBe('appended')
  expect(await b.store.read(id, 0, 10)).toEqual(entries(1, 4))
  expect((await b.store.stored(id, 'mbr_000000000001' as never, 'p:phone001')).keptCount).toBe(20)
  expect(await b.store.trackerSeats(trackerId(1))).toEqual([{ runId: id, memberId: 'mbr_000000000001' }])
  await until(() => expect(doubts).toBeGreaterThan(0))
  await until(() => {
    a.bus.tell(id, Uint8Array.of(7))
    expect(heard).toContain(7)
  })
})
