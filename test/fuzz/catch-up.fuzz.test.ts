import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audienceOf, isSeenWithPlace } from '../../server/core/audience.ts'
import type { RunBook } from '../../server/usecase/run-book.ts'
import { factsAfter, pinSnapshot, tailFor } from '../../server/usecase/tell.ts'
import { bookFromRows, emptyPhoneBook, foldFacts, type PhoneBook } from '../../shared/run/catch-up.ts'
import type { MemberId } from '../../shared/units.ts'
import { everybody, lastOf, play, steps, times } from '../support/run-arbitrary.ts'

/** What the phone has after it came back and asked. */
function caughtUp(phone: PhoneBook, book: RunBook, memberId: MemberId): PhoneBook {
  const viewer = book.run.members.get(memberId)
  if (!viewer) return phone
  const tail = tailFor(book, viewer, { fromVersion: phone.run.version, mac: phone.mac, page: 0 })
  if (tail) return foldFacts(phone, tail) as PhoneBook
  const { version, mac, pages } = pinSnapshot(book, viewer, false)
  return bookFromRows(version, mac, pages.flat())
}

test('[CU1] whatever is lost, repeated or reordered on the way, a phone that resumes ends with the same book', () => {
  // How many steps later than the last, late by how many, and how many versions it covers.
  const batch = fc.tuple(fc.nat(4), fc.constantFrom(0, 0, 0, 1, 5), fc.nat(8))
  const deliveries = fc.array(batch, { maxLength: 40, size: 'max' })
  fc.assert(
    fc.property(steps(50), fc.constantFrom(...everybody), deliveries, (all, memberId, batches) => {
      const played = play(all)
      const last = lastOf(played)
      let phone = emptyPhoneBook
      let at = 0
      for (const [later, late, back] of batches) {
        at = Math.min(played.length - 1, at + later)
        const book = played[Math.max(0, at - late)]?.after ?? last
        const viewer = book.run.members.get(memberId)
        const fromVersion = Math.max(0, book.run.version - back)
        const facts = viewer && factsAfter(book, viewer, fromVersion)
        const next = facts ? foldFacts(phone, facts) : caughtUp(phone, book, memberId)
        if (next !== 'gap' && next.run.version >= phone.run.version) phone = next
      }
      expect(caughtUp(phone, last, memberId)).toEqual(caughtUp(emptyPhoneBook, last, memberId))
    }),
    times(150),
  )
})

test('[VS15] whoever is sent the same frames may see the same places', () => {
  fc.assert(
    fc.property(steps(50), (all) => {
      const { run } = lastOf(play(all))
      const placesOf = new Map<string, MemberId[]>()
      for (const viewer of run.members.values()) {
        const sharers = [...run.members.values()].filter(({ windows }) => windows.length > 0)
        const seen = sharers.filter((member) => isSeenWithPlace(run, viewer, member)).map(({ memberId }) => memberId)
        const audience = audienceOf(run, viewer)
        expect(seen).toEqual(placesOf.get(audience) ?? seen)
        placesOf.set(audience, seen)
      }
    }),
    times(100),
  )
})
