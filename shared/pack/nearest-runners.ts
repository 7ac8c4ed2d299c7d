import type { MemberId } from '../units.ts'
import type { Placing } from './pack.ts'

export type NearestRunner = {
  readonly memberId: MemberId
  /** The pass of the place that the runner is nearest to. */
  readonly passM: number
  readonly gapM: number
}

/**
 * The runners nearest to somebody along the route: the one who has gone by last, and the one who comes next. `passesM` are the
 * metres along the route where that somebody is: a cyclist on an out-and-back path is on both legs at once, and whoever follows a
 * route is at one. `null` where there is nobody. O(runners x passes).
 */
export function nearestRunners(
  order: readonly Placing[],
  passesM: readonly number[],
): { readonly ahead: NearestRunner | null; readonly behind: NearestRunner | null } {
  let [ahead, behind]: (NearestRunner | null)[] = [null, null]
  for (const passM of passesM)
    for (const { member } of order) {
      const gapM = member.progress.atM - passM
      const near = { memberId: member.memberId, passM, gapM: Math.abs(gapM) }
      if (gapM > 0) ahead = nearer(ahead, near)
      else behind = nearer(behind, near)
    }
  return { ahead: ahead ?? null, behind: behind ?? null }
}

const nearer = (a: NearestRunner | null | undefined, b: NearestRunner): NearestRunner => (a && a.gapM <= b.gapM ? a : b)
