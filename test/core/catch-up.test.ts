import { describe, expect, test } from 'vitest'
import { emptyBook, type RunBook, withEntries, withWords } from '../../server/usecase/run-book.ts'
import { factsAfter, isForkOf, pageOf, pinSnapshot, tailFor } from '../../server/usecase/tell.ts'
import type { Facts } from '../../shared/protocol/wire.ts'
import { bookFromRows, emptyPhoneBook, foldFacts, type PhoneBook } from '../../shared/run/catch-up.ts'
import type { Member } from '../../shared/run/state.ts'
import type { Word } from '../../shared/run/words.ts'
import { by, event, factsOf, type Past } from '../support/given-run.ts'
import * as p from '../support/people.ts'
import { aidar, dana, lena, sunday, underWay } from '../support/people.ts'

const entriesOf = (...history: Past[]) => factsOf(history).map((fact) => ({ fact, mac: `mac${fact.version}` }))
const bookOf = (...history: Past[]) => withEntries(emptyBook, entriesOf(...history))
const viewer = (book: RunBook, id = lena) => book.run.members.get(id) as Member
const word = (key: string, ownerId: Word['ownerId'], text = 'x') => ({ key, ownerId, text })

/** Lena's phone at the end of `history`, told of `news` after it. */
function told(history: readonly Past[], news: readonly Past[], words: readonly Word[], id = lena): PhoneBook {
  const before = withWords(bookOf(...history), words)
  const { version, mac, pages } = pinSnapshot(before, viewer(before, id), false)
  const phone = bookFromRows(version, mac, pages.flat())
  const after = withWords(
    bookOf(...history, ...news),
    words.filter(({ ownerId }) => ownerId === null),
  )
  return foldFacts(phone, factsAfter(after, viewer(after, id), version) as Facts) as PhoneBook
}

describe('what a phone folds', () => {
  test('[CU2] facts that begin behind what it has are a gap; those it has already change nothing', () => {
    const book = bookOf(...sunday)
    const { version, mac, pages } = pinSnapshot(book, viewer(book), false)
    const phone = bookFromRows(version, mac, pages.flat())
    const facts = { mac: 'later', facts: [], words: [word('title', null)] }
    expect(foldFacts(phone, { ...facts, fromVersion: version + 1, toVersion: version + 2 })).toBe('gap')
    expect(foldFacts(phone, { ...facts, fromVersion: 0, toVersion: version })).toBe(phone)
    const fix = (at: number, news: Past) =>
      factsOf([...Array.from({ length: at - 1 }, () => p.started), news]).slice(-1)
    const overlapping = [...fix(version, p.sets(aidar)), ...fix(version + 1, p.sets(dana))]
    const next = foldFacts(phone, { ...facts, facts: overlapping, fromVersion: version - 1, toVersion: version + 1 })
    const sharers = [...(next as PhoneBook).run.members.values()].filter(({ windows }) => windows.length > 0)
    expect(sharers.map(({ memberId }) => memberId)).toEqual([dana])
    const hidden = foldFacts(phone, { ...facts, fromVersion: version - 2, toVersion: version + 5 }) as PhoneBook
    expect([hidden.run.version, hidden.mac, hidden.run.members]).toEqual([version + 5, 'later', phone.run.members])
  })

  test.each([
    ['a member is erased', event({ type: 'member-erased', memberId: dana }), [`name:${dana}`, `note:${p.request(1)}`]],
    ['a number is taken back', event({ type: 'phone-set', memberId: dana, isGiven: false }), [`phone:${dana}`]],
    [
      'the usual has no note any more',
      event({ type: 'usual-set', memberId: dana, kind: 'water', quantity: 1, hasNote: false }),
      [`usual:${dana}`],
    ],
    [
      'nobody is to be called any more',
      event({ type: 'emergency-set', memberId: dana, hasContact: false, hasNote: false }),
      [`emergency:${dana}`, `medical:${dana}`],
    ],
  ])('[CU3] words go from the phone when %s', (_when, news, keys) => {
    const words = [...keys.map((key) => word(key, dana)), word('title', null)]
    const phone = told(underWay, [news], words)
    expect([...phone.words.values()]).toEqual([word('title', null)])
  })
})

