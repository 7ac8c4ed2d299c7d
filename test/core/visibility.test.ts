import { describe, expect, test } from 'vitest'
import { audienceOf, isSeenWithPlace } from '../../server/core/audience.ts'
import { seenBy, wordsOfFacts, wordsSeenBy } from '../../server/core/snapshot.ts'
import { PersistentMap } from '../../shared/persistent-map.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import { wordKeysOf } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'
import { by, event, factsOf, type Past, runOf } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, madina, mum, raised, timur } from '../support/people.ts'

const inRed = { groupId: p.group('red') }
const inBlue = { groupId: p.group('blue') }
const [asel, ata, gulnar, kuat, zhanna] = ['asel', 'ata', 'gulnar', 'kuat', 'zhanna'].map(p.person) as [
  MemberId,
  MemberId,
  MemberId,
  MemberId,
  MemberId,
]
/** Red: Aidar, Timur rides, Kuat watches. Blue: Asel, Gulnar leads. Of no group: Lena, Dana rides, Madina, Mum watches. */
const groups: readonly Past[] = [
  p.planned,
  p.groupAdded('red'),
  p.groupAdded('blue'),
  p.joined(lena, 'leader', 1),
  p.joined(aidar, 'runner', 2, inRed),
  p.joined(timur, 'cyclist', 3, inRed),
  p.joined(kuat, 'watcher', 4, inRed),
  p.joined(asel, 'runner', 5, inBlue),
  p.joined(gulnar, 'leader', 6, inBlue),
  p.joined(dana, 'cyclist', 7),
  p.joined(madina, 'runner', 8),
  p.joined(mum, 'watcher', 9),
  p.joined(ata, 'guardian', 10, { wardId: aidar }),
  p.joined(zhanna, 'guardian', 11, { wardId: asel }),
  p.started,
]
const everybody = [lena, aidar, timur, kuat, asel, gulnar, dana, madina, mum, ata, zhanna]
const guardians = [ata, zhanna]
const without = (...gone: MemberId[]) => everybody.filter((id) => !gone.includes(id))

const viewIn = (run: RunState, id: MemberId) => seenBy(run, run.members.get(id) as Member)
const membersFor = (id: MemberId) => [...viewIn(runOf(...groups), id).members.values()].map(({ memberId }) => memberId)
const whoSees = (run: RunState, sees: (view: RunState, id: MemberId) => boolean) =>
  everybody.filter((id) => sees(viewIn(run, id), id))
const sorted = (ids: readonly MemberId[]) => [...ids].sort()

describe('which members one sees', () => {
  test.each([
    ['[VS1] a leader of no group sees everybody', lena, everybody],
    ['[VS2] a runner of a group sees it, and helpers of no group', aidar, [aidar, timur, kuat, lena, dana]],
    ['[VS2] a cyclist of a group sees it, and helpers of no group', timur, [aidar, timur, kuat, lena, dana]],
    ['[VS2] a watcher of a group sees it, and helpers of no group', kuat, [aidar, timur, kuat, lena, dana]],
    ['[VS2] a runner of no group sees those of none', madina, [madina, mum, lena, dana]],
    ['[VS3] a cyclist of no group sees everybody but guardians', dana, without(...guardians)],
    ['[VS3] a watcher of no group sees everybody but guardians', mum, without(...guardians)],
    ['[VS4] a guardian sees their child and the leaders', ata, [ata, aidar, lena, gulnar]],
    [
      '[VS6] a leader of a group sees it, helpers of no group, and all guardians',
      gulnar,
      [asel, gulnar, lena, dana, ...guardians],
    ],
  ] as const)('%s', (_rule, viewerId, seen) => {
    expect(sorted(membersFor(viewerId))).toEqual(sorted(seen))
  })
})

