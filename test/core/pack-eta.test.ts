import { expect, test } from 'vitest'
import { comingBy, etaTo } from '../../shared/pack/eta.ts'
import { noPassages } from '../../shared/pack/passages.ts'
import { memberOf, progressOf, steady } from '../support/on-route.ts'
import { person } from '../support/people.ts'

const runner = memberOf('a', steady(3), 1_000)

test('[PK10] a place ahead has a time by the forecast pace, and a range that widens with the way and late more than early', () => {
  const [near, far] = [etaTo(runner, 3_300), etaTo(runner, 9_000)]
  expect(near).toMatchObject({ kind: 'coming', atMs: 1_100_000 })
  expect(far).toMatchObject({ kind: 'coming', atMs: 3_000_000 })
  if (near.kind !== 'coming' || far.kind !== 'coming' || far.latestMs === null || near.latestMs === null) throw near
  expect(far.latestMs - far.atMs).toBeGreaterThan(far.atMs - far.earliestMs)
  expect(far.latestMs - far.earliestMs).toBeGreaterThan(10 * (near.latestMs - near.earliestMs))
  // 10 % of log-normal: pace 5 % uncertain, 1.28 deviations of it.
  expect(far.latestMs - far.atMs).toBeCloseTo(2_000_000 * (Math.exp(1.2816 * 0.05) - 1), -2)
})

test('[PK10] a place passed has its moment, and one from before anything was known has none', () => {
  expect(etaTo(runner, 1_500)).toEqual({ kind: 'passed', atMs: 500_000 })
  expect(etaTo(runner, 3_000)).toEqual({ kind: 'passed', atMs: 1_000_000 })
  expect(etaTo({ ...runner, passages: noPassages }, 1_500)).toEqual({ kind: 'passed', atMs: null })
})

test('[PK10] a place passed by dead reckoning alone was expected, not passed', () => {
  const reckoned = { ...runner, progress: progressOf(3_180, 1_060, { takenAtMs: 1_000_000, spreadM: 20 }) }
  expect(etaTo(reckoned, 3_150)).toMatchObject({ kind: 'coming', atMs: 1_050_000 })
})

test('[PK10] who stands may stand on, and of who is off route, unsure or without a pace nothing is said', () => {
  const etaWhen = (said: object) => etaTo({ ...runner, progress: progressOf(3_000, 1_000, said) }, 4_000)
  expect(etaWhen({ isStopped: true })).toMatchObject({ kind: 'coming', latestMs: null })
  expect(etaWhen({ isOffRoute: true })).toEqual({ kind: 'unknown', because: 'off-route' })
  expect(etaWhen({ confidence: 0.4 })).toEqual({ kind: 'unknown', because: 'unsure' })
  expect(etaWhen({ forecastMps: 0.1 })).toEqual({ kind: 'unknown', because: 'no-pace' })
})

test('[PK11] who comes by a place next is told with its pass and time, the soonest first', () => {
  const members = [memberOf('slow', steady(2, 100), 1_000), runner, memberOf('home', steady(6), 1_000)]
  const coming = comingBy(members, [1_900, 3_900, 5_900])
  expect(coming.map(({ memberId, passM, eta }) => [memberId, passM, eta.atMs])).toEqual([
    [person('slow'), 1_900, expect.closeTo(1_033_333, 0)],
    [person('a'), 3_900, 1_300_000],
  ])
  expect(comingBy(members, [])).toEqual([])
})
