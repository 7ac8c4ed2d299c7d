import { describe, expect, test } from 'vitest'
import type { Role } from '../../shared/run/roles.ts'
import type { MemberId } from '../../shared/units.ts'
import { event, given, NOW_MS, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, sunday, timur, underWay } from '../support/people.ts'

const nobody = p.person('nobody')
const withGroup = [...underWay, p.groupAdded('red')]
const change = (memberId: MemberId, role: Role, groupId: ReturnType<typeof p.group> | null = null) =>
  wishes({ type: 'change-member', memberId, role, groupId })
const invite = {
  inviteId: p.invite('friends'),
  role: 'runner',
  groupId: null,
  wardId: null,
  maxUses: 3,
  expiresAtMs: p.LATEST_END_MS,
} as const

test('[MB8] who was removed is a member no more: nothing is told apart from a stranger', () => {
  const removed = event({ type: 'member-removed', memberId: aidar })
  for (const id of [aidar, nobody])
    given(...underWay, removed)
      .when({ type: 'rename', name: 'A' }, id)
      .isRefused('not-a-member')
  given(...underWay, p.raised(1, aidar))
    .when({ type: 'remove-member', memberId: aidar }, lena)
    .gives({ type: 'request-cancelled', requestId: p.request(1), reason: 'author-left' }, removed)
  expect(runOf(...underWay, removed).members.get(aidar)).toMatchObject({
    status: 'removed',
    windows: [{ fromMs: p.START_MS, toMs: p.START_MS }],
  })
})

test('[MB9] another phone for a member is a new seat: its number rises, so the old one speaks no more', () => {
  const reseated = event({ type: 'member-reseated', memberId: aidar, seatNo: 2 })
  const wish = wishes({ type: 'reseat-member', memberId: aidar })
  given(...underWay)
    .when(wish, lena)
    .gives(reseated)
  given(...underWay, reseated)
    .when(wish, lena)
    .gives({ ...reseated, seatNo: 3 })
  given(...underWay)
    .when({ type: 'reseat-member', memberId: lena }, lena)
    .isRefused('malformed', 'command.memberId')
  given(...underWay)
    .when({ type: 'reseat-member', memberId: nobody }, lena)
    .isRefused('no-such-thing', 'command.memberId')
})

describe('[MB10] a leader changes role and group', () => {
  test('[MB10] to another role, or a group that there is', () => {
    given(...withGroup)
      .when(change(aidar, 'cyclist', p.group('red')), lena)
      .gives(p.changed(aidar, 'cyclist', 'red'))
    given(...withGroup)
      .when(change(aidar, 'runner'), lena)
      .givesNothing()
    given(...withGroup)
      .when(change(aidar, 'runner', p.group('blue')), lena)
      .isRefused('no-such-thing', 'command.groupId')
    given(...withGroup)
      .when(change(nobody, 'runner'), lena)
      .isRefused('no-such-thing', 'command.memberId')
  })

  test('[MB10] but never makes a guardian, or anything else of one', () => {
    const ata = p.person('ata')
    const history = [...underWay, p.joined(ata, 'guardian', 7, { wardId: aidar }), p.groupAdded('red')]
    given(...history)
      .when(change(ata, 'runner'), lena)
      .isRefused('malformed', 'command.role')
    given(...history)
      .when(change(aidar, 'guardian'), lena)
      .isRefused('malformed', 'command.role')
    given(...history)
      .when(change(ata, 'guardian', p.group('red')), lena)
      .gives(p.changed(ata, 'guardian', 'red'))
  })

  test('[MB10] whoever helps no more gives back their claims', () => {
    given(...underWay, p.raised(1, aidar), p.claimed(1, dana))
      .when(change(dana, 'runner'), lena)
      .gives(
        { type: 'request-released', requestId: p.request(1), reason: 'helper-left' },
        p.changed(dana, 'runner', null),
        p.claimed(1, timur, { isAutomatic: true }),
      )
  })

  test('[MB10] whoever takes part no more shares no more, and nothing is brought to them', () => {
    given(...underWay, p.raised(1, aidar))
      .when(change(aidar, 'watcher'), lena)
      .gives(
        { type: 'request-cancelled', requestId: p.request(1), reason: 'author-left' },
        { type: 'sharing-stopped', memberId: aidar, toMs: NOW_MS },
        p.changed(aidar, 'watcher', null),
      )
  })
})

test('[MB11] the last leader is neither removed nor made something else; with another one they may be', () => {
  const remove = wishes({ type: 'remove-member', memberId: lena })
  const gulnar = p.joined(p.person('gulnar'), 'leader', 7)
  for (const wish of [remove, change(lena, 'runner')])
    given(...underWay)
      .when(wish, lena)
      .isRefused('last-leader')
  given(...underWay, gulnar)
    .when(remove, lena)
    .gives({ type: 'member-removed', memberId: lena })
  given(...underWay, gulnar)
    .when(change(lena, 'runner'), lena)
    .gives(p.changed(lena, 'runner', null))
  given(...underWay, gulnar, { type: 'member-removed', memberId: gulnar.memberId })
    .when(remove, lena)
    .isRefused('last-leader')
})

