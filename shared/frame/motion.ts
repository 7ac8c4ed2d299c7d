/** Somebody is expected to go on as before: what is told of a coordinate is how far that was wrong. Whole numbers throughout. */

/** By how much a coordinate moves in `ahead`, when its rate is counted in 1 / `scale` of a step in a unit of `ahead`. */
export const expectedMove = (rate: number, ahead: number, scale: number): number =>
  Math.floor((rate * ahead + scale / 2) / scale)

/** The mean of the rate before and that of the move, from `-most` through `most`. */
export function nextRate(rate: number, moved: number, ahead: number, scale: number, most: number): number {
  if (ahead === 0) return rate
  const mean = Math.floor((rate * ahead + scale * moved + ahead) / (2 * ahead))
  return Math.min(most, Math.max(-most, mean))
}
