import type { MemberId, RunId } from '../../shared/units.ts'
import type { Rates } from '../core/rhythm.ts'
import type { Bus } from '../store/bus.ts'
import type { SharedCounts } from '../store/shared-counts.ts'
import type { Store } from '../store/store.ts'
import type { PushQueue } from './push-queue.ts'
import type { Seals } from './seals.ts'
import type { Tally } from './tally.ts'

/** What every use case stands on. Given in node.ts or by a test. */
export type House = {
  readonly store: Store
  readonly bus: Bus
  readonly sharedCounts: SharedCounts
  readonly seals: Seals
  readonly clock: Clock
  readonly outList: OutList
  readonly tally: Tally
  /** How often phones send and are sent to, ordinarily. */
  readonly rates: Rates
  /** How phones that are not looked at are rung; without it none is. */
  readonly pushes?: PushQueue | undefined
  /** Something thrown that should not have been: logged with its cause, never shown to a phone. */
  readonly onFault: (fault: unknown, where: string) => void
}

export type Clock = {
  /** The run's time: every rule reads this one. */
  readonly nowMs: () => number
  readonly timeScale: number
}

/**
 * Who lost a seat or was erased, and which runs are forgotten, kept beside the store and its backups: a store
 * that came back empty or older lets none of them in again.
 */
export interface OutList {
  /** Whether seats of the member up to this number open nothing any more. */
  isOut(runId: RunId, memberId: MemberId, seatNo: number): boolean
  /** Everybody of the run on the list; `seatNo` is the last one that is over, all of them when it is `null`. */
  of(runId: RunId): readonly Out[]
  put(runId: RunId, out: Out): void
  isForgotten(runId: RunId): boolean
  forget(runId: RunId): void
}

export type Out = { readonly memberId: MemberId; readonly seatNo: number | null; readonly isErased: boolean }
