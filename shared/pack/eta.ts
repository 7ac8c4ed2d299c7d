/** When somebody comes to a place along the route, or came. */
import { type MemberId, SECOND_MS } from '../units.ts'
import type { PackMember } from './pack.ts'
import { passedAtMs, SURE_CONFIDENCE } from './passages.ts'

export type Eta =
  /** `null`: before the first that is known of the runner. */
  | { readonly kind: 'passed'; readonly atMs: number | null }
  | Coming
  | { readonly kind: 'unknown'; readonly because: 'off-route' | 'unsure' | 'no-pace' }

export type Coming = {
  readonly kind: 'coming'
  /** May have gone by, when the runner should be there but no fix says so yet. */
  readonly atMs: number
  /** Nine in ten come after it. */
  readonly earliestMs: number
  /** Nine in ten have come by it; `null` for somebody who stands, and may stand on. */
  readonly latestMs: number | null
}

/** Deviations from the middle to the 10th and to the 90th percentile of a Gaussian. */
const DEVIATIONS_80 = 1.2816
const SLOWEST_MPS = 0.3

/**
 * When a member reaches `placeM` metres along the route, or passed it. The middle is the way left at the forecast pace; the 10 to 90 %
 * range takes the error of the pace as log-normal, so that late is likelier than early, and that of the place as
 * Gaussian, independent of it. No guess for somebody off route, as likely elsewhere, or without a pace.
 */
export function etaTo({ progress, passages }: Pick<PackMember, 'progress' | 'passages'>, placeM: number): Eta {
  const newestM = passages.atM.at(-1)
  if (newestM !== undefined && placeM <= newestM) return { kind: 'passed', atMs: passedAtMs(passages, placeM) ?? null }
  const { atM, atMs, spreadM, forecastMps, forecastSpreadMps, isOffRoute, isStopped, confidence } = progress
  if (isOffRoute) return { kind: 'unknown', because: 'off-route' }
  if (confidence < SURE_CONFIDENCE) return { kind: 'unknown', because: 'unsure' }
  if (newestM === undefined && placeM <= atM) return { kind: 'passed', atMs: null }
  if (forecastMps < SLOWEST_MPS) return { kind: 'unknown', because: 'no-pace' }
  const leftMs = ((placeM - atM) / forecastMps) * SECOND_MS
  const paceFactor = Math.exp((DEVIATIONS_80 * forecastSpreadMps) / forecastMps)
  const placeMs = ((DEVIATIONS_80 * spreadM) / forecastMps) * SECOND_MS
  const earlierMs = Math.hypot(leftMs * (1 - 1 / paceFactor), placeMs)
  const laterMs = Math.hypot(leftMs * (paceFactor - 1), placeMs)
  return {
    kind: 'coming',
    atMs: atMs + leftMs,
    earliestMs: atMs + leftMs - earlierMs,
    latestMs: isStopped ? null : atMs + leftMs + laterMs,
  }
}

export type ComingBy = { readonly memberId: MemberId; readonly passM: number; readonly eta: Coming }

/**
 * Who comes by a place next, the soonest first. `passesM` are its passes along the route, rising: of each member the first
 * that is still to come counts. Members who have passed them all, or of whom nothing can be said, are left out.
 */
export function comingBy(members: readonly PackMember[], passesM: readonly number[]): ComingBy[] {
  const coming = members.flatMap((member) => {
    for (const passM of passesM) {
      const eta = etaTo(member, passM)
      if (eta.kind === 'coming') return [{ memberId: member.memberId, passM, eta }]
    }
    return []
  })
  return coming.sort((a, b) => a.eta.atMs - b.eta.atMs)
}
