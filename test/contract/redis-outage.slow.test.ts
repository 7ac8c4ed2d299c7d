/** A Redis that is slow, silent, down, full or no longer the primary: said soon, by every call, and over when it is over. */
import { expect, test } from 'vitest'
import type { OpenedRedis } from '../../server/store/redis.ts'
import { StoreAway } from '../../server/store/store.ts'
import { canMount } from '../support/redis-processes.ts'
import { aNodeOn, aProxyBefore, aRedis, aRedisPair } from '../support/redis-server.ts'
import {
  addition,
  batch,
  commandId,
  entries,
  memberId,
  points,
  routeId,
  runId,
  trackerId,
  word,
} from '../support/store-samples.ts'
import { inTime, until } from '../support/until.ts'

const run = runId(1)

/** Everything that can be asked of a store. */
const callsOf = ({ store }: OpenedRedis) => [
  () => store.append(run, 1, addition({ entries: entries(2, 2) })),
  () => store.heads([run]),
  () => store.read(run, 0, 1),
  () => store.firstVersions(run, [commandId(1)]),
  () => store.readWords(run),
  () => store.putRoute(run, routeId(1), '{}'),
  () => store.readRoute(run, routeId(1)),
  () => store.dueRuns(0, 1),
  () => store.setWake(run, 1, 1),
  () => store.putFixes([batch({ points: points(1, 1) })]),
  () => store.stored(run, memberId(1), 'p:phone001'),
  () => store.readTrack(run, memberId(1)),
  () => store.newestFixes(run),
  () => store.trackerSeats(trackerId(1)),
  () => store.forgetRun(runId(9)),
  () => store.settle('epoch', 'first'),
]

/** All of them at once. */
async function allReject(node: OpenedRedis, withinMs: number): Promise<void> {
  const outcomes = await inTime(Promise.allSettled(callsOf(node).map((call) => call())), withinMs)
  for (const outcome of outcomes) expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(StoreAway)
}

test('[RD6] a black hole is noticed within 6 s on links that have nothing to do, and until then calls end in 2 s', async () => {
  const redis = await aRedis()
  const proxy = await aProxyBefore(redis)
  const [idle, busy] = [await aNodeOn(proxy.url), await aNodeOn(proxy.url)]
  await busy.store.append(run, 0, addition({ entries: entries(1, 1) }))
  expect([idle.store.silentMs(), busy.store.silentMs()]).toEqual([0, 0])
  proxy.goSilent()
  const startedMs = performance.now()
  const noticed = until(() =>
    expect(idle.lines.map((line) => /(store|bus).*no answer/.exec(line)?.[1]).sort()).toEqual(['bus', 'store']),
  )
  await Promise.all([allReject(busy, 2_000), inTime(noticed, 6_000)])
  const noticedMs = performance.now() - startedMs
  console.info(`noticed after ${Math.round(noticedMs)} ms`)
  expect(idle.store.silentMs()).toBeGreaterThan(noticedMs - 2_000)
  expect(idle.store.silentMs()).toBeLessThan(noticedMs + 2_000)
  // By now nobody is kept waiting.
  await allReject(busy, 200)

  proxy.heal()
  const healedMs = performance.now()
  await until(() => busy.store.append(run, 1, addition({ entries: entries(2, 2) })))
  console.info(`back after ${Math.round(performance.now() - healedMs)} ms`)
  await until(() => expect([idle.store.silentMs(), busy.store.silentMs()]).toEqual([0, 0]))
})

test('[RD7] whether Redis hangs or is gone, every call rejects within 2 s, and works again when it is back', async () => {
  const redis = await aRedis()
  const node = await aNodeOn(redis.url)
  await node.store.append(run, 0, addition({ entries: entries(1, 1) }))
  redis.stop()
  await allReject(node, 2_000)
  await allReject(node, 2_000)
  redis.cont()
  await until(() => node.store.heads([run]))

  await redis.kill9()
  await allReject(node, 2_000)
  const startedMs = performance.now()
  await redis.restart()
  await until(() => node.store.settle('epoch', 'first'))
  console.info(`first write ${Math.round(performance.now() - startedMs)} ms after the restart began`)
  for (const call of callsOf(node)) await call()
})

