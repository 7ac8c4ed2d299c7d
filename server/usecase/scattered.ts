/**
 * Numbers with gaps cost the store more with each gap. A phone leaves few: a hostile one could leave a hole behind
 * every fix. Beyond the bound only what fills holes is taken.
 */
import { addSeqs, type SeqRanges } from '../../shared/seq-ranges.ts'

const RANGES_MAX = 2_000
/** Below it there is nothing to remember. */
const RANGES_REMEMBERED = 500
/** A phone begins a stream each time it is opened. */
const STREAMS_MAX = 1_000

export type Scattered = {
  /** `false`: this many holes are not kept. */
  mayTake(source: string, seqs: readonly number[]): boolean
  stored(source: string, ranges: SeqRanges): void
}

/** For one member of one run. */
export function scattered(): Scattered {
  const long = new Map<string, SeqRanges>()
  const sources = new Set<string>()
  return {
    mayTake(source, seqs) {
      if (!sources.has(source) && sources.size >= STREAMS_MAX) return false
      const ranges = long.get(source)
      return !ranges || addSeqs(ranges, seqs).length <= Math.max(RANGES_MAX, ranges.length)
    },
    stored(source, ranges) {
      sources.add(source)
      if (ranges.length > RANGES_REMEMBERED) long.set(source, ranges)
      else long.delete(source)
    },
  }
}
