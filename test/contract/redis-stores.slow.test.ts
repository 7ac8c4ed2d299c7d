import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { type OpenedRedis, openRedis } from '../../server/store/redis.ts'
import { type RedisCluster, type RedisPair, startRedisCluster, startRedisPair } from '../support/redis-groups.ts'
import { type RedisProcess, startRedis } from '../support/redis-processes.ts'
import { storeContract } from './store-contract.ts'

async function opened(urls: string, replicas: number): Promise<OpenedRedis> {
  const redis = await openRedis({ urls, replicas, report: () => undefined })
  onTestFinished(async () => {
    await redis.bus.close()
    await redis.store.close()
  })
  return redis
}

let single: RedisProcess
let pair: RedisPair
let cluster: RedisCluster

beforeAll(async () => {
  ;[single, pair, cluster] = await Promise.all([startRedis(), startRedisPair(), startRedisCluster()])
})
afterAll(() => Promise.all([single.close(), pair.close(), cluster.close()]))

/** Empty, as after FLUSHALL, and opened anew. */
const openedStore = async (servers: readonly RedisProcess[], urls: string, replicas: number) => {
  for (const server of servers) await server.ask('FLUSHALL')
  const { store } = await opened(urls, replicas)
  return {
    store,
    async reopen() {
      await store.close()
      return (await opened(urls, replicas)).store
    },
  }
}

storeContract('redis store', () => openedStore([single], single.url, 0))
storeContract('redis store with a replica', () => openedStore([pair.primary()], pair.url, 1))
storeContract('redis store in a cluster', () => openedStore(cluster.masters, cluster.url, 0))
