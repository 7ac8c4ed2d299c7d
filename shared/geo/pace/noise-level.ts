/**
 * How much a member's fixes jump about, learned from the fixes themselves: phones report as accuracy one deviation, the radius
 * of 68 %, something better than both, or nothing.
 */

/** Plain data. `varianceM2` is the variance of the error along one axis, if it lasts as long as is assumed here. */
export type NoiseLevel = { readonly varianceM2: number; readonly learnedFrom: number }

/** A phone under open sky, until it has shown its own. */
export const unknownNoise: NoiseLevel = { varianceM2: 25, learnedFrom: 0 }

const LEAST_VARIANCE_M2 = 0.01
/**
 * GPS errors last: after so long they are e times less like themselves. Receivers differ, from 10 to 60 s; what third
 * differences teach about first ones depends little on it.
 */
const CORRELATION_MS = 10_000
/** A median of about the last so many steps. */
const MEMORY = 100
/** The first so many steps count no more than this one would. */
const EARLY = 8

/**
 * The level after one more third difference (metres east and north) of four fixes, each `stepMs` after the one before.
 * Steady running hardly shows in third differences, nor do bends; noise does. A median leaves corners and outliers out.
 * Method: recursive median by stochastic approximation (Tierney 1983), of what is exponential in two axes.
 */
export function noiseAfter(level: NoiseLevel, eastM: number, northM: number, stepMs: number): NoiseLevel {
  const kept = Math.exp(-stepMs / CORRELATION_MS)
  const perVariance = 2 * (20 - 30 * kept + 12 * kept ** 2 - 2 * kept ** 3)
  const isAbove = eastM ** 2 + northM ** 2 > level.varianceM2 * perVariance * Math.LN2
  const learnedFrom = Math.min(MEMORY, level.learnedFrom + 1)
  const factor = Math.exp((isAbove ? 2 : -2) / (learnedFrom + EARLY))
  return { varianceM2: Math.max(LEAST_VARIANCE_M2, level.varianceM2 * factor), learnedFrom }
}

/**
 * The mean square of the metres by which noise alone displaces a fix from one taken `stepMs` before.
 * Method: an error that is Gauss-Markov along each of two axes.
 */
export function noiseOfStepM2(level: NoiseLevel, stepMs: number): number {
  return 4 * level.varianceM2 * (1 - Math.exp(-stepMs / CORRELATION_MS))
}
