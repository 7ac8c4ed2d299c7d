import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { type RunId, SECOND_MS } from '../../shared/units.ts'
import { StoreAway } from '../store/store.ts'
import type { House } from './house.ts'

/** So long may a node that does not reach the store let people in by what it remembers. */
const CUT_OFF_MS = 5 * SECOND_MS

/** A Redis that is restarted is back within a second or two: whoever waits for it should not wait much longer. */
const RETRY_AFTER_MS = 500

/** What a door answers while the store is away: nothing is lost, and nothing was promised. */
export const awayRefusal = (): Refusal => refuse('retry-later', { retryAfterMs: RETRY_AFTER_MS })

export const isAway = (fault: unknown): boolean => fault instanceof StoreAway

/** G6: who was revoked elsewhere meanwhile is not known here. Without a run: no run of the store can be reached. */
export const isCutOff = ({ store }: House, runId?: RunId): boolean => store.silentMs(runId) > CUT_OFF_MS
