import { type MemberId, MINUTE_MS, SECOND_MS } from '../units.ts'
import { type Gap, gapBetween, type PackMember, type Placing } from './pack.ts'
import { passedAtMs, wasAtM } from './passages.ts'

export type Straggler = {
  readonly memberId: MemberId
  /** To the last of the pack, who is the last before the break. */
  readonly behind: Gap
  /** How much that gap has grown in five minutes; `null` when it is not known. */
  readonly growthMs: number | null
}

const WINDOW_MS = 5 * MINUTE_MS
const BREAK_MS = 60 * SECOND_MS
/** Nearer is no break, however long one stands behind others who stand. */
const BREAK_M = 100
const KEPT_BREAK_MS = 45 * SECOND_MS
/** So many times the usual gap of those in front; a field that is strung out has no stragglers. */
const UNUSUAL = 3
/** Behind a break at most this share of all: more is the field coming apart, not somebody falling behind. */
const SHARE_MAX = 1 / 3
/** 7 % slower than the pack. */
const GROWING_MS = 20 * SECOND_MS

/**
 * Who falls behind, `before` being who did the last time. Being last is not enough: there must be a break in the last
 * third of the order, of 100 m, of 60 s and of three times the median gap in front of it, and the member's own gap to the last before
 * it must have grown by 20 s in five minutes, by both their passings. Who straggles stops doing so when the gap no longer grows or
 * the break is under 45 s.
 */
export function stragglersOf(order: readonly Placing[], before: ReadonlySet<MemberId>): Straggler[] {
  const most = Math.max(1, Math.floor(order.length * SHARE_MAX))
  for (let index = Math.max(1, order.length - most); index < order.length; index++) {
    const { member, toAhead } = order[index] as Placing
    const { gapM, gapMs } = toAhead as Gap
    if (gapM < BREAK_M) continue
    const usualMs = median(order.slice(1, index).map((placing) => placing.toAhead?.gapMs ?? 0))
    const leastMs = before.has(member.memberId) ? KEPT_BREAK_MS : Math.max(BREAK_MS, UNUSUAL * usualMs)
    if ((gapMs ?? 0) < leastMs) continue
    const last = (order[index - 1] as Placing).member
    return order.slice(index).flatMap(({ member: { memberId }, member }) => {
      const [behind, growthMs] = [gapBetween(last, member), growthOf(last, member)]
      const straggles = before.has(memberId) ? growthMs === null || growthMs > 0 : (growthMs ?? 0) >= GROWING_MS
      return straggles ? [{ memberId, behind, growthMs }] : []
    })
  }
  return []
}

/** How much longer ago `ahead` passed where `behind` is now than, five minutes ago, where it was then. */
function growthOf(ahead: PackMember, behind: PackMember): number | null {
  const nowMs = behind.progress.atMs
  const thenM = wasAtM(behind.passages, nowMs - WINDOW_MS)
  const thenPassedMs = thenM === undefined ? undefined : passedAtMs(ahead.passages, thenM)
  const passedMs = passedAtMs(ahead.passages, behind.progress.atM)
  if (passedMs === undefined || thenPassedMs === undefined) return null
  return nowMs - passedMs - (nowMs - WINDOW_MS - thenPassedMs)
}

/** 0 of none. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}
