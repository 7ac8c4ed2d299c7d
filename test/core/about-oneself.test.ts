import { describe, expect, test } from 'vitest'
import { contactOf, contactText } from '../../shared/run/emergency.ts'
import { by, event, given, NOW_MS, type Past, runOf, wishes } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, mum, sunday, timur, underWay } from '../support/people.ts'

describe('about oneself', () => {
  test('[MB12] a name, a number and a note are words, and never in a fact', () => {
    given(...sunday)
      .when({ type: 'rename', name: 'Aidar K' }, aidar)
      .givesWithWords([{ key: `name:${aidar}`, ownerId: aidar, text: 'Aidar K' }], {
        type: 'member-renamed',
        memberId: aidar,
      })
    given(...sunday)
      .when({ type: 'set-phone', phone: '112' }, aidar)
      .givesWithWords([{ key: `phone:${aidar}`, ownerId: aidar, text: '112' }], {
        type: 'phone-set',
        memberId: aidar,
        isGiven: true,
      })
  })

  test('[MB12] a number taken back is a word without text, which deletes it', () => {
    given(...sunday)
      .when({ type: 'set-phone', phone: null }, aidar)
      .givesWithWords([{ key: `phone:${aidar}`, ownerId: aidar, text: '' }], {
        type: 'phone-set',
        memberId: aidar,
        isGiven: false,
      })
  })

  test('[MB21] whom to call and what helpers must know are words, and one or both can be taken back', () => {
    const set = (hasContact: boolean, hasNote: boolean) =>
      event({ type: 'emergency-set', memberId: aidar, hasContact, hasNote })
    const word = (kind: string, text: string) => ({ key: `${kind}:${aidar}`, ownerId: aidar, text })
    const contact = { name: 'Aigul, wife', phone: '+7 701 000 00 00' }
    given(...sunday)
      .when({ type: 'set-emergency', contact, note: 'asthma' }, aidar)
      .givesWithWords([word('emergency', 'Aigul, wife, +7 701 000 00 00'), word('medical', 'asthma')], set(true, true))
    given(...sunday)
      .when({ type: 'set-emergency', contact: null, note: 'asthma' }, aidar)
      .givesWithWords([word('emergency', ''), word('medical', 'asthma')], set(false, true))
    given(...sunday)
      .when({ type: 'set-emergency', contact, note: null }, mum)
      .isRefused('not-for-your-role')
    expect(contactOf(contactText(contact))).toEqual(contact)
  })

  test.each([
    ['cold', 'cold', true],
    [null, '', false],
  ])('[MB13] "my usual" is set before the start, with the note %s', (note, text, hasNote) => {
    const usual = { kind: 'isotonic', quantity: 2 } as const
    given(...sunday)
      .when({ type: 'set-usual', ...usual, note }, aidar)
      .givesWithWords([{ key: `usual:${aidar}`, ownerId: aidar, text }], {
        type: 'usual-set',
        memberId: aidar,
        ...usual,
        hasNote,
      })
  })

  test('[MB14] up to five tracker apps write a track for a member, each attached once', () => {
    const attached = [1, 2, 3, 4, 5].map((no) =>
      event({ type: 'tracker-attached', memberId: aidar, trackerId: p.tracker(no) }),
    )
    const one = wishes({ type: 'attach-tracker', trackerId: p.tracker(1) })
    given(...sunday)
      .when(one, aidar)
      .gives(...attached.slice(0, 1))
    given(...sunday, ...attached)
      .when(one, aidar)
      .givesNothing()
    given(...sunday, ...attached)
      .when({ type: 'attach-tracker', trackerId: p.tracker(6) }, aidar)
      .isRefused('too-many')
    given(...sunday, ...attached)
      .when({ type: 'detach-tracker', trackerId: p.tracker(5) }, aidar)
      .gives({ type: 'tracker-detached', memberId: aidar, trackerId: p.tracker(5) })
    given(...sunday)
      .when({ type: 'detach-tracker', trackerId: p.tracker(5) }, aidar)
      .givesNothing()
  })

  test.each([
    { type: 'start-sharing', sinceMs: NOW_MS },
    { type: 'pause', reason: 'rest' },
    { type: 'stop', memberId: mum, reason: 'finished', untilMs: NOW_MS },
    { type: 'return', memberId: mum },
    { type: 'set-usual', kind: 'water', quantity: 1, note: null },
    { type: 'attach-tracker', trackerId: p.tracker(1) },
    { type: 'raise-request', requestId: p.request(1), kind: 'help', quantity: 1, note: null },
    { type: 'record-hand-over', handOverId: p.handOver(1), runnerId: aidar, kind: 'water', quantity: 1 },
  ] as const)('[MB16] a watcher changes nothing but their own name and number: no $type', (wish) => {
    given(...underWay)
      .when(wish, mum)
      .isRefused('not-for-your-role')
    given(...underWay, p.sets(mum), p.changed(mum, 'watcher', null))
      .when(wish, mum)
      .isRefused('not-for-your-role')
  })
})

describe('erasing oneself', () => {
  const erased = (memberId: typeof aidar) => event({ type: 'member-erased', memberId })

  test('[MB15] anybody may at any time, also when the run has ended', () => {
    for (const id of [aidar, mum])
      given(...underWay, p.ended)
        .when({ type: 'erase-me' }, id)
        .gives(erased(id))
    expect(runOf(...underWay, erased(aidar)).members.get(aidar)).toMatchObject({
      status: 'removed',
      isErased: true,
      windows: [],
      trackerIds: [],
      usual: null,
      hasPhone: false,
    })
  })

  test('[MB15] what was known of them is not there any more', () => {
    const known: Past[] = [
      by(lena, event({ type: 'members-seen', memberIds: [aidar], atM: 4_200 })),
      event({ type: 'minor-set', memberId: aidar, isMinor: true }),
      event({ type: 'drunk', memberId: aidar, drinkMl: 150 }),
    ]
    const member = runOf(...underWay, ...known, event({ type: 'member-erased', memberId: aidar })).members.get(aidar)
    expect(member).toMatchObject({ seen: null, isMinor: false, drunk: [], drinkPlan: null, windows: [] })
  })

  test('[MB15] what they asked for goes, what they had promised is offered again', () => {
    given(...underWay, p.raised(1, dana, { kind: 'gel' }), p.raised(2, aidar), p.claimed(2, dana))
      .when({ type: 'erase-me' }, dana)
      .gives(
        { type: 'request-cancelled', requestId: p.request(1), reason: 'author-left' },
        { type: 'request-released', requestId: p.request(2), reason: 'helper-left' },
        erased(dana),
        p.claimed(2, timur, { isAutomatic: true }),
      )
  })

  test.each([
    ['the cyclist who joined first', sunday, dana],
    ['else the runner who joined first', sunday.slice(0, 4), aidar],
  ])('[MB15] the last leader passes the lead to %s', (_who, history, heirId) => {
    given(...history)
      .when({ type: 'erase-me' }, lena)
      .gives({ type: 'leadership-passed', fromMemberId: lena, toMemberId: heirId }, erased(lena))
  })

  test('[MB15] nobody leads where nobody is left to', () => {
    given(...sunday.slice(0, 2), p.joined(mum, 'watcher', 2))
      .when({ type: 'erase-me' }, lena)
      .gives(erased(lena))
  })
})
