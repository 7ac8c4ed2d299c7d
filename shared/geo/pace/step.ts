/** Fixes as steps: each with the way to it from the fix before. */
import { eastwardDeg, rulerAt } from '../distance.ts'
import type { Place } from '../fix.ts'

export type Step = Place & {
  readonly takenAtMs: number
  /** From the step before; all 0 for the first of a row. */
  readonly eastM: number
  readonly northM: number
  readonly tookMs: number
}

export type Moment = Place & { readonly takenAtMs: number }

export function firstStep({ latitudeDeg, longitudeDeg, takenAtMs }: Moment): Step {
  return { latitudeDeg, longitudeDeg, takenAtMs, eastM: 0, northM: 0, tookMs: 0 }
}

export function stepTo(from: Moment, { latitudeDeg, longitudeDeg, takenAtMs }: Moment): Step {
  const { kx, ky } = rulerAt(from.latitudeDeg)
  const eastM = eastwardDeg(from.longitudeDeg, longitudeDeg) * kx
  const northM = (latitudeDeg - from.latitudeDeg) * ky
  return { latitudeDeg, longitudeDeg, takenAtMs, eastM, northM, tookMs: takenAtMs - from.takenAtMs }
}

export const lengthM = ({ eastM, northM }: Pick<Step, 'eastM' | 'northM'>): number => Math.hypot(eastM, northM)

/** Where steps lie from the first of them, and when: metres and ms. */
export function offsetsOf(steps: readonly Step[]): { eastM: number; northM: number; afterMs: number }[] {
  let [eastM, northM, afterMs] = [0, 0, 0]
  return steps.map((step, index) => {
    if (index > 0) {
      eastM += step.eastM
      northM += step.northM
      afterMs += step.tookMs
    }
    return { eastM, northM, afterMs }
  })
}
