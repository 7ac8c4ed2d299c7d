import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seenBy } from '../../server/core/snapshot.ts'
import type { RunBook } from '../../server/usecase/run-book.ts'
import { factsAfter, pinSnapshot } from '../../server/usecase/tell.ts'
import { bookFromRows, emptyPhoneBook, foldFacts, type PhoneBook } from '../../shared/run/catch-up.ts'
import type { Member } from '../../shared/run/state.ts'
import { everybody, lastOf, play, steps, times } from '../support/run-arbitrary.ts'

/** What a phone has that asks for a snapshot now. */
function freshBook(book: RunBook, viewer: Member): PhoneBook {
  const { version, mac, pages } = pinSnapshot(book, viewer, false)
  return bookFromRows(version, mac, pages.flat())
}

/** What a phone has after it is told of the newest facts, in the way its server would. */
function told(phone: PhoneBook, book: RunBook, viewer: Member): PhoneBook {
  const facts = factsAfter(book, viewer, phone.run.version)
  const next = facts ? foldFacts(phone, facts) : freshBook(book, viewer)
  if (next === 'gap') throw new Error('a gap in what was told in order')
  return next
}

test('[G4] a phone that folded every shown fact holds what a snapshot would give it', () => {
  fc.assert(
    fc.property(steps(60), (all) => {
      const played = play(all)
      const last = lastOf(played)
      for (const memberId of everybody) {
        let phone = emptyPhoneBook
        for (const { after } of played) {
          const viewer = after.run.members.get(memberId)
          if (viewer && after.run.version > phone.run.version) phone = told(phone, after, viewer)
        }
        const viewer = last.run.members.get(memberId)
        if (!viewer) continue
        expect(phone).toEqual(freshBook(last, viewer))
        expect(phone.run).toEqual(seenBy(last.run, viewer))
      }
    }),
    times(60),
  )
})