describe('what a phone is told that comes back', () => {
  const book = bookOf(...underWay)
  const { version } = book.run

  test('[CU4] the tail, when its book is one of this journal and the tail is the shorter way', () => {
    const asked = { fromVersion: version - 2, mac: `mac${version - 2}`, page: 0 }
    expect(tailFor(book, viewer(book), asked)?.facts).toEqual(book.past.slice(-2).map(({ entry }) => entry.fact))
    expect(tailFor(book, viewer(book), { ...asked, fromVersion: version, mac: `mac${version}` })?.facts).toEqual([])
  })

  test.each([
    ['its chain is another', { fromVersion: version - 2, mac: 'forged' }],
    ['it is ahead of this journal', { fromVersion: version + 1, mac: `mac${version}` }],
    ['it was not yet a member', { fromVersion: 0, mac: '' }],
  ])('[CU5] a snapshot, when %s', (_why, asked) => {
    expect(tailFor(book, viewer(book, aidar), { ...asked, page: 0 })).toBeUndefined()
  })

  test('[CU5] a snapshot, when the tail is longer than the run is large', () => {
    const renamed = Array.from({ length: 40 }, () => event({ type: 'member-renamed', memberId: aidar }))
    const long = bookOf(...underWay, ...renamed)
    expect(tailFor(long, viewer(long), { fromVersion: version, mac: `mac${version}`, page: 0 })).toBeUndefined()
  })

  test('[CU5] a snapshot, when the past is no longer in memory', () => {
    const old = { ...book, past: book.past.slice(-1) }
    expect(tailFor(old, viewer(old), { fromVersion: version - 2, mac: `mac${version - 2}`, page: 0 })).toBeUndefined()
  })
})

test('[CU8] a phone stands on a fork when its link is not in the journal, or it is ahead of it', () => {
  const book = bookOf(...underWay)
  const { version } = book.run
  for (let at = 1; at <= version; at++) {
    expect(isForkOf(book, { fromVersion: at, mac: `mac${at}`, page: 0 })).toBe(false)
    expect(isForkOf(book, { fromVersion: at, mac: `mac${at - 1}`, page: 0 })).toBe(true)
  }
  expect(isForkOf(book, { fromVersion: 0, mac: '', page: 0 })).toBe(false)
  expect(isForkOf(book, { fromVersion: version + 1, mac: `mac${version}`, page: 0 })).toBe(true)
})

test('[CU6] a snapshot comes in pages of at most 256 KB, which together are all there is', () => {
  const groupId = p.group('red')
  const crowd = Array.from({ length: 1_500 }, (_, i) => p.joined(p.person(`r${i}x`), 'runner', 10 + i))
  const things = [
    p.groupAdded('red'),
    event({
      type: 'invite-issued',
      inviteId: p.invite('runner'),
      role: 'runner',
      groupId,
      wardId: null,
      maxUses: 9,
      expiresAtMs: 1,
    }),
    p.raised(1, aidar),
    event({ type: 'guests-counted', guestsId: p.guests(1), count: 2, startNumber: null }),
    event({
      type: 'handed-over',
      handOverId: p.handOver(1),
      runnerId: aidar,
      cyclistId: dana,
      kind: 'gel',
      quantity: 1,
      requestId: null,
    }),
    by(lena, event({ type: 'message-sent', messageId: p.message(1), groupId: null })),
    event({ type: 'message-seen', messageId: p.message(1), memberId: aidar }),
  ]
  const words = crowd.map(({ memberId }) => word(`name:${memberId}`, memberId, 'Ж'.repeat(40)))
  const book = withWords(bookOf(...underWay, ...things, ...crowd), words)
  const snapshot = pinSnapshot(book, viewer(book), false)
  const answers = snapshot.pages.map((_, page) => pageOf(snapshot, page))
  const rows = answers.flatMap((answer) => (answer.is === 'snapshot' ? answer.rows : []))

  expect(answers.length).toBeGreaterThan(2)
  for (const answer of answers) expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(256 * 1024)
  expect(pageOf(snapshot, 99)).toMatchObject({ rows: [] })
  expect(bookFromRows(snapshot.version, snapshot.mac, rows)).toEqual({
    run: book.run,
    mac: book.mac,
    words: book.words,
  })
  expect(foldFacts(emptyPhoneBook, { fromVersion: 0, toVersion: 0, mac: '', facts: [], words: [] })).toBe(
    emptyPhoneBook,
  )
})
