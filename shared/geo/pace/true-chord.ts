/**
 * The distance really gone between two fixes, from the mean distance measured: noise lengthens every step, however many are
 * averaged (Ranacher et al. 2016, "Why GPS makes distances bigger than they are"). `noiseM2` is the mean square of
 * the displacement by noise alone; 0 comes out when that explains all that was measured.
 * Method: the mean of Rice's distribution turned round, as Koay and Basser 2006 do; here by a rational function with its
 * exact value and slope at 0 and its exact asymptote, within 0.15 %.
 */
export function trueChordM(measuredM: number, noiseM2: number): number {
  if (!(noiseM2 > 0)) return measuredM
  const beyond = measuredM ** 2 / noiseM2 - Math.PI / 4
  if (beyond <= 0) return 0
  const rest = (beyond * (beyond + 1.9)) / (beyond ** 2 + 2.338 * beyond + 1.985)
  return Math.sqrt((beyond + (Math.PI / 4 - 0.5) * rest) * noiseM2)
}
