/** How a phone that was away comes to the run as it is: by the facts it missed, or page by page by a snapshot of one version. */
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { AskJournal, CatchUp, CatchUpAnswer, Journal } from '../../shared/protocol/wire.ts'
import type { Member } from '../../shared/run/state.ts'
import { seesAll } from '../core/visibility.ts'
import type { RunBook } from './run-book.ts'
import type { SeatLink } from './seat-link.ts'
import type { SeatsHere } from './seats-here.ts'
import { isForkOf, journalAfter, type PinnedSnapshot, pageOf, pinSnapshot, tailFor } from './tell.ts'

export type CatchingUp = {
  catchUp(link: SeatLink, asked: CatchUp): Promise<CatchUpAnswer | Refusal>
  journalAfter(link: SeatLink, asked: AskJournal): Journal | Refusal
}

/** @param doubt looks at the store again. */
export function catchingUp(
  book: () => RunBook,
  speaksFor: (link: SeatLink) => Member | undefined,
  doubt: () => Promise<void>,
  seats: Pick<SeatsHere, 'tell'>,
): CatchingUp {
  const pinned = new WeakMap<SeatLink, PinnedSnapshot>()

  function caughtUpTo(link: SeatLink, version: number): void {
    pinned.delete(link)
    link.toldVersion = version
    // What happened while the pages were pulled follows the answer.
    setImmediate(() => seats.tell(link))
  }

  return {
    async catchUp(link, asked) {
      // Told by another node of what this one has not heard yet? Only the store knows whether it was lost.
      if (Math.max(asked.fromVersion, asked.told?.version ?? 0) > book().run.version) await doubt()
      const viewer = speaksFor(link)
      if (!viewer) return refuse('not-a-member')
      const held = pinned.get(link)
      if (asked.page > 0) {
        if (!held || asked.page >= held.pages.length) return refuse('malformed', { field: 'page' })
        if (asked.page === held.pages.length - 1) caughtUpTo(link, held.version)
        return pageOf(held, asked.page)
      }
      const tail = tailFor(book(), viewer, asked)
      if (tail) {
        link.toldVersion = tail.toVersion
        return { ok: true, is: 'tail', ...tail }
      }
      const snapshot = pinSnapshot(book(), viewer, isForkOf(book(), asked))
      link.toldVersion = null
      pinned.set(link, snapshot)
      if (snapshot.pages.length === 1) caughtUpTo(link, snapshot.version)
      return pageOf(snapshot, 0)
    },
    journalAfter(link, asked) {
      const viewer = speaksFor(link)
      if (!viewer) return refuse('not-a-member')
      return seesAll(viewer) ? journalAfter(book(), asked) : refuse('not-for-your-role')
    },
  }
}
