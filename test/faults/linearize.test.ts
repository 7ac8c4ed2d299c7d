import { expect, test } from 'vitest'
import { isExplained, type Model } from './linearize.ts'

type Write = { readonly write: number } | { readonly read: number }

const register: Model<number, Write> = {
  initial: 0,
  keyOf: String,
  step: (state, op) => ('write' in op ? op.write : op.read === state ? state : undefined),
}
const between = (fromMs: number, toMs: number, op: Write) => ({ op, fromMs, toMs })
const ends = (value: number) => (state: number) => state === value

test('[G1] operations one after the other have one order', () => {
  const history = [between(0, 1, { write: 1 }), between(2, 3, { write: 2 }), between(4, 5, { read: 2 })]
  expect(isExplained(history, register, ends(2))).toBe(true)
  expect(isExplained(history, register, ends(1))).toBe(false)
  expect(isExplained([...history, between(6, 7, { read: 1 })], register, ends(2))).toBe(false)
})

test('[G1] operations at the same time may have any order, but one that fits all answers', () => {
  const both = [between(0, 10, { write: 1 }), between(0, 10, { write: 2 })]
  expect(isExplained(both, register, ends(1))).toBe(true)
  expect(isExplained(both, register, ends(2))).toBe(true)
  expect(isExplained([...both, between(11, 12, { read: 1 })], register, ends(2))).toBe(false)
})

test('[G1] what was never answered may have happened, also late, or not', () => {
  const unknown = between(0, Infinity, { write: 1 })
  expect(isExplained([unknown], register, ends(0))).toBe(true)
  expect(isExplained([unknown, between(5, 6, { read: 0 }), between(7, 8, { read: 1 })], register, ends(1))).toBe(true)
  expect(isExplained([between(5, 6, { read: 1 }), between(7, Infinity, { write: 1 })], register, ends(1))).toBe(false)
})

test('[G1] a history too long to search is said to be so', () => {
  const many = Array.from({ length: 31 }, (_, i) => between(i, i, { write: i }))
  expect(() => isExplained(many, register, ends(0))).toThrow(RangeError)
})
