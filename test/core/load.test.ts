import { expect, test } from 'vitest'
import { type Load, loadAfter, noLoad, shedding } from '../../server/core/load.ts'

/** A tick each 50 ms for so long, each so late. */
function after(load: Load, seconds: number, lateMs: number, fromMs = 0): { load: Load; atMs: number } {
  let now = load
  let atMs = fromMs
  for (; atMs <= fromMs + seconds * 1_000; atMs += 50) now = loadAfter(now, lateMs, atMs)
  return { load: now, atMs }
}

test('[LD1] ticks that stay late for two seconds leave out more: overview detail first, then frames', () => {
  expect(after(noLoad, 1.9, 200).load.level).toBe(0)
  expect(after(noLoad, 2, 200).load.level).toBe(1)
  expect(after(noLoad, 4.1, 200).load.level).toBe(2)
  expect(after(noLoad, 60, 200).load.level).toBe(3)
  expect(shedding(0)).toEqual({ turnsTimes: 1, everyTimes: 1 })
  expect(shedding(1)).toEqual({ turnsTimes: 4, everyTimes: 1 })
  expect(shedding(2).everyTimes).toBe(2)
  expect(shedding(3).everyTimes).toBe(4)
})

test('[LD2] a single late tick is no overload', () => {
  const before = after(noLoad, 1.9, 200)
  const once = loadAfter(before.load, 40, before.atMs)
  expect(after(once, 1.9, 200, before.atMs).load.level).toBe(0)
})

test('[LD3] five calm seconds bring a level back, until nothing is left out', () => {
  const loaded = after(noLoad, 60, 200)
  expect(after(loaded.load, 4.9, 5, loaded.atMs).load.level).toBe(3)
  expect(after(loaded.load, 5, 5, loaded.atMs).load.level).toBe(2)
  expect(after(loaded.load, 20, 5, loaded.atMs).load.level).toBe(0)
  // Neither late nor calm: it stays.
  expect(after(loaded.load, 60, 80, loaded.atMs).load.level).toBe(3)
})
