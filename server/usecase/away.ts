import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { StoreAway } from '../store/store.ts'
import type { House } from './house.ts'

/** So long may a node that does not reach the store let people in by what it remembers. */
const CUT_OFF_MS = 5 * SECOND_MS

/** What a door answers while the store is away: nothing is lost, and nothing was promised. */
export const awayRefusal = (): Refusal => refuse('retry-later', { retryAfterMs: SECOND_MS })

export const isAway = (fault: unknown): boolean => fault instanceof StoreAway

/** G6: who was revoked elsewhere meanwhile is not known here. */
export const isCutOff = ({ store }: House): boolean => store.silentMs() > CUT_OFF_MS
