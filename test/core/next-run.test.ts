import { expect, test } from 'vitest'
import { nextRun } from '../../server/core/next-run.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import { HOUR_MS } from '../../shared/units.ts'
import { at, type Past, runOf } from '../support/given-run.ts'
import { EXPECTED_END_MS, ended, planned, START_MS, started } from '../support/people.ts'

const run = (name: string, ...history: Past[]) => ({ name, head: runOf(...history).head })
const plannedAt = (hours: number): RunEvent => ({
  ...planned,
  plannedStartMs: START_MS + hours * HOUR_MS,
  expectedEndMs: EXPECTED_END_MS + hours * HOUR_MS,
})
const named = (nowMs: number, ...runs: ReturnType<typeof run>[]) => nextRun(runs, nowMs)?.name

test('[CB2] the next one leads, and the live one before it', () => {
  const later = run('later', plannedAt(48))
  const next = run('next', plannedAt(24))
  const over = run('over', planned, started, ended)
  expect(named(START_MS)).toBeUndefined()
  expect(named(START_MS, over)).toBeUndefined()
  expect(named(START_MS, later, next, over)).toBe('next')
  const live = run('live', plannedAt(72), at(START_MS, started))
  expect(named(START_MS, later, next, live, over)).toBe('live')
  const lately = run('lately', planned, at(START_MS + HOUR_MS, started))
  expect(named(START_MS + HOUR_MS, live, lately)).toBe('lately')
  expect(named(START_MS + HOUR_MS, lately, live)).toBe('lately')
})

test('[CB2] one that starts late is still the next, and one that was never started is not, once it would be over', () => {
  const [late, next] = [run('late', planned), run('next', plannedAt(24))]
  expect(named(EXPECTED_END_MS - 1, next, late)).toBe('late')
  expect(named(EXPECTED_END_MS, next, late)).toBe('next')
})
