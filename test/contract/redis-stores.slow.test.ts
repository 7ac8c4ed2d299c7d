import { afterAll, beforeAll } from 'vitest'
import { type RedisCluster, type RedisPair, startRedisCluster, startRedisPair } from '../support/redis-groups.ts'
import { type RedisProcess, startRedis } from '../support/redis-processes.ts'
import { aNodeOn } from '../support/redis-server.ts'
import { storeContract } from './store-contract.ts'

let single: RedisProcess
let pair: RedisPair
let cluster: RedisCluster

beforeAll(async () => {
  ;[single, pair, cluster] = await Promise.all([startRedis(), startRedisPair(), startRedisCluster()])
})
afterAll(() => Promise.all([single.close(), pair.close(), cluster.close()]))

async function emptied(servers: readonly RedisProcess[], urls: string, replicas: number) {
  for (const server of servers) await server.ask('FLUSHALL')
  const { store } = await aNodeOn(urls, replicas)
  return {
    store,
    async reopen() {
      await store.close()
      return (await aNodeOn(urls, replicas)).store
    },
  }
}

storeContract('redis store', () => emptied([single], single.url, 0))
storeContract('redis store with a replica', () => emptied([pair.primary()], pair.url, 1))
storeContract('redis store in a cluster', () => emptied(cluster.masters, cluster.url, 0))
