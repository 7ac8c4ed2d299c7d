/**
 * Which numbers of a stream are there, as sorted ranges with both ends inside that neither touch nor
 * overlap. After a dead zone the newest fix comes first, so there are holes for a while.
 */
export type SeqRanges = readonly (readonly [fromSeq: number, toSeq: number])[]

/** With every number of `seqs`, in any order and however often. */
export function addSeqs(ranges: SeqRanges, seqs: readonly number[]): SeqRanges {
  return joined([...ranges, ...seqs.map((seq) => [seq, seq] as const)])
}

export const hasSeq = (ranges: SeqRanges, seq: number): boolean => ranges.some(([from, to]) => from <= seq && seq <= to)

/** With every number of `more`. */
export function addRanges(ranges: SeqRanges, more: SeqRanges): SeqRanges {
  return joined([...ranges, ...more])
}

function joined(parts: SeqRanges): SeqRanges {
  const ranges: [number, number][] = []
  for (const [from, to] of parts.toSorted((a, b) => a[0] - b[0])) {
    const last = ranges.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else ranges.push([from, to])
  }
  return ranges
}
