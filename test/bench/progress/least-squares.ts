/** Least squares whose terms couple only neighbouring unknowns: the normal equations are a narrow band, solved by Cholesky. */

export type LeastSquares = {
  /** One term, of deviation 1: the sum of `factors[k] * unknown[from + at[k]]` should be `target`. */
  readonly add: (from: number, at: readonly number[], factors: readonly number[], target: number) => void
  /** The unknowns. Uses the system up. */
  readonly solve: () => Float64Array
}

/** `band`: unknowns of one term lie less than so far apart. Every unknown needs a term. */
export function leastSquares(size: number, band: number): LeastSquares {
  // Row i holds the columns i - d at i * band + d.
  const normal = new Float64Array(size * band)
  const right = new Float64Array(size)
  return { add, solve }

  function add(from: number, at: readonly number[], factors: readonly number[], target: number): void {
    for (let a = 0; a < at.length; a++) {
      const row = from + (at[a] as number)
      const factor = factors[a] as number
      right[row] = (right[row] as number) + factor * target
      for (let b = 0; b < at.length; b++) {
        const back = row - from - (at[b] as number)
        if (back < 0) continue
        normal[row * band + back] = (normal[row * band + back] as number) + factor * (factors[b] as number)
      }
    }
  }

  function solve(): Float64Array {
    for (let row = 0; row < size; row++) {
      for (let back = Math.min(row, band - 1); back >= 0; back--) {
        const column = row - back
        let sum = normal[row * band + back] as number
        for (let k = Math.max(0, row - band + 1, column - band + 1); k < column; k++)
          sum -= (normal[row * band + row - k] as number) * (normal[column * band + column - k] as number)
        normal[row * band + back] = back === 0 ? Math.sqrt(sum) : sum / (normal[column * band] as number)
      }
      for (let back = 1; back < band && back <= row; back++)
        right[row] = (right[row] as number) - (normal[row * band + back] as number) * (right[row - back] as number)
      right[row] = (right[row] as number) / (normal[row * band] as number)
    }
    for (let row = size - 1; row >= 0; row--) {
      right[row] = (right[row] as number) / (normal[row * band] as number)
      for (let back = 1; back < band && back <= row; back++)
        right[row - back] =
          (right[row - back] as number) - (normal[row * band + back] as number) * (right[row] as number)
    }
    return right
  }
}
