/**
 * Which fixes to believe. Nothing well-formed is refused: what cannot be is put aside, what is
 * doubtful goes into the track with a flag and moves nobody's dot.
 */
import { distanceM } from '../../shared/geo/distance.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { AsideReason } from '../../shared/protocol/wire.ts'
import { sharedAt } from '../../shared/run/questions.ts'
import type { Member } from '../../shared/run/state.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'

/** More than any clock error that should be put right by hand. */
export const FUTURE_MS = 5 * MINUTE_MS
/** Where trackers are that have no fix. */
const NULL_ISLAND_DEG = 0.001
const WORST_ACCURACY_M = 150
const UNKNOWN_ACCURACY_M = 30
const FASTEST_MPS = { runner: 12, other: 35 }
/** So many doubtful fixes that agree with each other were right after all. */
const AGREEING = 3

/** What a member's last fixes make believable. `doubted`: how many in a row agreed with `lastDoubted`. */
export type Belief = {
  readonly believed: Fix | null
  readonly lastDoubted: Fix | null
  readonly doubted: number
}
export const noBelief: Belief = { believed: null, lastDoubted: null, doubted: 0 }

export type Judged =
  | { readonly is: 'believed' | 'unbelieved'; readonly belief: Belief }
  | { readonly is: 'aside'; readonly reason: AsideReason }

/**
 * FX1-FX8 of RULES.md, in their order. Consent is asked of the time the fix itself gives, `saidAtMs`, also where its
 * `takenAtMs` was put right for the sake of a comparison (FX9).
 */
export function judge(fix: Fix, member: Member, belief: Belief, nowMs: number, saidAtMs = fix.takenAtMs): Judged {
  if (saidAtMs > nowMs + FUTURE_MS) return { is: 'aside', reason: 'from-the-future' }
  if (!sharedAt(member, saidAtMs)) return { is: 'aside', reason: 'outside-sharing' }
  if (Math.abs(fix.latitudeDeg) < NULL_ISLAND_DEG && Math.abs(fix.longitudeDeg) < NULL_ISLAND_DEG)
    return { is: 'aside', reason: 'nowhere' }
  if ((fix.accuracyM ?? 0) > WORST_ACCURACY_M) return { is: 'unbelieved', belief }

  const fastestMps = member.role === 'runner' ? FASTEST_MPS.runner : FASTEST_MPS.other
  const believed = { is: 'believed', belief: { believed: fix, lastDoubted: null, doubted: 0 } } as const
  if (belief.believed === null || isReachable(belief.believed, fix, fastestMps)) return believed

  const agrees = belief.lastDoubted !== null && isReachable(belief.lastDoubted, fix, fastestMps)
  const doubted = agrees ? belief.doubted + 1 : 1
  if (doubted >= AGREEING) return believed
  return { is: 'unbelieved', belief: { ...belief, lastDoubted: fix, doubted } }
}

function isReachable(from: Fix, to: Fix, fastestMps: number): boolean {
  const seconds = Math.abs(to.takenAtMs - from.takenAtMs) / SECOND_MS
  const slackM = (from.accuracyM ?? UNKNOWN_ACCURACY_M) + (to.accuracyM ?? UNKNOWN_ACCURACY_M)
  return distanceM(from, to) <= fastestMps * Math.max(seconds, 1) + slackM
}
