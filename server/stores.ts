/** Which store, and which way between nodes, the settings ask for. */
import { join } from 'node:path'
import type { Config } from './config.ts'
import { type Bus, silentBus } from './store/bus.ts'
import { openMemoryStore } from './store/memory-store.ts'
import { openRedis } from './store/redis.ts'
import { memorySharedCounts, type SharedCounts } from './store/shared-counts.ts'
import { openSqliteStore } from './store/sqlite-store.ts'
import type { Store } from './store/store.ts'

export type Stores = { readonly store: Store; readonly bus: Bus; readonly sharedCounts: SharedCounts }

/**
 * @param report one line for people when the store goes away or comes back.
 * @throws Error with one line for people when the store cannot be used, or would forget.
 */
export async function openStores(config: Config, report: (line: string) => void): Promise<Stores> {
  const { REDIS_URL, REDIS_REPLICAS, STORE, DATA_DIR } = config
  if (REDIS_URL === undefined) {
    const store = STORE === 'memory' ? openMemoryStore() : openSqliteStore(join(DATA_DIR, 'serik.db'))
    return { store, bus: silentBus, sharedCounts: memorySharedCounts() }
  }
  const { checkSafety, ...stores } = await openRedis({ urls: REDIS_URL, replicas: REDIS_REPLICAS, report })
  const complaints = await checkSafety()
  if (complaints.length > 0) throw new Error(complaints.join(' '))
  return stores
}
