import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fix } from '../../shared/geo/fix.ts'
import {
  fixesOf,
  KEPT_FIXES,
  type Rerun,
  rerunFrom,
  runOn,
  startedOver,
  withFixes,
} from '../../shared/geo/progress/rerun.ts'

/** A filter that only remembers what it was given, so that any other order shows. */
type Given = readonly number[]
const step = (given: Given, { takenAtMs }: Fix): Given => [...given, takenAtMs]
const fix = (takenAtMs: number): Fix => ({ latitudeDeg: 51, longitudeDeg: 71, takenAtMs })
const empty = rerunFrom<Given>({ state: [], throughMs: 0 })
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
const ran = (rerun: Rerun<Given>, ...times: number[]) => runOn(withFixes(rerun, times.map(fix)), step, 1_000)

test('[PG20] whatever order fixes come in, and however they are run, the state is as if they had come in theirs', () => {
  const arrivals = fc.shuffledSubarray(upTo(120), { minLength: 1 })
  const sizes = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 1, max: 30 }), sizes, (times, inOne, runs) => {
      let rerun = empty
      for (let at = 0, turn = 0; at < times.length; at += inOne, turn++)
        rerun = runOn(withFixes(rerun, times.slice(at, at + inOne).map(fix)), step, runs[turn % runs.length] ?? 0)
      while (rerun.waiting.length > 0) rerun = runOn(rerun, step, 7)
      const inOrder = times.toSorted((a, b) => a - b)
      expect(rerun.newest).toEqual({ state: inOrder, throughMs: inOrder.at(-1) })
    }),
  )
})

test('[PG21] while the filter runs again what is shown stays, takes in what comes live, and changes when it has caught up', () => {
  const there = ran(empty, ...upTo(10), 900)
  const late = withFixes(there, upTo(300).map(fix))
  const behind = runOn(late, step, 50)
  expect(behind.newest).toEqual(there.newest)
  const live = runOn(withFixes(behind, [fix(901)]), step, 50)
  expect(live.newest).toEqual({ state: [...upTo(10), 900, 901], throughMs: 901 })
  expect(runOn(live, step, 1_000).newest).toEqual({ state: [...upTo(300), 900, 901], throughMs: 901 })
})

test('[PG22] at most as many fixes are run as were asked for, and a late one costs those since a checkpoint', () => {
  let count = 0
  const counting = (given: Given, one: Fix): Given => {
    count++
    return step(given, one)
  }
  const first = runOn(withFixes(empty, upTo(300).map(fix)), counting, 120)
  expect([count, first.waiting.length]).toEqual([120, 180])
  const all = runOn(first, counting, 1_000)
  count = 0
  const again = runOn(withFixes(all, [fix(270.5)]), counting, 1_000)
  expect(count).toBeLessThanOrEqual(31 + 40)
  expect(again.newest.state).toHaveLength(301)
})

test('[PG23] a fix that comes again changes nothing', () => {
  const there = ran(empty, ...upTo(50))
  expect(withFixes(there, upTo(50).map(fix))).toEqual(there)
})

test('[PG24] so many fixes are kept, and what is older than them is settled', () => {
  let rerun = empty
  for (const at of upTo(5_000)) rerun = ran(rerun, at)
  const fixes = fixesOf(rerun.parts)
  expect(fixes.length).toBeGreaterThanOrEqual(KEPT_FIXES)
  expect(fixes.length).toBeLessThan(KEPT_FIXES + 50)
  expect(rerun.parts.length).toBeLessThan(15)
  const oldest = fixes[0]?.takenAtMs ?? 0
  expect(withFixes(rerun, [fix(oldest - 1.5)])).toEqual(rerun)
  expect(ran(rerun, oldest + 0.5).newest.state).toHaveLength(5_001)
})

test('[PG24] what was taken before the state it begins with is settled', () => {
  const moved = rerunFrom<Given>({ state: [1, 5], throughMs: 5 })
  expect(ran(moved, 3, 5, 7).newest).toEqual({ state: [1, 5, 7], throughMs: 7 })
})

test('[PG25] on another route the kept fixes are run anew', () => {
  const over = startedOver(ran(empty, ...upTo(60)), { state: [], throughMs: 0 })
  expect([over.waiting.length, over.newest.state]).toEqual([60, []])
  expect(runOn(over, step, 1_000).newest.state).toEqual(upTo(60))
})

test('[PG39] of fixes nearer to each other than asked for only some are run, whenever they come', () => {
  const seconds = (...times: number[]) => times.map((s) => fix((100 + s) * 1_000))
  const taken = (rerun: Rerun<Given>, ...times: number[]) =>
    runOn(withFixes(rerun, seconds(...times), 1_900), step, 1_000)
  let live = empty
  for (const s of upTo(20)) live = taken(live, s)
  expect(live.newest.state).toEqual(seconds(1, 3, 5, 7, 9, 11, 13, 15, 17, 19).map(({ takenAtMs }) => takenAtMs))
  // What was left out, sent again, is as good as there.
  expect(taken(live, 2, 4, 18, 19, 20).newest).toEqual(live.newest)
  // A late one with nothing near it is taken in, and of a backlog as many as of live ones.
  const gap = taken(taken(empty, 1, 3), 30)
  expect(taken(gap, 10, 4).newest.state).toEqual([101_000, 103_000, 110_000, 130_000])
  expect(taken(empty, ...upTo(9)).newest.state).toEqual([101_000, 103_000, 105_000, 107_000, 109_000])
})
