/** Chance that can be repeated: everything a simulation draws comes from its seed. */

export type Random = {
  /** 0 to under 1. */
  next(): number
  /** `low` to under `high`. */
  between(low: number, high: number): number
  /** Gaussian with mean 0 and deviation 1. */
  normal(): number
  /** One of them, all equally likely. Throws RangeError when there is none. */
  pick<T>(items: readonly T[]): T
  /**
   * A stream of its own for one person or purpose. It depends on the seed and the label alone, so what others draw,
   * and how often, changes nothing for it.
   */
  fork(label: string | number): Random
}

/** A stream of numbers from a seed. Method: sfc32 of PractRand, its state hashed from the seed by cyrb128 (not for secrets). */
export function seededRandom(seed: string | number): Random {
  let [a, b, c, counter] = hashed(String(seed))
  const random: Random = { next, between: (low, high) => low + next() * (high - low), normal, pick, fork }
  // The first numbers of sfc32 still resemble the seed.
  for (let round = 0; round < 15; round++) next()
  return random

  function next(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }

  /** Box and Muller. */
  function normal(): number {
    return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  }

  function pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from')
    return items[Math.floor(next() * items.length)] as T
  }

  function fork(label: string | number): Random {
    return seededRandom(`${seed}/${label}`)
  }
}

function hashed(text: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    h1 = h2 ^ Math.imul(h1 ^ code, 597399067)
    h2 = h3 ^ Math.imul(h2 ^ code, 2869860233)
    h3 = h4 ^ Math.imul(h3 ^ code, 951274213)
    h4 = h1 ^ Math.imul(h4 ^ code, 2716044179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179)
  const all = h1 ^ h2 ^ h3 ^ h4
  return [all >>> 0, (h2 ^ all) >>> 0, (h3 ^ all) >>> 0, (h4 ^ all) >>> 0]
}