describe('which things one sees', () => {
  test('[VS5] invites are for who sees all', () => {
    const issued = event({
      type: 'invite-issued',
      inviteId: p.invite('a'),
      role: 'runner',
      groupId: null,
      wardId: null,
      maxUses: 1,
      expiresAtMs: 1,
    })
    expect(whoSees(runOf(...groups, issued), ({ invites }) => invites.size > 0)).toEqual([lena])
  })

  test.each([
    ['water', [lena, aidar, timur, dana, ata]],
    ['slow-down', [lena, aidar, timur, dana, ata]],
  ] as const)(
    '[VS7] a wish for %s is seen by its author, their guardian, and helpers who see the author',
    (kind, who) => {
      expect(whoSees(runOf(...groups, raised(1, aidar, { kind })), ({ requests }) => requests.size > 0)).toEqual(who)
    },
  )

  test('[VS7] a wish to slow down also by the runners who see its author', () => {
    const run = runOf(...groups, p.changed(madina, 'runner', 'red'), raised(1, aidar, { kind: 'slow-down' }))
    expect(viewIn(run, madina).requests.size).toBe(1)
  })

  test('[VS7] a wish by whoever claimed it, also from another group', () => {
    const run = runOf(...groups, raised(1, aidar), p.claimed(1, timur), p.changed(timur, 'cyclist', 'blue'))
    expect([viewIn(run, timur).requests.size, viewIn(run, gulnar).requests.size]).toEqual([1, 0])
  })

  test('[VS8] a hand-over is seen by who gave and got it, the guardian, and helpers who see who got it', () => {
    const given = event({
      type: 'handed-over',
      handOverId: p.handOver(1),
      runnerId: aidar,
      cyclistId: gulnar,
      kind: 'gel',
      quantity: 1,
      requestId: null,
    })
    expect(whoSees(runOf(...groups, given), ({ handOvers }) => handOvers.size > 0)).toEqual([
      lena,
      aidar,
      timur,
      gulnar,
      dana,
      ata,
    ])
  })

  test.each([
    ['one’s own usual, and helpers that of whom they see', 'usual', [lena, aidar, timur, dana]],
    ['one’s own trackers, and a leader of no group all', 'trackers', [lena, aidar]],
  ] as const)('[VS11] one knows %s', (_what, thing, who) => {
    const run = runOf(
      ...groups,
      { type: 'usual-set', memberId: aidar, kind: 'gel', quantity: 1, hasNote: false },
      { type: 'tracker-attached', memberId: aidar, trackerId: p.tracker(1) },
    )
    const knows = ({ members }: RunState) => {
      const member = members.get(aidar)
      return thing === 'usual' ? member?.usual?.kind === 'gel' : member?.trackerIds.length === 1
    }
    expect(whoSees(run, knows)).toEqual(who)
  })

  test('[VS12] guests are for helpers to count', () => {
    const counted = event({ type: 'guests-counted', guestsId: p.guests(1), count: 2, startNumber: null })
    expect(whoSees(runOf(...groups, counted), ({ guests }) => guests.size > 0)).toEqual([lena, timur, gulnar, dana])
  })

  test.each([
    ['all', null, everybody],
    ['a group', p.group('red'), [lena, aidar, timur, kuat, gulnar]],
  ])('[VS13] a message to %s goes there, to its author and leaders of no group', (_whom, groupId, who) => {
    const history = [...groups, p.changed(ata, 'guardian', 'red')]
    const run = runOf(...history, by(gulnar, { type: 'message-sent', messageId: p.message(1), groupId }))
    expect(whoSees(run, ({ messages }) => messages.size > 0)).toEqual(who)
  })
})

