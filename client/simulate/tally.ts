/** What a simulation counted on its own side, to be held against what the server has in the end. */
import type { Fix } from '../../shared/geo/fix.ts'
import type { RequestKind } from '../../shared/run/requests.ts'
import type { MemberId, RequestId } from '../../shared/units.ts'

export type AskedRequest = {
  readonly requestId: RequestId
  readonly runnerId: MemberId
  readonly kind: RequestKind
  /** `null` until the server has answered. */
  answer: 'taken' | 'refused' | null
  readonly askedAtWallMs: number
  /** When the first cyclist's phone had it, by the wall. */
  seenAtWallMs: number | null
}

export type Tally = {
  readonly fixes: Map<MemberId, Fix[]>
  readonly requests: Map<RequestId, AskedRequest>
  /** Wishes the server has answered with a version: none of these may be missing later. */
  readonly handOvers: Set<string>
  /** Refusals by wish and code: a simulated person sometimes asks for what somebody else was faster to do. */
  readonly refusals: Map<string, number>
}

export const newTally = (): Tally => ({
  fixes: new Map(),
  requests: new Map(),
  handOvers: new Set(),
  refusals: new Map(),
})

export function countFix(tally: Tally, memberId: MemberId, fix: Fix): void {
  const fixes = tally.fixes.get(memberId)
  if (fixes) fixes.push(fix)
  else tally.fixes.set(memberId, [fix])
}

export function countRefusal({ refusals }: Tally, what: string): void {
  refusals.set(what, (refusals.get(what) ?? 0) + 1)
}

/** From the tap to the first cyclist's screen, in wall milliseconds. */
export const latenciesMs = (tally: Tally): number[] =>
  [...tally.requests.values()]
    .filter(({ seenAtWallMs }) => seenAtWallMs !== null)
    .map(({ askedAtWallMs, seenAtWallMs }) => (seenAtWallMs ?? 0) - askedAtWallMs)

export const sentFixCount = (tally: Tally): number =>
  [...tally.fixes.values()].reduce((sum, fixes) => sum + fixes.length, 0)

/** The value below which the share of `values` lies; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