test('[MB17] a leader hands leadership to anyone who takes part, and runs on as a runner', () => {
  const pass = (toMemberId: MemberId) => wishes({ type: 'pass-leadership', toMemberId })
  const passed = event({ type: 'leadership-passed', fromMemberId: lena, toMemberId: aidar })
  given(...underWay, p.raised(1, madina), p.claimed(1, lena))
    .when(pass(aidar), lena)
    .gives({ type: 'request-released', requestId: p.request(1), reason: 'helper-left' }, passed)
  given(...underWay)
    .when(pass(lena), lena)
    .givesNothing()
  for (const id of [mum, nobody])
    given(...underWay)
      .when(pass(id), lena)
      .isRefused('no-such-thing', 'command.toMemberId')
  const { members } = runOf(...underWay, passed)
  expect([members.get(lena)?.role, members.get(aidar)?.role]).toEqual(['runner', 'leader'])
})

describe('[MB18] a leader gives out invites', () => {
  const issue = (more: object = {}) => wishes({ type: 'issue-invite', ...invite, ...more })

  test('[MB18] each with a role, a count and an end, once', () => {
    given(...underWay)
      .when(issue(), lena)
      .gives({ type: 'invite-issued', ...invite })
    given(...underWay, { type: 'invite-issued', ...invite })
      .when(issue(), lena)
      .givesNothing()
    given(...underWay, p.ended)
      .when(issue(), lena)
      .isRefused('run-has-ended')
    given(...underWay)
      .when(issue({ expiresAtMs: NOW_MS }), lena)
      .isRefused('malformed', 'command.expiresAtMs')
    given(...underWay)
      .when(issue({ groupId: p.group('red') }), lena)
      .isRefused('no-such-thing', 'command.groupId')
  })

  test.each([
    ['names a child', { role: 'guardian', wardId: aidar }, true],
    ['names nobody', { role: 'guardian' }, false],
    ['names a stranger', { role: 'guardian', wardId: nobody }, false],
    ['names one who was removed', { role: 'guardian', wardId: madina }, false],
    ['is no guardian, but names a child', { role: 'runner', wardId: aidar }, false],
  ])('[MB18] a guardian watches one child: an invite that %s', (_what, more, isFine) => {
    const answer = given(...underWay, { type: 'member-removed', memberId: madina }).when(issue(more), lena)
    if (isFine) answer.gives({ type: 'invite-issued', ...invite, ...(more as object) })
    else answer.isRefused('malformed', 'command.wardId')
  })

  test('[MB18] and takes them back', () => {
    const withdraw = wishes({ type: 'withdraw-invite', inviteId: invite.inviteId })
    const withdrawn = event({ type: 'invite-withdrawn', inviteId: invite.inviteId })
    const history = [...underWay, event({ type: 'invite-issued', ...invite })]
    given(...history)
      .when(withdraw, lena)
      .gives(withdrawn)
    given(...history, withdrawn)
      .when(withdraw, lena)
      .givesNothing()
    given(...underWay)
      .when(withdraw, lena)
      .isRefused('no-such-thing', 'command.inviteId')
  })
})

test('[MB22] with a leader who is removed, made something else by another, or moved to another phone go the links that make leaders', () => {
  const inviteOf = (name: string, role: Role) =>
    event({ type: 'invite-issued', ...invite, inviteId: p.invite(name), role })
  const history = [...underWay, event({ type: 'member-changed', memberId: dana, role: 'leader', groupId: null })]
  const links = [
    inviteOf('lead', 'leader'),
    inviteOf('help', 'cyclist'),
    inviteOf('too', 'leader'),
    inviteOf('gone', 'leader'),
  ]
  const gone = event({ type: 'invite-withdrawn', inviteId: p.invite('gone') })
  const withdrawn = ['lead', 'too'].map((name) => event({ type: 'invite-withdrawn', inviteId: p.invite(name) }))
  const withLinks = () => given(...history, ...links, gone)
  withLinks()
    .when(wishes({ type: 'remove-member', memberId: dana }), lena)
    .gives(...withdrawn, event({ type: 'member-removed', memberId: dana }))
  withLinks()
    .when(wishes({ type: 'reseat-member', memberId: dana }), lena)
    .gives(event({ type: 'member-reseated', memberId: dana, seatNo: 2 }), ...withdrawn)
  withLinks()
    .when(change(dana, 'cyclist'), lena)
    .gives(...withdrawn, event({ type: 'member-changed', memberId: dana, role: 'cyclist', groupId: null }))
  withLinks()
    .when(change(dana, 'cyclist'), dana)
    .gives(event({ type: 'member-changed', memberId: dana, role: 'cyclist', groupId: null }))
  withLinks()
    .when(wishes({ type: 'remove-member', memberId: aidar }), lena)
    .gives(event({ type: 'member-removed', memberId: aidar }))
})

test.each([
  wishes({ type: 'issue-invite', ...invite }),
  wishes({ type: 'withdraw-invite', inviteId: invite.inviteId }),
  change(aidar, 'leader'),
  wishes({ type: 'remove-member', memberId: aidar }),
  wishes({ type: 'reseat-member', memberId: aidar }),
  wishes({ type: 'pass-leadership', toMemberId: aidar }),
])('[MB19] nobody but a leader decides who belongs to the run: $type', (wish) => {
  for (const id of [aidar, dana, mum])
    given(...sunday)
      .when(wish, id)
      .isRefused('not-for-your-role')
})
