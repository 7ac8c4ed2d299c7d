import { describe, expect, test } from 'vitest'
import { type Belief, judge, noBelief } from '../../server/core/belief.ts'
import type { Fix } from '../../shared/geo/fix.ts'
import type { Member } from '../../shared/run/state.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { event, NOW_MS, runOf } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, underWay } from '../support/people.ts'

const { members } = runOf(...underWay, p.sets(dana))
const runner = members.get(aidar) as Member
const cyclist = members.get(dana) as Member

/** So many metres north of the start, so many seconds after ten to nine. */
const fixAt = (northM: number, seconds: number, more: Partial<Fix> = {}): Fix => ({
  latitudeDeg: 51.1 + northM / 111_262,
  longitudeDeg: 71.4,
  takenAtMs: NOW_MS - 10 * MINUTE_MS + seconds * SECOND_MS,
  accuracyM: 5,
  ...more,
})
const believing = (fix: Fix): Belief => ({ believed: fix, lastDoubted: null, doubted: 0 })
const start = believing(fixAt(0, 0))

/** What becomes of fixes one after another. */
function verdicts(fixes: readonly Fix[], member = runner, belief: Belief = start): string[] {
  let now = belief
  return fixes.map((fix) => {
    const judged = judge(fix, member, now, NOW_MS)
    if (judged.is !== 'aside') now = judged.belief
    return judged.is === 'aside' ? judged.reason : judged.is
  })
}

describe('put aside, with a reason', () => {
  test('[FX9] by the time the fix itself gives, also where it was put right', () => {
    const said = (saidAtMs: number) => judge(fixAt(0, 0), runner, noBelief, NOW_MS, saidAtMs)
    expect(said(NOW_MS + 5 * MINUTE_MS + 1)).toEqual({ is: 'aside', reason: 'from-the-future' })
    expect(said(0)).toEqual({ is: 'aside', reason: 'outside-sharing' })
    expect(said(NOW_MS).is).toBe('believed')
  })

  test('[FX1] what is more than five minutes ahead of the server', () => {
    const inMs = (ms: number) => fixAt(0, 0, { takenAtMs: NOW_MS + ms })
    expect(verdicts([inMs(5 * MINUTE_MS), inMs(5 * MINUTE_MS + 1)], runner, noBelief)).toEqual([
      'believed',
      'from-the-future',
    ])
  })

  test('[FX2] what was taken while the member did not share, such as last week', () => {
    const stopped = event({ type: 'sharing-stopped', memberId: aidar, toMs: NOW_MS - MINUTE_MS })
    const member = runOf(...underWay, stopped).members.get(aidar) as Member
    const taken = [p.START_MS - 1, p.START_MS, NOW_MS - MINUTE_MS, NOW_MS - MINUTE_MS + 1]
    expect(taken.flatMap((takenAtMs) => verdicts([fixAt(0, 0, { takenAtMs })], member, noBelief))).toEqual([
      'outside-sharing',
      'believed',
      'believed',
      'outside-sharing',
    ])
  })

  test('[FX3] a tracker without a place, which says 0, 0', () => {
    const nowhere = { latitudeDeg: 0.0009, longitudeDeg: -0.0009 }
    expect(verdicts([fixAt(0, 0, nowhere)])).toEqual(['nowhere'])
    expect(verdicts([fixAt(0, 0, { ...nowhere, latitudeDeg: 0.001 })], runner, noBelief)).toEqual(['believed'])
  })
})

describe('in the track, but moving no dot', () => {
  test('[FX4] a fix worse than 150 m, and it says nothing about the next', () => {
    expect(judge(fixAt(0, 9, { accuracyM: 151 }), runner, start, NOW_MS)).toEqual({ is: 'unbelieved', belief: start })
    expect(verdicts([fixAt(0, 9, { accuracyM: 150 })])).toEqual(['believed'])
  })

  test('[FX5] a fix that nobody could reach: 12 m/s for a runner, 35 m/s for others, beyond the doubt of both', () => {
    const slackM = 10
    expect(verdicts([fixAt(10 * 12 + slackM - 1, 10)])).toEqual(['believed'])
    expect(verdicts([fixAt(10 * 12 + slackM + 1, 10)])).toEqual(['unbelieved'])
    expect(verdicts([fixAt(10 * 35 + slackM - 1, 10)], cyclist)).toEqual(['believed'])
    expect(verdicts([fixAt(10 * 35 + slackM + 1, 10)], cyclist)).toEqual(['unbelieved'])
  })

  test('[FX5] two fixes of the same second may lie apart by what is done in one', () => {
    expect(verdicts([fixAt(20, 0)])).toEqual(['believed'])
    expect(verdicts([fixAt(30, 0)])).toEqual(['unbelieved'])
  })

  test('[FX6] until three in a row agree with each other: then they were right', () => {
    const far = [fixAt(5_000, 10), fixAt(5_030, 20), fixAt(5_060, 30), fixAt(5_090, 40)]
    expect(verdicts(far)).toEqual(['unbelieved', 'unbelieved', 'believed', 'believed'])
  })

  test('[FX6] doubtful fixes that contradict each other, or a good one between, begin anew', () => {
    const jumping = [fixAt(5_000, 10), fixAt(9_000, 20), fixAt(5_000, 30), fixAt(9_000, 40)]
    expect(verdicts(jumping)).toEqual(['unbelieved', 'unbelieved', 'unbelieved', 'unbelieved'])
    const between = [fixAt(5_000, 10), fixAt(5_030, 20), fixAt(60, 30), fixAt(5_060, 40)]
    expect(verdicts(between)).toEqual(['unbelieved', 'unbelieved', 'believed', 'unbelieved'])
  })
})

test('[FX7] a missing accuracy is unknown, not perfect: 30 m', () => {
  const { accuracyM: _, ...unsure } = fixAt(10 * 12 + 34, 10)
  const { accuracyM: __, ...tooFar } = fixAt(10 * 12 + 36, 10)
  expect([verdicts([unsure]), verdicts([tooFar])]).toEqual([['believed'], ['unbelieved']])
  const { accuracyM: ___, ...from } = fixAt(0, 0)
  expect(verdicts([fixAt(10 * 12 + 34, 10)], runner, believing(from))).toEqual(['believed'])
})

test('[FX8] the first fix of a member is believed', () => {
  expect(judge(fixAt(0, 0), runner, noBelief, NOW_MS)).toEqual({ is: 'believed', belief: start })
})
