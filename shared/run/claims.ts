/** How long the questions of a claim stand, and what is open between its two. */
import { type MemberId, MINUTE_MS } from '../units.ts'
import { policyOf } from './requests.ts'
import type { Request } from './state.ts'

/** LE4: whoever does not say in time that they still come gives the claim back so. */
export const DOUBT_ANSWER_MS = 2 * MINUTE_MS
/** LE8: as long as a sip, a word and a phone put away again. */
export const MET_ANSWER_MS = 3 * MINUTE_MS
/** LE7: an older estimate is true no more. */
export const OFFER_STANDS_MS = 3 * MINUTE_MS

/** A claim that may be doubted, offered to another, or have come to its end unsaid: never of a call for help. */
export const hasLease = ({ status, kind }: Request): boolean =>
  status === 'claimed' && policyOf(kind).tells === 'helpers'

/** The two have met, and neither has said yet whether something was handed over. */
export const isMetAsked = (request: Request): boolean =>
  hasLease(request) && request.metAtMs !== null && !request.isMetDenied

/** Whether a claimed request may be taken over by this helper now. */
export const isOfferedTo = (request: Request, memberId: MemberId, nowMs: number): boolean =>
  hasLease(request) &&
  request.offer?.toId === memberId &&
  nowMs < request.offer.atMs + OFFER_STANDS_MS &&
  !isMetAsked(request)
