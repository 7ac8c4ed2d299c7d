import { describe, expect, test } from 'vitest'
import { wordsOfFacts } from '../../server/core/snapshot.ts'
import { sightOf } from '../../server/core/visibility.ts'
import { PersistentMap } from '../../shared/persistent-map.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { Member } from '../../shared/run/state.ts'
import { everyEvent } from '../support/every-event.ts'
import { by, event, factsOf, type Past, runOf } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, raised, timur, underWay } from '../support/people.ts'

const requestId = p.request(1)
/** Aidar and Timur are red, all others of no group. */
const groups: readonly Past[] = [
  ...underWay,
  p.groupAdded('red'),
  p.changed(aidar, 'runner', 'red'),
  p.changed(timur, 'cyclist', 'red'),
]
const sight = (viewerId: typeof aidar, history: readonly Past[], news: Past) => {
  const fact = 'event' in news ? news.event : news
  return sightOf(runOf(...history), runOf(...history, news), fact, viewerId)
}
const inHelp = [...groups, raised(1, aidar, { kind: 'help' })]
const heldByTimur = [...underWay, p.groupAdded('red'), p.changed(timur, 'cyclist', 'red')]
const helped = [...heldByTimur, raised(1, aidar, { kind: 'help' }), p.claimed(1, timur)]

describe('[VS14] a fact is shown to who may see what it is about', () => {
  test.each([
    ['one’s own pause', aidar, { type: 'member-paused', memberId: aidar, reason: 'shoe' }, 'shown'],
    ['a pause in another group', madina, { type: 'member-paused', memberId: aidar, reason: 'shoe' }, 'hidden'],
    ['a change of a member one sees neither before nor after', madina, p.changed(aidar, 'cyclist', 'red'), 'hidden'],
    ['a change of a member one sees before and after', dana, p.changed(aidar, 'cyclist', 'red'), 'shown'],
    ['a stranger’s tracker', madina, { type: 'tracker-attached', memberId: aidar, trackerId: p.tracker(1) }, 'hidden'],
    ['an invite', dana, everyEvent['invite-issued'], 'hidden'],
    ['an invite, for a leader of no group', lena, everyEvent['invite-issued'], 'shown'],
    ['the start', mum, { type: 'run-started' }, 'shown'],
    ['guests, for a watcher', mum, everyEvent['guests-counted'], 'hidden'],
    ['guests, for a cyclist', dana, everyEvent['guests-counted'], 'shown'],
    ['a wish in another group', madina, raised(1, aidar), 'hidden'],
  ] as const)('[VS14] %s', (_what, viewerId, news, expected) => {
    expect(sight(viewerId, groups, news as RunEvent)).toBe(expected)
  })

  test('[VS14] nothing is shown to who is no member', () => {
    expect(sight(p.person('nobody'), groups, p.started)).toBe('hidden')
  })

  test('[VS14] facts about what is not there are hidden', () => {
    for (const news of [everyEvent['request-claimed'], everyEvent['message-seen'], everyEvent['message-sent']])
      expect(sight(dana, groups, news)).toBe('hidden')
  })
})

describe('[VS14] what changes who sees the past is told by a snapshot', () => {
  const joinsRed = p.changed(madina, 'runner', 'red')
  test.each([
    ['one has just come', p.person('asel'), groups, p.joined(p.person('asel'), 'runner', 9)],
    ['one’s own group changes', madina, groups, joinsRed],
    ['a member comes into sight', aidar, groups, joinsRed],
    ['a member leaves it', mum, [...groups, p.changed(mum, 'watcher', 'red')], p.changed(aidar, 'runner', null)],
    ['one is told of a call for help', madina, inHelp, { type: 'request-repeated', requestId, toldIds: [madina] }],
    [
      'a hidden helper gives a call back, and their name goes with them',
      aidar,
      helped,
      { type: 'request-released', requestId, reason: 'by-cyclist' },
    ],
    [
      'the lead is passed to one whose number all may know now',
      madina,
      [...underWay, { type: 'phone-set', memberId: dana, isGiven: true }],
      { type: 'leadership-passed', fromMemberId: lena, toMemberId: dana },
    ],
    [
      'the lead is passed from one in sight to one who is not',
      mum,
      [...groups, p.changed(mum, 'watcher', 'red'), p.changed(lena, 'leader', 'red')],
      { type: 'leadership-passed', fromMemberId: lena, toMemberId: madina },
    ],
  ] as const)('[VS14] when %s', (_when, viewerId, history, news) => {
    expect(sight(viewerId, history, news as RunEvent)).toBe('snapshot')
  })

  test('[VS14] not when a helper whom one sees anyway gives it back', () => {
    const history = [...underWay, raised(1, aidar), p.claimed(1, dana)]
    expect(sight(aidar, history, { type: 'request-released', requestId, reason: 'by-cyclist' })).toBe('shown')
  })

  test('[VS14] not when the lead is passed between two whom one does not see, or two whom one does', () => {
    const gulnar = p.joined(p.person('gulnar'), 'leader', 9, { groupId: p.group('red') })
    const history = [...groups, gulnar]
    const pass = event({ type: 'leadership-passed', fromMemberId: gulnar.memberId, toMemberId: aidar })
    expect([sight(madina, history, pass), sight(dana, history, pass)]).toEqual(['hidden', 'shown'])
  })
})

