import { expect, test } from 'vitest'
import { meetingNow, rhythmFor } from '../../server/core/rhythm.ts'
import type { MemberId } from '../../shared/units.ts'
import { runOf } from '../support/given-run.ts'
import { aidar, claimed, dana, madina, raised, underWay } from '../support/people.ts'

const rates = { fixEveryMs: 5_000, frameEveryMs: 2_000 }
const plain = { isMeeting: false, isSeen: true, isWatching: false, wantsEveryMs: undefined }
const at = (places: Readonly<Record<string, number>>) => (memberId: MemberId) => {
  const northM = places[memberId]
  return northM === undefined ? undefined : { latitudeDeg: 51 + northM / 111_200, longitudeDeg: 71, takenAtMs: 0 }
}

test('[RY1] on the way to a hand-over, within 500 m, phones send and are sent to every second', () => {
  expect(rhythmFor(rates, { ...plain, isMeeting: true })).toEqual({ fixEveryMs: 1_000, frameEveryMs: 1_000 })
  expect(rhythmFor({ fixEveryMs: 500, frameEveryMs: 500 }, { ...plain, isMeeting: true })).toEqual({
    fixEveryMs: 500,
    frameEveryMs: 500,
  })
  const run = runOf(...underWay, raised(1, aidar), claimed(1, dana))
  expect(meetingNow(run, at({ [aidar]: 0, [dana]: 600, [madina]: 0 }))).toEqual(new Set())
  expect(meetingNow(run, at({ [aidar]: 0, [dana]: 400, [madina]: 0 }))).toEqual(new Set([aidar, dana]))
  expect(meetingNow(run, at({ [aidar]: 0 }))).toEqual(new Set([aidar, dana]))
  expect(meetingNow(runOf(...underWay, raised(1, aidar)), at({ [aidar]: 0 }))).toEqual(new Set())
})

test('[RY2] a phone that nobody looks at sends a third as often', () => {
  expect(rhythmFor(rates, plain).fixEveryMs).toBe(5_000)
  expect(rhythmFor(rates, { ...plain, isSeen: false }).fixEveryMs).toBe(15_000)
})

test('[RY3] a watcher is sent frames every five seconds, and everybody as often as they ask', () => {
  expect(rhythmFor(rates, { ...plain, isWatching: true }).frameEveryMs).toBe(5_000)
  expect(rhythmFor(rates, { ...plain, isWatching: true, wantsEveryMs: 1_000 }).frameEveryMs).toBe(1_000)
  expect(rhythmFor(rates, { ...plain, wantsEveryMs: 30_000, isMeeting: true }).frameEveryMs).toBe(1_000)
})

test('[RY4] whoever calls for help sends often until it is over, whoever comes', () => {
  const run = runOf(...underWay, raised(1, aidar, { kind: 'help' }))
  expect(meetingNow(run, at({ [aidar]: 0 }))).toEqual(new Set([aidar]))
})
