/** The pack: who is in front of whom, and by how much, at one moment. */
import type { Progress } from '../geo/progress/progress.ts'
import { type MemberId, MINUTE_MS, SECOND_MS } from '../units.ts'
import { type Passages, passedAtMs, SURE_CONFIDENCE } from './passages.ts'

export type PackMember = {
  readonly memberId: MemberId
  /** At the moment of the pack: the same `atMs` for all, on the clock all share. */
  readonly progress: Progress
  readonly passages: Passages
}

export type Gap = {
  readonly gapM: number
  /** Since the one in front passed where the one behind is now. `null`: unknown. */
  readonly gapMs: number | null
  /** True: not passed but computed, by the pace of the one behind. */
  readonly isByPace: boolean
}

/** A member in the order, with the gaps to the one before and to the first; the first has none. */
export type Placing = {
  readonly member: PackMember
  readonly toAhead: Gap | null
  readonly toFirst: Gap | null
}

/** Why a member's place is not counted: beside the route, not heard for two minutes, or as likely wrong as right. */
export type Doubt = 'off-route' | 'silent' | 'unsure'

export type Pack = {
  /** From front to back: those whose place is known. */
  readonly order: readonly Placing[]
  readonly doubtful: readonly { readonly member: PackMember; readonly doubt: Doubt }[]
  /** From the first to the last of `order`; `null` when it is empty. */
  readonly spread: Gap | null
}

const SILENT_AFTER_MS = 2 * MINUTE_MS
/** Nearer than this the places are within each other's error, and whoever stands in front has not gone from here yet. */
const SIDE_BY_SIDE_M = 25
/** Slower is standing, and says nothing about when. */
const SLOWEST_MPS = 0.3

/**
 * The order of members and their gaps. Doubtful members stand apart, so that one wrong lap does not stretch the pack by kilometres.
 * Members are brought to one moment before, by dead reckoning.
 */
export function packOf(members: readonly PackMember[]): Pack {
  const placed = members.map((member) => ({ member, doubt: doubtOf(member.progress) }))
  const sure = placed.flatMap(({ member, doubt }) => (doubt ? [] : [member])).sort(frontFirst)
  const first = sure[0]
  const order = sure.map((member, index) => {
    const ahead = sure[index - 1]
    return { member, toAhead: ahead ? gapBetween(ahead, member) : null, toFirst: gapTo(first, member) }
  })
  return {
    order,
    doubtful: placed.flatMap(({ member, doubt }) => (doubt ? [{ member, doubt }] : [])),
    spread: order.length === 1 ? { gapM: 0, gapMs: 0, isByPace: false } : (order.at(-1)?.toFirst ?? null),
  }

  function gapTo(ahead: PackMember | undefined, behind: PackMember): Gap | null {
    return ahead && ahead !== behind ? gapBetween(ahead, behind) : null
  }
}

/**
 * From the one behind to the one ahead. In time: how long ago the one ahead passed here; side by side (under 25 m), or where that
 * passing is not known, how long the one behind takes at the forecast pace.
 */
export function gapBetween(ahead: PackMember, behind: PackMember): Gap {
  const { atM, atMs, forecastMps } = behind.progress
  const gapM = ahead.progress.atM - atM
  const passedMs = gapM < SIDE_BY_SIDE_M ? undefined : passedAtMs(ahead.passages, atM)
  if (passedMs !== undefined) return { gapM, gapMs: Math.max(0, atMs - passedMs), isByPace: false }
  return { gapM, gapMs: forecastMps < SLOWEST_MPS ? null : (gapM / forecastMps) * SECOND_MS, isByPace: true }
}

function doubtOf({ atMs, takenAtMs, confidence, isOffRoute }: Progress): Doubt | null {
  if (atMs - takenAtMs > SILENT_AFTER_MS) return 'silent'
  if (isOffRoute) return 'off-route'
  return confidence < SURE_CONFIDENCE ? 'unsure' : null
}

/** Equals by id, so that two who are level do not change places at random. */
function frontFirst(a: PackMember, b: PackMember): number {
  return b.progress.atM - a.progress.atM || (a.memberId < b.memberId ? -1 : 1)
}
