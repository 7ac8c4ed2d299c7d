/** What a batch adds to what is stored of its source, the same in every store. */
import { addSeqs } from '../../shared/seq-ranges.ts'
import type { FixBatch, Stored } from './store.ts'

export const NOTHING_STORED: Stored = { ranges: [], keptCount: 0, aside: {} }

/** Whether the keys of a source are numbers in a row. */
export const isPhoneStream = (source: string): boolean => source.startsWith('p:')

/** @param newCount how many of the batch's fixes were not there before. */
export function withBatch({ ranges, keptCount, aside }: Stored, batch: FixBatch, newCount: number): Stored {
  return { ranges: withKeys(ranges, batch), keptCount: keptCount + newCount, aside: withCounts(aside, batch.aside) }
}

/** The receipt for fixes of nobody: their keys were had, and nothing is kept of them. */
export function onlyHad(batch: FixBatch): Stored {
  return { ...NOTHING_STORED, ranges: withKeys([], batch) }
}

function withKeys(ranges: Stored['ranges'], { source, points, droppedKeys }: FixBatch): Stored['ranges'] {
  return isPhoneStream(source) ? addSeqs(ranges, [...points.map(({ key }) => key), ...droppedKeys]) : []
}

export function withCounts(before: Stored['aside'], more: Stored['aside']): Stored['aside'] {
  const sums: Record<string, number> = { ...before }
  for (const [reason, count] of Object.entries(more)) if (count > 0) sums[reason] = (sums[reason] ?? 0) + count
  return sums
}
