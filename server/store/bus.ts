import type { RunId } from '../../shared/units.ts'

export type BusListener = {
  readonly onMessage: (message: Uint8Array) => void
  /** Messages may have been missed: the journal knows. */
  readonly onDoubt: () => void
}

/**
 * What nodes call out to each other about a run. Hints only: a message comes soon or never, once or twice,
 * in any order, and truth is in the store.
 *
 * BU1 A message reaches every other node that listens to its run, and never its own sender.
 * BU2 After a gap each listener is told `onDoubt` once the way is open again.
 * BU3 While the way is shut messages are dropped: nothing is queued, nothing throws.
 */
export interface Bus {
  /** There is no other node, and never will be. */
  readonly isAlone: boolean
  tell(runId: RunId, message: Uint8Array): void
  /**
   * Listens at once as far as the way is open, and again by itself after each gap. Resolves when it listens:
   * what is read from then on misses no later message. Rejects with StoreAway when the way is shut.
   * Returns what stops it.
   */
  listen(runId: RunId, listener: BusListener): Promise<() => void>
  close(): Promise<void>
}

/** For one process: nobody else is there. */
export const silentBus: Bus = {
  isAlone: true,
  tell: () => undefined,
  listen: async () => () => undefined,
  close: async () => undefined,
}
