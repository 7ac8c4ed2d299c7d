/** Who does what, one each, for the least sum of costs. */

/**
 * For each row the column it is given, or -1: as many allowed pairs as can be, and of those the least sum. An infinite cost is a pair
 * that is not allowed. Rows have the same length. Of equal sums always the same one comes out. Method: shortest augmenting paths over
 * dual prices (Kuhn 1955; in the form of Jonker and Volgenant 1987), exact, rows² x columns steps.
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const [rows, columns] = [costs.length, costs[0]?.length ?? 0]
  if (rows > columns) {
    const given = assign(Array.from({ length: columns }, (_, column) => costs.map((row) => row[column] as number)))
    return costs.map((_, row) => given.indexOf(row))
  }
  const finite = costs.flat().filter(Number.isFinite)
  const least = finite.reduce((a, b) => Math.min(a, b), 0)
  const most = finite.reduce((a, b) => Math.max(a, b), 0)
  /** One pair that is not allowed costs more than all that are. */
  const forbidden = (rows + 1) * (most - least + 1)
  const costOf = (row: number, column: number) => {
    const cost = costs[row]?.[column] as number
    return Number.isFinite(cost) ? cost - least : forbidden
  }
  const rowPrice = new Float64Array(rows)
  const columnPrice = new Float64Array(columns)
  const rowOf = new Int32Array(columns).fill(-1)
  for (let row = 0; row < rows; row++) augment(row)
  const given = new Array<number>(rows).fill(-1)
  for (const [column, row] of rowOf.entries())
    if (row >= 0 && Number.isFinite(costs[row]?.[column])) given[row] = column
  return given

  /** The cheapest chain of changes that gives this row a column as well. */
  function augment(start: number): void {
    const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
    const cameFrom = new Int32Array(columns).fill(-1)
    const seen: number[] = []
    const isSeen = new Uint8Array(columns)
    let [row, soFar, last] = [start, 0, -1]
    for (;;) {
      let next = -1
      for (let column = 0; column < columns; column++) {
        if (isSeen[column]) continue
        const through = soFar + costOf(row, column) - (rowPrice[row] as number) - (columnPrice[column] as number)
        if (through < (distance[column] as number)) {
          distance[column] = through
          cameFrom[column] = last
        }
        if (next < 0 || (distance[column] as number) < (distance[next] as number)) next = column
      }
      soFar = distance[next] as number
      if ((rowOf[next] as number) < 0) {
        settle(start, seen, distance, soFar)
        for (let column = next; ; ) {
          const before = cameFrom[column] as number
          rowOf[column] = before < 0 ? start : (rowOf[before] as number)
          if (before < 0) return
          column = before
        }
      }
      isSeen[next] = 1
      seen.push(next)
      last = next
      row = rowOf[next] as number
    }
  }

  /** Prices after which every pair that is given is free, and no other one is cheaper than free. */
  function settle(start: number, seen: readonly number[], distance: Float64Array, soFar: number): void {
    rowPrice[start] = (rowPrice[start] as number) + soFar
    for (const column of seen) {
      const saved = soFar - (distance[column] as number)
      columnPrice[column] = (columnPrice[column] as number) - saved
      const row = rowOf[column] as number
      rowPrice[row] = (rowPrice[row] as number) + saved
    }
  }
}
