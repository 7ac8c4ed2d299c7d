/** How soon somebody off the route is found, and how often somebody on it is called off. */
import type { Matcher } from './matchers.ts'
import type { Recording } from './recording.ts'

/** Beyond so many metres somebody is off the route, by the rule that is judged. */
const OFF_M = 40
/** An alarm this soon after somebody was off the route is late, not false. */
const AFTERMATH_S = 60

export type OffScore = {
  /** Seconds from being 40 m away to the alarm, one a detour found. */
  readonly delaysS: number[]
  missed: number
  falseAlarms: number
  /** Hours on the route, or within 40 m of it. */
  onRouteHours: number
}

export const noOffScore = (): OffScore => ({ delaysS: [], missed: 0, falseAlarms: 0, onRouteHours: 0 })

/** Adds a recording's detours and alarms to a score. */
export function scoreOffRoute(score: OffScore, { moments }: Recording, matcher: Matcher): void {
  let offSinceS: number | null = null
  let isFound = false
  let wasOff = false
  let lastOffS = Number.NEGATIVE_INFINITY
  let beforeS = 0
  for (const { truth, fix } of moments) {
    const { isOff } = matcher(fix, 1_000 * (truth.tS + 1))
    const isTrulyOff = truth.awayM > OFF_M
    if (isTrulyOff) {
      if (offSinceS === null) [offSinceS, isFound] = [truth.tS, wasOff && isOff]
      lastOffS = truth.tS
      if (isOff && !isFound) score.delaysS.push(truth.tS - offSinceS)
      isFound ||= isOff
    } else {
      if (offSinceS !== null && truth.atM !== null) {
        if (!isFound) score.missed++
        offSinceS = null
      }
      const isAftermath = truth.awayM > 0 || truth.tS - lastOffS < AFTERMATH_S
      if (isOff && !wasOff && !isAftermath) score.falseAlarms++
      score.onRouteHours += (truth.tS - beforeS) / 3_600
    }
    wasOff = isOff
    beforeS = truth.tS
  }
}