describe('which words one is told', () => {
  const word = (key: string, ownerId: MemberId) => ({ key, ownerId, text: 'x' })
  const knowers = (run: RunState, key: string, ownerId: MemberId) =>
    everybody.filter((id) => wordsSeenBy([word(key, ownerId)], run, run.members.get(id) as Member).length > 0)

  test('[VS10] the names of those one sees', () => {
    expect(knowers(runOf(...groups), `name:${asel}`, asel)).toEqual([lena, asel, gulnar, dana, mum, zhanna])
  })

  test('[VS10] and of whoever asked for, brought or said something that one sees', () => {
    const knowsGulnar = knowers(runOf(...groups), `name:${gulnar}`, gulnar)
    expect(knowsGulnar).toEqual([lena, asel, gulnar, dana, mum, ata, zhanna])
    const helped = runOf(...groups, raised(1, aidar, { kind: 'help' }), p.claimed(1, gulnar))
    expect(knowers(helped, `name:${gulnar}`, gulnar)).toEqual([
      lena,
      aidar,
      timur,
      asel,
      gulnar,
      dana,
      mum,
      ata,
      zhanna,
    ])
    expect(knowers(helped, `name:${aidar}`, aidar)).toContain(gulnar)
    const said = runOf(...groups, by(gulnar, { type: 'message-sent', messageId: p.message(1), groupId: null }))
    expect(knowers(said, `name:${gulnar}`, gulnar)).toEqual(everybody)
  })

  test('[VS10] whom somebody else’s claim was offered to is told to nobody who does not see them anyway', () => {
    const claimed = [...groups, raised(1, aidar), p.claimed(1, dana)]
    const offered = event({ type: 'request-offered', requestId: p.request(1), toId: timur, gainMs: 240_000 })
    const who = (run: RunState) => knowers(run, `name:${timur}`, timur)
    expect(who(runOf(...claimed, offered))).toEqual(who(runOf(...claimed)))
    expect(who(runOf(...claimed))).not.toContain(ata)
    expect(wordKeysOf({ event: offered, byId: null })).toEqual([])
  })

  test('[VS22] whom to call for somebody is for leaders who see them, and for helpers while a call for help is open', () => {
    const about = `emergency:${aidar}`
    const calls = [...groups, raised(1, aidar, { kind: 'help', toldIds: [asel] })]
    expect(knowers(runOf(...groups), about, aidar)).toEqual([lena, aidar])
    expect(knowers(runOf(...groups, p.changed(gulnar, 'leader', 'red')), about, aidar)).not.toContain(dana)
    expect(knowers(runOf(...calls), about, aidar)).toEqual([lena, aidar, timur, gulnar, dana])
    const over = [...calls, { type: 'request-closed', requestId: p.request(1), distanceM: null } as const]
    expect(knowers(runOf(...over), about, aidar)).toEqual([lena, aidar])
  })

  test('[VS22] a helper is told with the call, and forgets with its end', () => {
    const words = PersistentMap.from([[`medical:${aidar}`, word(`medical:${aidar}`, aidar)] as const])
    const told = (viewerId: MemberId, ...history: Past[]) => {
      const run = runOf(...history)
      const facts = factsOf([history.at(-1) as Past])
      return wordsOfFacts(facts, words, run, run.members.get(viewerId) as Member).map(({ key, text }) => [key, text])
    }
    const calls = [...groups, raised(1, aidar, { kind: 'first-aid', toldIds: [asel] })]
    const over = event({ type: 'request-closed', requestId: p.request(1), distanceM: null })
    expect(told(dana, ...calls)).toEqual([[`medical:${aidar}`, 'x']])
    expect(told(asel, ...calls)).toEqual([])
    expect(told(dana, ...calls, over)).toEqual([
      [`emergency:${aidar}`, ''],
      [`medical:${aidar}`, ''],
      [`phone:${aidar}`, ''],
    ])
    expect(told(dana, ...groups, raised(1, aidar))).toEqual([])
  })

  test('[VS9] the number of a leader one sees, and one’s own; a leader those of all they see', () => {
    expect(knowers(runOf(...groups), `phone:${lena}`, lena)).toEqual(everybody)
    expect(knowers(runOf(...groups), `phone:${gulnar}`, gulnar)).toEqual([lena, asel, gulnar, dana, mum, ...guardians])
    expect(knowers(runOf(...groups), `phone:${aidar}`, aidar)).toEqual([lena, aidar])
    expect(knowers(runOf(...groups), `phone:${asel}`, asel)).toEqual([lena, asel, gulnar])
  })

  test('[VS23] who calls for help is rung up by any helper, until it is over', () => {
    const number = `phone:${asel}`
    const calls = [...groups, raised(1, asel, { kind: 'help' })]
    const over = event({ type: 'request-closed', requestId: p.request(1), distanceM: null })
    expect(knowers(runOf(...calls), number, asel)).toEqual([lena, timur, asel, gulnar, dana])
    expect(knowers(runOf(...calls, over), number, asel)).toEqual([lena, asel, gulnar])
    const words = PersistentMap.from([[number, word(number, asel)] as const])
    const told = (viewerId: MemberId, ...history: Past[]) => {
      const run = runOf(...history)
      const viewer = run.members.get(viewerId) as Member
      return wordsOfFacts(factsOf([history.at(-1) as Past]), words, run, viewer).flatMap(({ key, text }) =>
        key === number ? text : [],
      )
    }
    const given = by(asel, { type: 'phone-set', memberId: asel, isGiven: true })
    for (const helper of [timur, dana]) {
      expect(told(helper, ...calls)).toEqual(['x'])
      expect(told(helper, ...calls, given)).toEqual(['x'])
      expect(told(helper, ...calls, over)).toEqual([''])
      expect(told(helper, ...groups, given)).toEqual([])
    }
    expect(told(gulnar, ...calls, over)).toEqual(['x']) // who leads them knows it anyway
    expect(told(aidar, ...calls)).toEqual([])
  })

  test('[VS10] the note of a wish is for who sees the wish', () => {
    const run = runOf(...groups, raised(1, aidar, { hasNote: true }))
    expect(knowers(run, `note:${p.request(1)}`, aidar)).toEqual([lena, aidar, timur, dana, ata])
  })
})

