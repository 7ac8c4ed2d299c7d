import { expect, test } from 'vitest'
import { scattered } from '../../server/usecase/scattered.ts'
import { addSeqs, type SeqRanges } from '../../shared/seq-ranges.ts'

const odd = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + 2 * i)

test('[BI28] numbers full of holes are taken up to a bound, and what fills holes always', () => {
  const { mayTake, stored } = scattered()
  let ranges: SeqRanges = []
  let taken = 0
  for (let from = 1; from < 100_000; from += 1_000) {
    const seqs = odd(from, 500)
    if (!mayTake('p:one', seqs)) break
    taken++
    ranges = addSeqs(ranges, seqs)
    stored('p:one', { ranges, keptCount: 500 * taken })
  }
  expect(taken).toBe(4)
  expect(mayTake('p:one', odd(2, 500))).toBe(true)
  expect(mayTake('p:two', odd(1, 500))).toBe(true)
})

test('[BI28] so many streams are one phone’s, and the known ones go on', () => {
  const { mayTake, stored } = scattered()
  for (let i = 0; i < 1_000; i++) stored(`p:${i}`, { ranges: [[1, 1]], keptCount: 1 })
  expect(mayTake('p:new', [1])).toBe(false)
  expect(mayTake('p:7', [2])).toBe(true)
})

test('[BI28] a track is taken up to 300,000 fixes, however many streams and apps write it', () => {
  const { mayTake, stored } = scattered()
  stored('p:one', { ranges: [[1, 200_000]], keptCount: 200_000 })
  stored('t:app', { ranges: [], keptCount: 99_999 })
  expect(mayTake('p:one', [200_001])).toBe(true)
  stored('p:one', { ranges: [[1, 200_001]], keptCount: 200_001 })
  for (const source of ['p:one', 'p:two', 't:app']) expect(mayTake(source, [])).toBe(false)
})
