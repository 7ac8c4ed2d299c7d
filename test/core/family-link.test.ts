import { expect, test } from 'vitest'
import { seenBy } from '../../server/core/snapshot.ts'
import type { Member } from '../../shared/run/state.ts'
import { event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, underWay } from '../support/people.ts'

const link = {
  inviteId: p.invite('family'),
  role: 'guardian',
  groupId: null,
  wardId: aidar,
  maxUses: 10,
  expiresAtMs: p.LATEST_END_MS,
} as const
const issued = event({ type: 'invite-issued', ...link })
const issue = (more: object = {}) => wishes({ type: 'issue-invite', ...link, ...more } as never)
const withdraw = wishes({ type: 'withdraw-invite', inviteId: link.inviteId })
const withdrawn = event({ type: 'invite-withdrawn', inviteId: link.inviteId })

test('[MB20] whoever takes part makes a link by which their family watches them, once', () => {
  given(...underWay)
    .when(issue(), aidar)
    .gives(issued)
  given(...underWay)
    .when(issue({ wardId: dana }), dana)
    .gives({ ...issued, wardId: dana })
  given(...underWay, issued)
    .when(issue(), aidar)
    .givesNothing()
})

test.each([
  ['another to be watched', { wardId: madina }],
  ['another role', { role: 'runner', wardId: null }],
  ['a watcher of the whole run', { role: 'watcher', wardId: null }],
  ['nobody to be watched', { wardId: null }],
])('[MB20] but not with %s', (_what, more) => {
  given(...underWay)
    .when(issue(more), aidar)
    .isRefused('not-for-your-role')
})

test('[MB20] for at most ten, into no group, with an end to come, and only in a run that goes on', () => {
  given(...underWay)
    .when(issue({ maxUses: 11 }), aidar)
    .isRefused('malformed', 'command.maxUses')
  given(...underWay, p.groupAdded('red'))
    .when(issue({ groupId: p.group('red') }), aidar)
    .isRefused('malformed', 'command.groupId')
  given(...underWay)
    .when(issue({ expiresAtMs: NOW_MS }), aidar)
    .isRefused('malformed', 'command.expiresAtMs')
  given(...underWay, p.ended)
    .when(issue(), aidar)
    .isRefused('run-has-ended')
  given(...underWay)
    .when(issue({ wardId: mum }), mum)
    .isRefused('not-for-your-role')
  given(...underWay)
    .when(issue({ maxUses: 11 }), lena)
    .gives({ ...issued, maxUses: 11 })
})

test('[MB20] they take back their own, and no other', () => {
  given(...underWay, issued)
    .when(withdraw, aidar)
    .gives(withdrawn)
  given(...underWay, issued, withdrawn)
    .when(withdraw, aidar)
    .givesNothing()
  for (const id of [madina, dana, mum])
    given(...underWay, issued)
      .when(withdraw, id)
      .isRefused('not-for-your-role')
  given(...underWay, event({ ...issued, role: 'runner', wardId: null }))
    .when(withdraw, aidar)
    .isRefused('not-for-your-role')
  given(...underWay)
    .when(withdraw, aidar)
    .isRefused('not-for-your-role')
})

test('[MB20] whoever came by it sees that one and the leaders, and it opens nothing once the run is over', () => {
  const ata = p.person('ata')
  const run = runOf(...underWay, issued, p.joined(ata, 'guardian', 7, { wardId: aidar, inviteId: link.inviteId }))
  expect(
    [...seenBy(run, run.members.get(ata) as Member).members.values()].map(({ memberId }) => memberId).sort(),
  ).toEqual([aidar, ata, lena].sort())
  given(...underWay, issued, p.ended)
    .when({ type: 'join', inviteId: link.inviteId, name: 'Ata', phone: null, startNumber: null }, ata)
    .isRefused('not-a-member')
})
