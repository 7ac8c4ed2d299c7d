/** People along a route whose progress is known exactly, as if a perfect filter had watched them. */
import type { Progress } from '../../shared/geo/progress/progress.ts'
import { type PackMember, packOf } from '../../shared/pack/pack.ts'
import { noPassages, type Passages, passagesAfter } from '../../shared/pack/passages.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { person } from './people.ts'

/** Metres along the route after so many seconds. */
export type Motion = (elapsedS: number) => number

const FIX_EVERY_S = 5

export function progressOf(atM: number, elapsedS: number, said: Partial<Progress> = {}): Progress {
  return {
    atM,
    atMs: elapsedS * SECOND_MS,
    takenAtMs: elapsedS * SECOND_MS,
    spreadM: 4,
    speedMps: 3,
    forecastMps: 3,
    forecastSpreadMps: 0.15,
    confidence: 0.99,
    rival: null,
    isOffRoute: false,
    isWrongWay: false,
    isStopped: false,
    ...said,
  }
}

export function passagesOf(motion: Motion, untilS: number, fromS = 0): Passages {
  let passages = noPassages
  for (let s = fromS; s <= untilS; s += FIX_EVERY_S) passages = passagesAfter(passages, progressOf(motion(s), s))
  return passages
}

export function memberOf(name: string, motion: Motion, nowS: number, said: Partial<Progress> = {}): PackMember {
  return {
    memberId: person(name),
    progress: progressOf(motion(nowS), nowS, said),
    passages: passagesOf(motion, nowS),
  }
}

/** Runs at a pace, and starts so much later. */
export const steady =
  (paceMps: number, startS = 0): Motion =>
  (elapsedS) =>
    Math.max(0, elapsedS - startS) * paceMps

export const orderOf = (...members: readonly PackMember[]) => packOf(members).order
