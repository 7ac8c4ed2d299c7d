/** How far two members are from each other, and how long one of them takes to the other: rough, and the same on every node. */
import { distanceM } from '../../../shared/geo/distance.ts'
import type { Fix } from '../../../shared/geo/fix.ts'
import { DETOUR } from '../../../shared/geo/meeting/detour.ts'
import type { PlaceProgress } from '../../../shared/geo/progress/place-progress.ts'
import { SURE_CONFIDENCE } from '../../../shared/pack/passages.ts'
import { isSharing } from '../../../shared/run/questions.ts'
import { type MemberId, SECOND_MS } from '../../../shared/units.ts'
import type { Scene } from './scene.ts'

/** Where somebody is, by their newest fix. */
export type Spot = { readonly fix: Fix; readonly progress: PlaceProgress | null }

/** `alongM`: over the route; `null` unless both are on it for sure. */
export type Apart = { readonly straightM: number; readonly alongM: number | null }

/** `undefined` for who does not share, or was not heard within `withinMs`. */
export function spotOf(
  { run, nowMs, fixOf, progressOf }: Scene,
  memberId: MemberId,
  withinMs: number,
): Spot | undefined {
  const member = run.members.get(memberId)
  const fix = member && isSharing(member) ? fixOf(memberId) : undefined
  return fix && nowMs - fix.takenAtMs <= withinMs ? { fix, progress: progressOf(memberId) } : undefined
}

export function apartOf(a: Spot, b: Spot): Apart {
  const [fromM, toM] = [sureAtM(a.progress), sureAtM(b.progress)]
  return {
    straightM: distanceM(a.fix, b.fix),
    alongM: fromM === null || toM === null ? null : Math.abs(toM - fromM),
  }
}

/**
 * How long a rider takes to somebody who stands, in milliseconds: the straight way with a detour of 1.3, and the way along the
 * route. Neither is always the true one: over a bridge the straight way is too short, where the way out and the way back lie side by side the other
 * is too long. Whoever compares two riders asks both.
 */
export function reachMs({ straightM, alongM }: Apart, rideMps: number): { byAir: number; byRoute: number | null } {
  const takesMs = (metres: number) => (metres / rideMps) * SECOND_MS
  return { byAir: takesMs(DETOUR * straightM), byRoute: alongM === null ? null : takesMs(alongM) }
}

/** Metres along the route, when that is sure. */
export function sureAtM(progress: PlaceProgress | null): number | null {
  return !progress || progress.isOffRoute || progress.confidence < SURE_CONFIDENCE ? null : progress.atM
}
