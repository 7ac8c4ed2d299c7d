import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { type RunId, SECOND_MS } from '../../shared/units.ts'
import { StoreAway } from '../store/store.ts'
import type { House } from './house.ts'

/** So long may a node that does not reach the store let people in by what it remembers. */
const CUT_OFF_MS = 5 * SECOND_MS

/** What a door answers while the store is away: nothing is lost, and nothing was promised. */
export const awayRefusal = (): Refusal => refuse('retry-later', { retryAfterMs: SECOND_MS })

export const isAway = (fault: unknown): boolean => fault instanceof StoreAway

/** G6: who was revoked elsewhere meanwhile is not known here. Without a run: no run of the store can be reached. */
export const isCutOff = ({ store }: House, runId?: RunId): boolean => store.silentMs(runId) > CUT_OFF_MS
