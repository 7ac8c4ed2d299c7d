import { type FixBatch, type Store, StoreAway, type Stored } from '../store/store.ts'

/** At most 20 transactions a second a node, however many runs and phones. */
const FLUSH_EVERY_MS = 50
/** Beyond this the store is too slow: the phones keep their fixes and send them again. */
const WAITING_FIXES_MAX = 50_000

export type FixBatcher = {
  put(batch: FixBatch): Promise<Stored>
  settled(): Promise<void>
}

/** Gathers batches of all runs and stores them together, one transaction at a time. */
export function fixBatcher(store: Store): FixBatcher {
  type Waiting = { batch: FixBatch; resolve: (stored: Stored) => void; reject: (fault: unknown) => void }
  let waiting: Waiting[] = []
  let waitingFixes = 0
  let flushing: Promise<void> | undefined
  let lastFlushMs = Number.NEGATIVE_INFINITY

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const pauseMs = lastFlushMs + FLUSH_EVERY_MS - performance.now()
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
      lastFlushMs = performance.now()
      const group = waiting
      waiting = []
      waitingFixes = 0
      try {
        const stored = await store.putFixes(group.map(({ batch }) => batch))
        for (const [i, { resolve, reject }] of group.entries()) {
          const one = stored[i]
          if (one === undefined) reject(new Error('the store answered for fewer batches than it was given'))
          else if (one === 'no-run') reject(new StoreAway('the store does not have the run'))
          else if (one === 'away') reject(new StoreAway('the part of the store that holds the run is away'))
          else resolve(one)
        }
      } catch (fault) {
        for (const { reject } of group) reject(fault)
      }
    }
    flushing = undefined
  }

  return {
    put: (batch) =>
      new Promise((resolve, reject) => {
        const size = batch.points.length + batch.droppedKeys.length
        if (waitingFixes + size > WAITING_FIXES_MAX) return reject(new StoreAway('too many fixes wait for the store'))
        waiting.push({ batch, resolve, reject })
        waitingFixes += size
        flushing ??= flush()
      }),
    settled: () => flushing ?? Promise.resolve(),
  }
}
