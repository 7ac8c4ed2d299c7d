/** How the server hears of somebody: noisy fixes, some seconds late, later still from a dead zone, judged on arrival. */
import { firstGpsError, nextGpsError, type Reception, reportedPlace } from '../../../client/simulate/gps-noise.ts'
import type { Random } from '../../../client/simulate/random.ts'
import { type Belief, judge, noBelief } from '../../../server/core/belief.ts'
import type { Fix, Place } from '../../../shared/geo/fix.ts'
import type { Member } from '../../../shared/run/state.ts'
import { SECOND_MS } from '../../../shared/units.ts'
import { habits } from './scenarios.ts'

export type Reports = {
  /** Takes a fix when one is due. Called once a second. */
  look(nowS: number, place: () => Place): void
  /** Believed fixes that have arrived by now, in the member's own order. */
  arrived(nowS: number): Fix[]
  /** When something sent now reaches the server. */
  reachesAtS(nowS: number): number
}

export function reportsOf(
  random: Random,
  reception: Reception,
  role: 'runner' | 'cyclist',
  deadZones: readonly (readonly [fromS: number, toS: number])[],
): Reports {
  // All that the judge of fixes looks at.
  const member = { role, windows: [{ fromMs: 0, toMs: null }] } as unknown as Member
  const onTheWay: { readonly fix: Fix; readonly arrivesAtS: number }[] = []
  let error = firstGpsError(reception, random)
  let nextFixS = Math.floor(habits.fixEveryS * random.next())
  let belief: Belief = noBelief

  const reachesAtS = (nowS: number) => deadZones.find(([from, to]) => nowS >= from && nowS < to)?.[1] ?? nowS

  return {
    reachesAtS,
    look(nowS, place) {
      if (nowS < nextFixS) return
      nextFixS += habits.fixEveryS
      error = nextGpsError(error, habits.fixEveryS, reception, random)
      const fix = { ...reportedPlace(place(), error, reception, random), takenAtMs: nowS * SECOND_MS }
      const delayS = random.between(habits.reportDelayS.from, habits.reportDelayS.to)
      onTheWay.push({ fix, arrivesAtS: reachesAtS(nowS) + delayS })
    },
    arrived(nowS) {
      const fixes: Fix[] = []
      while (onTheWay[0] && onTheWay[0].arrivesAtS <= nowS) {
        const { fix } = onTheWay.shift() as (typeof onTheWay)[number]
        const judged = judge(fix, member, belief, nowS * SECOND_MS)
        if (judged.is === 'aside') continue
        belief = judged.belief
        if (judged.is === 'believed') fixes.push(fix)
      }
      return fixes
    },
  }
}
