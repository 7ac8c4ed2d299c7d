/**
 * Which numbers of a stream are there, as sorted ranges with both ends inside that neither touch nor
 * overlap. After a dead zone the newest fix comes first, so there are holes for a while.
 */
export type SeqRanges = readonly (readonly [fromSeq: number, toSeq: number])[]

/** With every number of `seqs`, in any order and however often. */
export function addSeqs(ranges: SeqRanges, seqs: readonly number[]): SeqRanges {
  const parts = [...ranges, ...seqs.map((seq) => [seq, seq] as const)].sort((a, b) => a[0] - b[0])
  const joined: [number, number][] = []
  for (const [from, to] of parts) {
    const last = joined.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

export const hasSeq = (ranges: SeqRanges, seq: number): boolean => ranges.some(([from, to]) => from <= seq && seq <= to)
