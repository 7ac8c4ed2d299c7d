import type { Store } from '../store/store.ts'
import type { Seals } from './seals.ts'

/** What every use case stands on. Given in main.ts or by a test. */
export type House = {
  readonly store: Store
  readonly seals: Seals
  readonly clock: Clock
  /** Something thrown that should not have been: logged with its cause, never shown to a phone. */
  readonly onFault: (fault: unknown, where: string) => void
}

export type Clock = {
  /** The run's time: every rule reads this one. */
  readonly nowMs: () => number
  readonly timeScale: number
}
