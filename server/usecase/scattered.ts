/**
 * Numbers with gaps cost the store more with each gap. A phone leaves few: a hostile one could leave a hole behind
 * every fix. Beyond the bound only what fills holes is taken. And a track is read whole into memory, to be exported or replayed:
 * one that is longer than any run's is not taken further.
 */
import { addSeqs, type SeqRanges } from '../../shared/seq-ranges.ts'
import type { Stored } from '../store/store.ts'

const RANGES_MAX = 2_000
/** Below it there is nothing to remember. */
const RANGES_REMEMBERED = 500
/** A phone begins a stream each time it is opened. */
const STREAMS_MAX = 1_000
/** Three days of a fix each second, as much as fits into some 100 MB. */
const FIXES_MAX = 300_000

export type Scattered = {
  /** `false`: this many holes, or fixes, are not kept. */
  mayTake(source: string, seqs: readonly number[]): boolean
  stored(source: string, stored: Pick<Stored, 'ranges' | 'keptCount'>): void
}

/** For one member of one run. */
export function scattered(): Scattered {
  const long = new Map<string, SeqRanges>()
  const keptCounts = new Map<string, number>()
  let kept = 0
  return {
    mayTake(source, seqs) {
      if (kept >= FIXES_MAX || (!keptCounts.has(source) && keptCounts.size >= STREAMS_MAX)) return false
      const ranges = long.get(source)
      return !ranges || addSeqs(ranges, seqs).length <= Math.max(RANGES_MAX, ranges.length)
    },
    stored(source, { ranges, keptCount }) {
      kept += keptCount - (keptCounts.get(source) ?? 0)
      keptCounts.set(source, keptCount)
      if (ranges.length > RANGES_REMEMBERED) long.set(source, ranges)
      else long.delete(source)
    },
  }
}
