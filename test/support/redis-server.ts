/** Redis and what is opened on it for one test of vitest: closed when it is finished. */
import { onTestFinished } from 'vitest'
import { type OpenedRedis, openRedis } from '../../server/store/redis.ts'
import { type RedisCluster, type RedisPair, startRedisCluster, startRedisPair } from './redis-groups.ts'
import { type RedisProcess, type RedisSettings, startRedis } from './redis-processes.ts'
import { type RedisProxy, startRedisProxy } from './redis-proxy.ts'

export const aRedis = (settings?: RedisSettings): Promise<RedisProcess> => closedAfter(startRedis(settings))
export const aRedisPair = (): Promise<RedisPair> => closedAfter(startRedisPair())
export const aRedisCluster = (replicasEach: 0 | 1 = 0): Promise<RedisCluster> =>
  closedAfter(startRedisCluster(replicasEach))
export const aProxyBefore = (redis: RedisProcess): Promise<RedisProxy> => closedAfter(startRedisProxy(redis.port))

/** What a node has of Redis; `lines` is what it reported. */
export async function aNodeOn(urls: string, replicas = 0): Promise<OpenedRedis & { readonly lines: string[] }> {
  const lines: string[] = []
  const opened = await openRedis({ urls, replicas, report: (line) => lines.push(line) })
  onTestFinished(async () => {
    await opened.bus.close()
    await opened.store.close()
  })
  return { ...opened, lines }
}

async function closedAfter<Opened extends { close(): Promise<void> }>(opening: Promise<Opened>): Promise<Opened> {
  const opened = await opening
  onTestFinished(() => opened.close())
  return opened
}
