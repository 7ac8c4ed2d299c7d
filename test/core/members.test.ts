import { describe, expect, test } from 'vitest'
import { SECOND_MS } from '../../shared/units.ts'
import { at, event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, sunday, underWay } from '../support/people.ts'

const join = { type: 'join', inviteId: p.invite('friends'), name: 'Asel', phone: null, startNumber: '17' } as const
const asel = p.person('asel')
const invited = event({
  type: 'invite-issued',
  inviteId: p.invite('friends'),
  role: 'runner',
  groupId: null,
  wardId: null,
  maxUses: 1,
  expiresAtMs: NOW_MS + 1,
})
const sharesUntilNow = { untilMs: NOW_MS }

describe('joining', () => {
  test.each([
    ['there is no such invite', []],
    ['it was withdrawn', [invited, { type: 'invite-withdrawn', inviteId: p.invite('friends') }]],
    ['it is used up', [invited, p.joined(mum, 'runner', 9, { inviteId: p.invite('friends') })]],
    ['it has expired', [{ ...invited, expiresAtMs: NOW_MS }]],
    ['the run has ended', [invited, p.ended]],
    ['that seat was given before', [invited, p.joined(asel, 'runner', 9)]],
  ] as const)('[MB1] an invite opens nothing when %s, and the answer is always the same', (_why, history) => {
    given(...sunday, ...history)
      .when(join, asel)
      .isRefused('not-a-member')
  })

  test('[MB2] a newcomer gets the role and group of the invite and the next number, and shares nothing yet', () => {
    const groupId = p.group('red')
    given(...sunday, p.groupAdded('red'), { ...invited, groupId })
      .when({ ...join, phone: '112' }, asel)
      .givesWithWords(
        [
          { key: `name:${asel}`, ownerId: asel, text: 'Asel' },
          { key: `phone:${asel}`, ownerId: asel, text: '112' },
        ],
        p.joined(asel, 'runner', 7, { groupId, startNumber: '17', inviteId: p.invite('friends') }),
        { type: 'phone-set', memberId: asel, isGiven: true },
      )
    expect(runOf(...sunday, p.joined(asel, 'runner', 7)).members.get(asel)).toMatchObject({
      status: 'joined',
      windows: [],
    })
  })

  test('[MB2] each exchange counts as one use of the invite', () => {
    const run = runOf(...sunday, invited, p.joined(asel, 'runner', 7, { inviteId: p.invite('friends') }))
    expect(run.invites.get(p.invite('friends'))).toMatchObject({ uses: 1, maxUses: 1 })
  })
})

describe('pausing, stopping and coming back', () => {
  test('[MB5] who is out pauses, and may change the reason', () => {
    const paused = event({ type: 'member-paused', memberId: aidar, reason: 'toilet' })
    given(...underWay)
      .when({ type: 'pause', reason: 'toilet' }, aidar)
      .gives(paused)
    given(...underWay, paused)
      .when({ type: 'pause', reason: 'toilet' }, aidar)
      .givesNothing()
    given(...underWay, paused)
      .when({ type: 'pause', reason: 'shoe' }, aidar)
      .gives({ type: 'member-paused', memberId: aidar, reason: 'shoe' })
    given(...sunday)
      .when({ type: 'pause', reason: 'shoe' }, aidar)
      .isRefused('not-out')
  })

  test('[MB6] a member stops themself, and their sharing ends at the tap', () => {
    const wish = wishes({ type: 'stop', memberId: aidar, reason: 'finished', untilMs: NOW_MS - SECOND_MS })
    const facts = p.stopped(aidar, NOW_MS - SECOND_MS)
    given(...underWay)
      .when(wish, aidar)
      .gives(facts)
    given(...underWay, facts)
      .when(wish, aidar)
      .givesNothing()
    expect(runOf(...underWay, at(NOW_MS, facts)).members.get(aidar)).toMatchObject({
      status: 'stopped',
      statusAtMs: NOW_MS,
      stopReason: 'finished',
      windows: [{ fromMs: p.START_MS, toMs: NOW_MS - SECOND_MS }],
    })
  })

  test('[MB6] a leader accounts for anyone who takes part, others only for themselves', () => {
    const stop = (memberId: typeof aidar) => wishes({ type: 'stop', memberId, reason: 'got-a-lift', ...sharesUntilNow })
    given(...underWay)
      .when(stop(aidar), lena)
      .gives({ type: 'member-stopped', memberId: aidar, reason: 'got-a-lift', toMs: NOW_MS })
    given(...underWay)
      .when(stop(aidar), dana)
      .isRefused('not-for-your-role')
    given(...underWay)
      .when(stop(mum), lena)
      .isRefused('not-for-your-role')
    given(...underWay)
      .when(stop(asel), lena)
      .isRefused('no-such-thing', 'command.memberId')
  })

  test('[MB7] whoever paused or stopped returns, by themself or by a leader, until the run has ended', () => {
    const back = wishes({ type: 'return', memberId: aidar })
    const returned = event({ type: 'member-returned', memberId: aidar })
    const history = [...underWay, p.stopped(aidar)]
    given(...history)
      .when(back, aidar)
      .gives(returned)
    given(...history)
      .when(back, lena)
      .gives(returned)
    given(...history)
      .when(back, madina)
      .isRefused('not-for-your-role')
    given(...history, p.ended)
      .when(back, aidar)
      .isRefused('run-has-ended')
    given(...underWay)
      .when(back, aidar)
      .givesNothing()
    given(...sunday)
      .when(back, aidar)
      .isRefused('not-out')
    given(...sunday)
      .when({ type: 'return', memberId: asel }, lena)
      .isRefused('no-such-thing', 'command.memberId')
    expect(runOf(...history, returned).members.get(aidar)).toMatchObject({ status: 'out', stopReason: null })
  })
})
