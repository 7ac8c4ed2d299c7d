/** What use cases stand on, for tests without doors: everything in memory, unless a test says otherwise. */
import { outListOf } from '../../server/out-list.ts'
import { silentBus } from '../../server/store/bus.ts'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { memorySharedCounts } from '../../server/store/shared-counts.ts'
import type { House } from '../../server/usecase/house.ts'
import { sealsFrom } from '../../server/usecase/seals.ts'
import { newTally } from '../../server/usecase/tally.ts'

/** All houses of tests share one secret, as the nodes of a house do. */
export const aHouse = (more: Partial<House> = {}): House => ({
  store: openMemoryStore(),
  bus: silentBus,
  sharedCounts: memorySharedCounts(),
  seals: sealsFrom(Buffer.alloc(32, 1)),
  clock: { timeScale: 1, nowMs: Date.now },
  outList: outListOf([], () => undefined),
  tally: newTally(),
  rates: { fixEveryMs: 100, frameEveryMs: 100 },
  onFault(fault) {
    throw fault
  },
  ...more,
})