test('[RD7] a restart that is over within the deadline costs nobody an answer', async () => {
  const redis = await aRedis()
  const { store } = await aNodeOn(redis.url)
  await store.append(run, 0, addition({ entries: entries(1, 1) }))
  await redis.kill9()
  const answers = [
    store.append(run, 1, addition({ entries: entries(2, 2) })),
    store.putFixes([batch({ points: points(1, 2) })]),
    store.read(runId(2), 0, 1),
  ]
  await redis.restart()
  expect(await Promise.all(answers)).toEqual(['appended', [{ ranges: [[1, 2]], keptCount: 2, aside: {} }], []])
})

test('[RD8] a Redis whose memory is full refuses what would grow, whole, and takes it when there is room', async () => {
  const redis = await aRedis()
  const node = await aNodeOn(redis.url)
  const { store } = node
  await store.append(
    run,
    0,
    addition({ entries: entries(1, 1), words: [word('name:1', 'Ravi', memberId(1))], wakeAtMs: 5 }),
  )
  await store.putFixes([batch({ points: points(1, 3) })])
  await store.append(runId(2), 0, addition({ entries: entries(1, 1) }))
  await redis.ask('CONFIG', 'SET', 'maxmemory', '1')
  const large = addition({ entries: entries(2, 3), words: [word('title', 'x')], wakeAtMs: null, erase: [memberId(1)] })
  const attach = [{ trackerId: trackerId(1), memberId: memberId(2) }]
  await expect(store.append(run, 1, large)).rejects.toThrow(StoreAway)
  await expect(store.append(run, 1, { ...large, attach })).rejects.toThrow(StoreAway)
  await expect(store.putFixes([batch({ points: points(3, 9), aside: { nowhere: 1 } })])).rejects.toThrow(StoreAway)
  await expect(store.putRoute(run, routeId(1), '{}')).rejects.toThrow('OOM')
  expect(store.silentMs()).toBe(0)

  // Nothing half done, and reading goes on. Forgetting makes room.
  expect(await store.read(run, 0, 10)).toEqual(entries(1, 1))
  expect(await store.readWords(run)).toHaveLength(1)
  expect(await store.dueRuns(5, 10)).toEqual([run])
  expect(await store.stored(run, memberId(1), 'p:phone001')).toEqual({ ranges: [[1, 3]], keptCount: 3, aside: {} })
  await store.forgetRun(runId(2))
  expect((await store.heads([runId(2)]))[0]?.isForgotten).toBe(true)

  await redis.ask('CONFIG', 'SET', 'maxmemory', '0')
  expect(await store.putFixes([batch({ points: points(3, 9) })])).toEqual([
    { ranges: [[1, 9]], keptCount: 9, aside: {} },
  ])
  expect(await store.append(run, 1, { ...large, attach })).toBe('appended')
  expect(await store.readTrack(run, memberId(1))).toEqual([])
})

test('[RD8] a Redis whose disk is full refuses every write, and takes them when there is room', async (context) => {
  if (!canMount()) return context.skip('mounting a small disk needs root')
  const redis = await aRedis({ diskMb: 8 })
  const node = await aNodeOn(redis.url)
  const { store } = node
  await store.append(run, 0, addition({ entries: entries(1, 1) }))
  redis.fillDisk()
  let version = 1
  const fill = async () => {
    const words = [word('title', 'x'.repeat(20_000))]
    await store.append(run, version, addition({ entries: entries(version + 1, version + 1), words }))
    version++
  }
  await until(async () => expect(await fill().then(() => 'taken', String)).toMatch('MISCONF'))
  for (let count = 0; count < 5; count++) await expect(fill()).rejects.toThrow(StoreAway)
  expect(await store.read(run, version - 1, 10)).toEqual(entries(version, version))
  expect((await store.heads([run]))[0]?.version).toBe(version)
  redis.freeDisk()
  await until(fill)
  // With everysec the last of it may lie in the buffer of Redis yet.
  await until(async () => expect(await redis.ask('INFO', 'persistence')).toMatch(/aof_buffer_length:0\b/))
  await redis.kill9()
  await redis.restart()
  await until(async () => expect((await store.heads([run]))[0]?.version).toBe(version))
})

