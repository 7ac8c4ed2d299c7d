/** Which store, and which way between nodes, the settings ask for. */
import { join } from 'node:path'
import type { Config } from './config.ts'
import { type Bus, silentBus } from './store/bus.ts'
import { openMemoryStore } from './store/memory-store.ts'
import { memorySharedCounts, type SharedCounts } from './store/shared-counts.ts'
import { openSqliteStore } from './store/sqlite-store.ts'
import type { Store } from './store/store.ts'

export type Stores = { readonly store: Store; readonly bus: Bus; readonly sharedCounts: SharedCounts }

/**
 * @param report one line for people when the store goes away or comes back.
 * @throws Error with one line for people when the store cannot be used as it is.
 */
export async function openStores(config: Config, report: (line: string) => void): Promise<Stores> {
  if (config.REDIS_URL !== undefined) throw new Error(`REDIS_URL: not yet ${report.name}`)
  const store = config.STORE === 'memory' ? openMemoryStore() : openSqliteStore(join(config.DATA_DIR, 'serik.db'))
  return { store, bus: silentBus, sharedCounts: memorySharedCounts() }
}
