/** How a Redis is found, judged and left behind clean. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openRedis } from '../../server/store/redis.ts'
import type { ClubId, InviteId } from '../../shared/units.ts'
import { aNodeOn, aRedis, aRedisCluster } from '../support/redis-server.ts'
import {
  addition,
  batch,
  entries,
  memberId,
  points,
  routeId,
  runId,
  tracker,
  trackerId,
  word,
} from '../support/store-samples.ts'
import { until } from '../support/until.ts'

const run = runId(1)

test('[RD15] a node waits for its Redis and says once that it does', async () => {
  const redis = await aRedis()
  await redis.kill9()
  let tries = 0
  const nobody = createServer((socket) => {
    tries++
    socket.destroy()
  })
  await once(nobody.listen(redis.port, '127.0.0.1'), 'listening')
  const lines: string[] = []
  const opening = openRedis({ urls: redis.url, replicas: 0, report: (line) => lines.push(line) })
  await until(() => expect(tries).toBeGreaterThan(3))
  await once(nobody.close(), 'close')
  await redis.restart()
  const { store, bus } = await opening
  onTestFinished(async () => {
    await bus.close()
    await store.close()
  })
  expect(lines).toEqual([`waiting for Redis at 127.0.0.1:${redis.port}: Connection is closed.`])
  expect(await store.append(run, 0, addition({ entries: entries(1, 1) }))).toBe('appended')
})

test('[RD15] a node that is told to stop stops waiting', async () => {
  const stop = new AbortController()
  const opening = openRedis({
    urls: 'redis://127.0.0.1:1',
    replicas: 0,
    report: () => stop.abort(),
    signal: stop.signal,
  })
  await expect(opening).rejects.toThrow('gave up waiting for Redis')
})

test('[RD15] an address that cannot work is refused at once, without its password', async () => {
  const [one, two, locked] = [await aRedis(), await aRedis(), await aRedis()]
  await locked.ask('CONFIG', 'SET', 'requirepass', 'top:secret')
  const refused = {
    'http://user:hidden@localhost': 'begins with redis:// or rediss://',
    'localhost:6379': 'begins with redis:// or rediss://',
    'redis://user:hidden@': 'not an address',
    [`${one.url},${two.url}`]: 'no cluster: give one address only',
    [locked.url]: 'NOAUTH',
    [locked.url.replace('//', '//:hidden@')]: 'WRONGPASS',
  }
  for (const [urls, reason] of Object.entries(refused)) {
    const fault = await openRedis({ urls, replicas: 0, report: () => undefined }).catch(String)
    expect(fault).toContain(reason)
    expect(fault).not.toContain('hidden')
  }
  const { store } = await aNodeOn(`${locked.url.replace('//', `//:${encodeURIComponent('top:secret')}@`)}/3`)
  await store.append(run, 0, addition({ entries: entries(1, 1) }))
  expect(await locked.ask('-a', 'top:secret', '--no-auth-warning', '-n', '3', 'DBSIZE')).not.toBe('0')
})

test('[RD16] a Redis that would forget is complained of, in whole sentences', async () => {
  const redis = await aRedis()
  const node = await aNodeOn(redis.url)
  expect(await node.checkSafety()).toEqual([])
  await redis.ask('CONFIG', 'SET', 'appendonly', 'no')
  await redis.ask('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')
  const at = `Redis at 127.0.0.1:${redis.port}`
  expect(await node.checkSafety()).toEqual([
    `${at} keeps no append-only file, and forgets acknowledged wishes when it is killed: set "appendonly yes".`,
    `${at} may throw away runs when its memory is full (allkeys-lru): set "maxmemory-policy noeviction".`,
  ])
  const other = await aRedis()
  await other.ask('REPLICAOF', '127.0.0.1', `${redis.port}`)
  expect(await (await aNodeOn(other.url)).checkSafety()).toEqual([
    expect.stringContaining('is a replica, which takes no writes'),
  ])
  const cluster = await aRedisCluster()
  await cluster.masters[2]?.ask('CONFIG', 'SET', 'maxmemory-policy', 'volatile-ttl')
  expect(await (await aNodeOn(cluster.url)).checkSafety()).toEqual([expect.stringContaining('volatile-ttl')])
})

test('[RD17] of a forgotten run only its id is left, and of a route whose run never came nothing after a day', async () => {
  const redis = await aRedis()
  const { store } = await aNodeOn(redis.url)
  const attach = [1, 2].map((number) => ({ trackerId: trackerId(number), memberId: memberId(1) }))
  const words = [word('title', 'Sunday'), word('name:1', 'Ravi', memberId(1))]
  await store.putRoute(run, routeId(1), '{}')
  await store.append(run, 0, addition({ entries: entries(1, 3), words, attach, wakeAtMs: 5, erase: [memberId(9)] }))
  const putByAll = [1, 2, 3].flatMap((member) =>
    ['p:phone001', tracker].map((source) =>
      batch({ memberId: memberId(member), source, points: points(1, 9), aside: { nowhere: 1 } }),
    ),
  )
  await store.putFixes(putByAll)
  const [clubId, inviteId] = ['clb_000000000001' as ClubId, 'inv_000000000001' as InviteId]
  await store.putClubRun(clubId, { runId: run, inviteId, plannedStartMs: 1 })
  expect((await redis.ask('KEYS', `*${run}*`)).split('\n').length).toBeGreaterThan(15)
  await store.forgetRun(run)
  expect((await redis.ask('KEYS', '*')).split('\n')).toEqual(['serik:{s26}:forgotten'])
  expect(await redis.ask('SMEMBERS', 'serik:{s26}:forgotten')).toBe(run)

  await store.putRoute(runId(2), routeId(1), '{}')
  const [routes = ''] = (await redis.ask('KEYS', '*:routes')).split('\n')
  expect(Number(await redis.ask('TTL', routes))).toBeGreaterThan(86_000)
  await store.append(runId(2), 0, addition({ entries: entries(1, 1) }))
  await store.putRoute(runId(2), routeId(2), '{}')
  expect(await redis.ask('TTL', routes)).toBe('-1')
})

test('[RD17] a tracker is not looked for in forgotten runs again, however they were left', async () => {
  const redis = await aRedis()
  const { store } = await aNodeOn(redis.url)
  const attach = [{ trackerId: trackerId(1), memberId: memberId(1) }]
  for (const id of [run, runId(2)]) await store.append(id, 0, addition({ entries: entries(1, 1), attach }))
  await store.forgetRun(run)
  // As when the node ends in the middle of forgetting.
  const index = `serik:{${trackerId(1)}}:tracker`
  await redis.ask('SADD', index, run)
  expect(await store.trackerSeats(trackerId(1))).toEqual([{ runId: runId(2), memberId: memberId(1) }])
  expect(await redis.ask('SMEMBERS', index)).toBe(runId(2))
})
