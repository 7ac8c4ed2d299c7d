import { describe, expect, test } from 'vitest'
import { seenBy } from '../../server/core/snapshot.ts'
import { sightOf } from '../../server/core/visibility.ts'
import type { Member } from '../../shared/run/state.ts'
import type { MemberId } from '../../shared/units.ts'
import { by, event, given, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, underWay } from '../support/people.ts'

const messageId = p.message(1)
const sent = (groupName: string | null) =>
  event({ type: 'message-sent', messageId, groupId: groupName === null ? null : p.group(groupName) })
const send = (groupName: string | null = null) =>
  wishes({ type: 'send-message', messageId, text: 'Breakfast!', groupId: groupName && p.group(groupName) } as never)
const seen = (memberId: MemberId) => event({ type: 'message-seen', messageId, memberId })
const see = wishes({ type: 'see-message', messageId })
const words = [{ key: `message:${messageId}`, ownerId: lena, text: 'Breakfast!' }]
const toAll = [...underWay, by(lena, sent(null))]
const toRed = [...underWay, p.groupAdded('red'), p.changed(aidar, 'runner', 'red'), by(lena, sent('red'))]

test('[MS1] a leader sends a message to all or to a group, once', () => {
  given(...underWay)
    .when(send(), lena)
    .givesWithWords(words, sent(null))
  given(...underWay, p.groupAdded('red'))
    .when(send('red'), lena)
    .givesWithWords(words, sent('red'))
  given(...toAll)
    .when(send(), lena)
    .givesNothing()
  given(...underWay)
    .when(send('red'), lena)
    .isRefused('no-such-thing', 'command.groupId')
  given(...underWay, p.ended)
    .when(send(), lena)
    .isRefused('run-has-ended')
  for (const id of [aidar, dana, mum])
    given(...underWay)
      .when(send(), id)
      .isRefused('not-for-your-role')
})

describe('seeing a message', () => {
  test('[MS2] each member counts once', () => {
    given(...toAll)
      .when(see, aidar)
      .gives(seen(aidar))
    given(...toAll, seen(aidar))
      .when(see, aidar)
      .givesNothing()
    const run = runOf(...toAll, seen(aidar), seen(aidar), seen(madina))
    expect(run.messages.get(messageId)?.seenCount).toBe(2)
  })

  test('[MS3] those who only watch are not counted on', () => {
    const ata = p.person('ata')
    given(...toAll)
      .when(see, mum)
      .givesNothing()
    given(...underWay, p.joined(ata, 'guardian', 7, { wardId: aidar }), by(lena, sent(null)))
      .when(see, ata)
      .givesNothing()
  })

  test('[MS4] a message to another group does not exist', () => {
    given(...toRed)
      .when(see, aidar)
      .gives(seen(aidar))
    given(...toRed)
      .when(see, madina)
      .isRefused('no-such-thing', 'command.messageId')
    given(...underWay)
      .when(see, madina)
      .isRefused('no-such-thing', 'command.messageId')
  })
})

test('[MS5] how many have seen it is told to its author and leaders of the whole run, to others only their own', () => {
  const gulnar = p.person('gulnar')
  const history = [...underWay, p.groupAdded('red'), p.joined(gulnar, 'leader', 7, { groupId: p.group('red') })]
  const run = runOf(...history, by(gulnar, sent(null)), seen(aidar), seen(madina))
  const countFor = (id: MemberId) => seenBy(run, run.members.get(id) as Member).messages.get(messageId)?.seenCount
  expect([gulnar, lena, aidar, dana].map(countFor)).toEqual([2, 2, 1, 0])
  const sightFor = (id: MemberId) => sightOf(run, run, seen(aidar), id)
  expect([gulnar, lena, aidar, dana].map(sightFor)).toEqual(['shown', 'shown', 'shown', 'hidden'])
})
