import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addRanges, addSeqs, hasSeq, type SeqRanges } from '../../shared/seq-ranges.ts'

const seqs = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 })

function trouble(ranges: SeqRanges): string {
  for (const [i, [from, to]] of ranges.entries()) {
    if (from > to) return 'upside down'
    if (from <= (ranges[i - 1]?.[1] ?? -1) + 1) return 'touches or overlaps the one before'
  }
  return ''
}

test('[SR1] ranges hold exactly the numbers that were added, in whatever order and however often', () => {
  fc.assert(
    fc.property(seqs, seqs, (first, second) => {
      const ranges = addSeqs(addSeqs([], first), second)
      const had = new Set([...first, ...second])
      expect(trouble(ranges)).toBe('')
      for (let seq = 0; seq <= 62; seq++) expect(hasSeq(ranges, seq)).toBe(had.has(seq))
    }),
  )
})

test('[SR2] two sets of ranges joined are the ranges of all their numbers', () => {
  fc.assert(
    fc.property(seqs, seqs, (first, second) => {
      expect(addRanges(addSeqs([], first), addSeqs([], second))).toEqual(addSeqs([], [...first, ...second]))
    }),
  )
})

test('[SR3] ranges that touch become one', () => {
  expect(addSeqs([[1, 3]], [7, 4, 5])).toEqual([
    [1, 5],
    [7, 7],
  ])
})