test('[VS18] who was counted, when and by whom is for helpers, and for the guardian of a child', () => {
  const run = runOf(...groups, by(lena, { type: 'members-seen', memberIds: [aidar], atM: 400 }))
  expect(sorted(whoSees(run, (view) => view.members.get(aidar)?.seen != null))).toEqual(
    sorted([lena, timur, dana, ata]),
  )
})

describe('[VS19] alerts', () => {
  const about = { alertId: p.alert(1), rule: 'stopped', memberId: asel, value: 5, sinceMs: p.START_MS } as const
  const asked = event({ type: 'alert-asked', ...about })
  const raised = event({ type: 'alert-raised', ...about })
  const sentTo = (toId: MemberId) => event({ type: 'alert-sent', alertId: p.alert(1), toId })
  test.each([
    ['somebody is asked about is theirs and of who leads all', [asked], [asel, lena]],
    ['that is raised is also of who leads their group', [asked, raised], [asel, lena, gulnar]],
    ['sent to a helper is theirs too', [raised, sentTo(timur)], [asel, lena, gulnar, timur]],
  ] as const)('[VS19] one %s', (_which, history, who) => {
    const run = runOf(...groups, ...history)
    expect(sorted(whoSees(run, (view) => view.alerts.size > 0))).toEqual(sorted(who))
  })
})

test.each([
  ['everybody', null, everybody],
  ['a group', p.group('red'), [lena, aidar, timur, kuat, dana]],
])('[VS20] a regroup of %s is seen by them, and by helpers of no group', (_whom, groupId, who) => {
  const called = event({ type: 'regroup-called', ...place, regroupId: p.regroup(1), groupId, atMs: p.START_MS })
  const run = runOf(...groups, by(lena, called))
  expect(sorted(whoSees(run, (view) => view.regroups.size > 0))).toEqual(sorted(who))
})
const place = { place: { latitudeDeg: 51.1, longitudeDeg: 71.4 }, atM: null }

test('[VS21] a guardian is told where their child is, or, while the child shares nothing, whoever leads them', () => {
  const placesFor = (...history: Past[]) => {
    const run = runOf(...groups, ...history)
    const viewer = run.members.get(ata) as Member
    return [...run.members.values()].filter((each) => isSeenWithPlace(run, viewer, each)).map((each) => each.memberId)
  }
  expect(sorted(placesFor())).toEqual(sorted([aidar, lena]))
  expect(placesFor(p.sets(aidar))).toEqual([aidar])
  const home = event({ type: 'member-stopped', memberId: aidar, reason: 'finished', toMs: p.START_MS })
  expect(placesFor(p.sets(aidar), home)).toEqual([aidar])
})

test('[VS15] a frame is made for the run, a group, those of none, all watchers or one guardian', () => {
  const audiences = (history: readonly Past[]) => {
    const run = runOf(...history)
    return [lena, dana, aidar, kuat, madina, mum, ata].map((id) => {
      const viewer = run.members.get(id)
      return viewer && audienceOf(run, viewer)
    })
  }
  const red = `group:${p.group('red')}`
  expect(audiences(groups)).toEqual(['run', 'run', red, red, 'group:none', 'watcher', `one:${ata}`])
  expect(audiences(p.sunday)).toEqual(['run', 'run', 'run', undefined, 'run', 'watcher', undefined])
})
