/** The Redis that the nodes share, in one of its shapes, each node behind a link of its own that can be disturbed. */
import { type RedisPair, startRedisCluster, startRedisPair } from '../support/redis-groups.ts'
import { type RedisProcess, startRedis } from '../support/redis-processes.ts'
import { type RedisProxy, startRedisProxy } from '../support/redis-proxy.ts'

export const redisShapes = ['replica', 'single', 'cluster', 'none'] as const
export type RedisShape = (typeof redisShapes)[number]

export type RedisHouse = {
  readonly shape: RedisShape
  /** What a node is started with. */
  environmentOf(node: number): Readonly<Record<string, string>>
  /** The processes that answer for data now: the primary, or the masters. */
  masters(): readonly RedisProcess[]
  /** The link of a node, where it has one. */
  linkOf(node: number): RedisProxy | undefined
  readonly pair: RedisPair | undefined
  /** Whether its disk is small enough to be filled. */
  readonly hasSmallDisk: boolean
  close(): Promise<void>
}

const DISK_MB = 64

/** @param mayMount whether this process may give Redis a small disk. */
export async function openRedisHouse(shape: RedisShape, nodeCount: number, mayMount: boolean): Promise<RedisHouse> {
  switch (shape) {
    case 'none':
      return { ...nothing, shape, environmentOf: () => ({}), close: async () => undefined }
    case 'cluster': {
      const cluster = await startRedisCluster()
      return {
        ...nothing,
        shape,
        environmentOf: () => ({ REDIS_URL: cluster.url }),
        masters: () => cluster.masters,
        close: () => cluster.close(),
      }
    }
    case 'single': {
      const redis = await startRedis(mayMount ? { diskMb: DISK_MB } : {})
      const links = await linksTo(redis.port, nodeCount)
      return {
        ...nothing,
        shape,
        hasSmallDisk: mayMount,
        environmentOf: (node) => ({ REDIS_URL: links[node]?.url ?? '' }),
        masters: () => [redis],
        linkOf: (node) => links[node],
        close: () => closeAll([...links, redis]),
      }
    }
    case 'replica': {
      const pair = await startRedisPair()
      const links = await linksTo(pair.proxy.port, nodeCount)
      return {
        ...nothing,
        shape,
        pair,
        environmentOf: (node) => ({ REDIS_URL: links[node]?.url ?? '', REDIS_REPLICAS: '1' }),
        masters: () => [pair.primary()],
        linkOf: (node) => links[node],
        close: () => closeAll([...links, pair]),
      }
    }
  }
}

const nothing = { masters: () => [], linkOf: () => undefined, pair: undefined, hasSmallDisk: false }

const linksTo = (port: number, count: number): Promise<RedisProxy[]> =>
  Promise.all(Array.from({ length: count }, () => startRedisProxy(port)))

async function closeAll(opened: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(opened.map((each) => each.close()))
}
