/** Everything that many nodes share, over one Redis or a cluster. */
import type { Bus } from './bus.ts'
import { redisVoice } from './redis-ask.ts'
import { openRedisBus } from './redis-bus.ts'
import { redisCounts } from './redis-counts.ts'
import { openNodes } from './redis-nodes.ts'
import { complaintsOf } from './redis-safety.ts'
import { redisStore } from './redis-store.ts'
import type { SharedCounts } from './shared-counts.ts'
import type { Store } from './store.ts'

export type RedisSettings = {
  /** `redis://` or `rediss://`, with user, password and database where needed; seeds of a cluster separated by commas. */
  readonly urls: string
  /** How many replicas have to have each write before it counts. 0 leaves it to the append-only file. */
  readonly replicas: number
  /** One line for people each time a link goes away or is back. */
  readonly report: (line: string) => void
  /** Gives up waiting for Redis to answer for the first time. */
  readonly signal?: AbortSignal
}

export type OpenedRedis = {
  readonly store: Store
  readonly bus: Bus
  readonly sharedCounts: SharedCounts
  /** What is wrong with this Redis for a store that must not forget, in plain sentences. */
  checkSafety(): Promise<readonly string[]>
}

/**
 * Resolves when Redis answers, however long that takes. Closing the store closes the counts too; the bus is
 * closed by itself.
 * @throws Error for addresses that make no sense, a refused password, or when `signal` says to give up
 */
export async function openRedis(settings: RedisSettings): Promise<OpenedRedis> {
  const nodes = await openNodes({ ...settings, name: 'store' })
  const bus = await openRedisBus(settings).catch((fault: unknown) => {
    nodes.close()
    throw fault
  })
  return {
    store: redisStore(nodes, settings.replicas),
    bus,
    sharedCounts: redisCounts(redisVoice(nodes)),
    checkSafety: () => complaintsOf(nodes.links()),
  }
}
