/** How well a fix fits a place along the route, in natural logs. */

/** Whoever is on the route runs so far beside its line, or the line is drawn so far aside. */
export const WIDTH_M = 12
/** A distance from the line beyond so many deviations weighs in proportion, no longer squared. */
export const TAIL_FROM = 3
const LOG_2PI = Math.log(2 * Math.PI)

/** Of the place along the line, a Gaussian: how far the fix is from where it should be, and the variance of that. */
export const logAlong = (surpriseM: number, variance: number): number =>
  -0.5 * ((surpriseM * surpriseM) / variance + Math.log(variance) + LOG_2PI)

/**
 * Of the distance from the line; news alike to what was seen before weighs less. Method: Huber 1964, a Gaussian with the tails of
 * a Laplace distribution.
 */
export function logAway(awayM2: number, noiseM: number, news: number): number {
  const variance = noiseM * noiseM + WIDTH_M * WIDTH_M
  const deviations2 = awayM2 / variance
  const cost =
    deviations2 <= TAIL_FROM * TAIL_FROM
      ? deviations2 / 2
      : TAIL_FROM * Math.sqrt(deviations2) - (TAIL_FROM * TAIL_FROM) / 2
  return -news * cost - 0.5 * (Math.log(variance) + LOG_2PI)
}

/** The log of the sum of two numbers given by their logs. */
export function logSum(a: number, b: number): number {
  const high = a > b ? a : b
  const low = a > b ? b : a
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high))
}
