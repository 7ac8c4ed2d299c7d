import { expect, test } from 'vitest'
import { decide } from '../../server/core/decide.ts'
import type { Observation } from '../../server/core/decision.ts'
import { NOW_MS, runOf } from '../support/given-run.ts'
import { aidar, ended, sets, started, sunday } from '../support/people.ts'

const offRoute: Observation = { is: 'alert', rule: 'off-route', memberId: aidar, sinceMs: NOW_MS - 60_000, value: 80 }
const world = { nowMs: NOW_MS, placeOf: () => undefined, alongM: () => undefined }
const eventsOf = (run: ReturnType<typeof runOf>, ...observations: Observation[]) => {
  const decision = decide(run, { type: 'observe', observations }, null, world)
  return decision.ok ? decision.events : decision.code
}

test('[ND13] what is seen becomes a fact once, however often and by however many it is seen', () => {
  const run = runOf(...sunday, sets(aidar), started)
  expect(eventsOf(run, offRoute, offRoute)).toMatchObject([{ type: 'alert-asked', memberId: aidar }])
  const [asked] = eventsOf(run, offRoute)
  expect(eventsOf(runOf(...sunday, sets(aidar), started, asked as never), offRoute)).toEqual([])
})

test('[ND13] what is seen of a run that is not live is nobody’s business', () => {
  expect(eventsOf(runOf(...sunday, sets(aidar)), offRoute)).toEqual([])
  expect(eventsOf(runOf(...sunday, sets(aidar), started, ended), offRoute)).toEqual([])
})