test('[RD9] a Redis that does not answer is not sent without bound, nor waited for', async () => {
  const redis = await aRedis()
  const proxy = await aProxyBefore(redis)
  const { store, bus } = await aNodeOn(proxy.url)
  proxy.goSilent()
  const large = batch({ points: points(1, 2) })
  const outcomes: string[] = []
  const puts = Array.from({ length: 10_000 }, (_, index) =>
    store.putFixes([{ ...large, runId: runId(index) }]).catch((fault) => {
      expect(fault).toBeInstanceOf(StoreAway)
      outcomes.push(String(fault))
    }),
  )
  for (let count = 0; count < 10_000; count++) bus.tell(run, new Uint8Array(1_000))
  await inTime(Promise.all(puts), 2_000)
  expect(outcomes.filter((text) => text.includes('too many')).length).toBeGreaterThanOrEqual(5_000)
  proxy.heal()
  await until(() => store.heads([run]))
})

test('[RD9] nor does more than so much wait for a link that was cut', async () => {
  const redis = await aRedis()
  const proxy = await aProxyBefore(redis)
  const { store, lines } = await aNodeOn(proxy.url)
  await store.heads([run])
  proxy.goSilent()
  proxy.cut()
  await until(() => expect(lines.some((line) => line.includes('(store)'))).toBe(true))
  const outcomes = await Promise.allSettled(Array.from({ length: 10_000 }, () => store.heads([run])))
  const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : ''))
  expect(reasons.filter((text) => text.includes('too many')).length).toBeGreaterThanOrEqual(5_000)
  expect(reasons.filter((text) => text.includes('is away')).length).toBeGreaterThan(0)
})

test('[RD10] going away and coming back are told once each, with the reason, however much is asked', async () => {
  const redis = await aRedis()
  const node = await aNodeOn(redis.url)
  const at = `Redis at 127.0.0.1:${redis.port}`
  for (let round = 0; round < 2; round++) {
    await redis.kill9()
    for (let count = 0; count < 200; count++) await node.store.heads([run]).catch(() => undefined)
    await redis.restart()
    await until(() => node.store.heads([run]))
    await until(() => expect(node.lines).toHaveLength(4 * (round + 1)))
  }
  const kinds = node.lines.map((line) => line.replace(at, '').replace(/after [\d.]+ s/, 'after'))
  expect(new Set(kinds)).toEqual(
    new Set([
      ' is away (store): the connection was closed',
      ' is away (bus): the connection was closed',
      ' is back after (store)',
      ' is back after (bus)',
    ]),
  )
  expect(node.lines.join()).toMatch(/back after \d+\.\d s/)
})

test('[RD11] a primary that was demoted behind its address is left for the new one', async () => {
  const pair = await aRedisPair()
  const node = await aNodeOn(pair.url, 1)
  await node.store.append(run, 0, addition({ entries: entries(1, 1) }))
  const [old, next] = [pair.primary(), pair.replica()]
  await next.ask('REPLICAOF', 'NO', 'ONE')
  await old.ask('REPLICAOF', '127.0.0.1', `${next.port}`)
  // The address leads elsewhere, but the links that are there still lead to what is a replica now.
  pair.proxy.pointTo(next.port)
  await until(async () => {
    await node.store.append(run, 1, addition({ entries: entries(2, 2) }))
    await node.store.confirm(run)
  })
  expect(await node.store.read(run, 0, 10)).toEqual(entries(1, 2))
  expect(await next.ask('LLEN', 'serik:{s26}:run_000000000001:journal')).toBe('2')
})

test('[RD12] one killed link of the bus is noticed, and its listeners doubt', async () => {
  const redis = await aRedis()
  const [a, b] = [await aNodeOn(redis.url), await aNodeOn(redis.url)]
  const heard: number[] = []
  let doubts = 0
  await b.bus.listen(run, { onMessage: ([value]) => heard.push(value ?? -1), onDoubt: () => doubts++ })
  for (let round = 1; round <= 5; round++) {
    await redis.ask('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await until(() => expect(doubts).toBe(round))
    a.bus.tell(run, Uint8Array.of(round))
    await until(() => expect(heard.at(-1)).toBe(round))
  }
})