describe('[VS16] who was told a name is told when it changes, or must be forgotten', () => {
  test.each(['member-renamed', 'member-erased'] as const)('[VS16] %s', (type) => {
    const news = event({ type, memberId: timur } as Extract<RunEvent, { type: typeof type }>)
    const said = [...heldByTimur, p.changed(timur, 'leader', 'red'), by(timur, everyEvent['message-sent'])]
    const brought = [...heldByTimur, { ...everyEvent['handed-over'], cyclistId: timur }]
    expect(sight(aidar, heldByTimur, news)).toBe('hidden')
    for (const history of [helped, said, brought]) expect(sight(aidar, history, news)).toBe('shown')
    expect(sight(madina, brought, news)).toBe('hidden')
  })
})

describe('[VS17] a fact brings the words that it needs', () => {
  const { 'request-closed': closed, 'message-sent': said, 'phone-set': phoneSet } = everyEvent
  test.each([
    ['a plan', p.planned, ['title']],
    ['a group', p.groupAdded('red'), [`group:${p.group('red')}`]],
    ['a newcomer', p.joined(aidar, 'runner', 2), [`name:${aidar}`]],
    ['a new name', everyEvent['member-renamed'], [`name:${aidar}`]],
    ['a usual', everyEvent['usual-set'], [`usual:${aidar}`]],
    ['guests', everyEvent['guests-counted'], [`guests:${p.guests(0)}`]],
    ['a wish', raised(0, aidar), [`name:${aidar}`, `note:${p.request(0)}`]],
    ['a claim', everyEvent['request-claimed'], [`name:${dana}`]],
    ['a delivery', everyEvent['request-delivered'], [`name:${dana}`]],
    ['a delivery by nobody', { ...everyEvent['request-delivered'], cyclistId: null }, []],
    ['a call that was looked after', by(timur, closed), [`name:${timur}`]],
    ['a hand-over', everyEvent['handed-over'], [`name:${aidar}`, `name:${dana}`]],
    ['a message', by(lena, said), [`message:${p.message(0)}`, `name:${lena}`]],
    ['a pause', everyEvent['member-paused'], []],
    ['a number that one may know', { ...phoneSet, memberId: lena }, [`phone:${lena}`]],
    ['a number that one may not', phoneSet, []],
    ['facts of nobody', said, [`message:${p.message(0)}`]],
    ['a call closed by nobody', closed, []],
  ] as const)('[VS17] %s', (_what, news, keys) => {
    const ids = [aidar, dana, lena, timur]
    const all = [
      ...ids.flatMap((id) => [`name:${id}`, `phone:${id}`, `usual:${id}`]),
      ...[
        'title',
        `group:${p.group('red')}`,
        `guests:${p.guests(0)}`,
        `note:${p.request(0)}`,
        `message:${p.message(0)}`,
      ],
    ]
    const words = PersistentMap.from(all.map((key) => [key, { key, ownerId: null, text: 'x' }] as const))
    const run = runOf(...underWay)
    const told = wordsOfFacts(factsOf([news as Past]), words, run, run.members.get(madina) as Member)
    expect(told.map(({ key }) => key).sort()).toEqual([...keys].sort())
  })
})
