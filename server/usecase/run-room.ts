/** One run on one node: its book, the seats connected here, and everybody's newest place. */
import type { Fix } from '../../shared/geo/fix.ts'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import type { CatchUp, CatchUpAnswer, Counts, Gone } from '../../shared/protocol/wire.ts'
import { isSharing } from '../../shared/run/questions.ts'
import type { Member } from '../../shared/run/state.ts'
import { type CommandId, type MemberId, MINUTE_MS, type RunId } from '../../shared/units.ts'
import type { Wish } from '../core/decision.ts'
import { seesAll } from '../core/visibility.ts'
import type { Entry } from '../store/store.ts'
import type { House } from './house.ts'
import { type Obeyed, obedience } from './obey.ts'
import { type Places, placesFrom } from './places.ts'
import { caughtUp, emptyBook, type RunBook } from './run-book.ts'
import type { Seat } from './seals.ts'
import type { SeatLink } from './seat-link.ts'
import { factsAfter, type PinnedSnapshot, pageOf, pinSnapshot, tailFor } from './tell.ts'

/** The oldest place that says where somebody is, for distances and for who is told of a call for help. */
const NEARNESS_AGE_MS = 15 * MINUTE_MS

export type RunRoom = {
  readonly runId: RunId
  readonly places: Places
  book(): RunBook
  obey(wish: Wish, byId: MemberId | null, commandId: CommandId): Promise<Obeyed>
  /** The member whose seat this is now; `undefined` once they were removed or sit on another phone. */
  memberOf(seat: Seat): Member | undefined
  enter(link: SeatLink): void
  leave(link: SeatLink): void
  catchUp(link: SeatLink, asked: CatchUp): CatchUpAnswer | Refusal
  tick(): void
  /** Nobody is connected and nothing is under way. */
  isIdle(): boolean
  /** Tells every seat that the run is over for it. */
  dismiss(reason: Gone['reason']): void
  linkCount(): number
}

export async function openRunRoom(house: House, runId: RunId): Promise<RunRoom> {
  let book = await caughtUp(house.store, runId, emptyBook)
  const places = placesFrom(await house.store.newestFixes(runId))
  const links = new Set<SeatLink>()
  const pinned = new WeakMap<SeatLink, PinnedSnapshot>()
  let toldCounts = ''

  const { obey, isIdle } = obedience(house, runId, {
    book: () => book,
    placeOf: (memberId) => freshPlace(memberId),
    replace(next, added) {
      book = next
      for (const { fact } of added) if (fact.event.type === 'member-erased') places.forget(fact.event.memberId)
      dismissLosers(added)
      for (const link of links) tell(link)
    },
  })

  /** Who was here an hour ago is not near now, and who shares no more is nowhere. */
  function freshPlace(memberId: MemberId): Fix | undefined {
    const member = book.run.members.get(memberId)
    if (!member || !isSharing(member)) return undefined
    const fix = places.fixOf(memberId)
    return fix && house.clock.nowMs() - fix.takenAtMs <= NEARNESS_AGE_MS ? fix : undefined
  }

  function dismissLosers(added: readonly Entry[]): void {
    for (const { fact } of added) {
      const { event } = fact
      if (event.type !== 'member-removed' && event.type !== 'member-reseated' && event.type !== 'member-erased')
        continue
      for (const link of [...links])
        if (link.memberId === event.memberId && !speaksFor(link)) {
          links.delete(link)
          link.tellGone({ reason: 'removed' })
        }
    }
  }

  function speaksFor({ memberId, seatNo }: { memberId: MemberId; seatNo: number }): Member | undefined {
    const member = book.run.members.get(memberId)
    return member && member.status !== 'removed' && member.seatNo === seatNo ? member : undefined
  }

  /** A seat is told only of what it may see, and of nothing when there is nothing. */
  function tell(link: SeatLink): void {
    const viewer = book.run.members.get(link.memberId)
    if (!viewer || link.toldVersion === null || link.toldVersion === book.run.version) return
    const { version } = book.run
    const facts = factsAfter(book, viewer, Math.max(link.toldVersion, link.checkedVersion))
    link.checkedVersion = version
    if (facts?.facts.length === 0) return
    // Without a tail the range begins behind what the phone has: it sees the gap and asks for a snapshot.
    if (facts) link.tellFacts({ ...facts, fromVersion: link.toldVersion })
    else link.tellFacts({ fromVersion: version, toVersion: version, mac: book.mac, facts: [], words: [] })
    link.toldVersion = facts ? version : null
  }

  function tellCounts(): void {
    if (book.run.groups.size === 0) return // who is of no group folds everybody
    const counts: Counts = { joined: 0, out: 0, paused: 0, stopped: 0 }
    for (const { status } of book.run.members.values()) if (status !== 'removed') counts[status]++
    const json = JSON.stringify(counts)
    if (json === toldCounts) return
    toldCounts = json
    for (const link of links) {
      const viewer = book.run.members.get(link.memberId)
      if (viewer && !seesAll(viewer)) link.tellCounts(counts)
    }
  }

  return {
    runId,
    places,
    book: () => book,
    obey,
    memberOf: (seat) => speaksFor(seat),
    enter(link) {
      links.add(link)
      places.wantKey(link)
      toldCounts = ''
    },
    leave: (link) => void links.delete(link),
    catchUp(link, asked) {
      const viewer = speaksFor(link)
      if (!viewer) return refuse('not-a-member')
      const held = pinned.get(link)
      if (asked.page > 0) {
        if (!held || asked.page >= held.pages.length) return refuse('malformed', { field: 'page' })
        if (asked.page === held.pages.length - 1) caughtUpTo(link, held.version)
        return pageOf(held, asked.page)
      }
      const tail = tailFor(book, viewer, asked)
      if (tail) {
        link.toldVersion = tail.toVersion
        return { ok: true, is: 'tail', ...tail }
      }
      const snapshot = pinSnapshot(book, viewer)
      link.toldVersion = null
      pinned.set(link, snapshot)
      if (snapshot.pages.length === 1) caughtUpTo(link, snapshot.version)
      return pageOf(snapshot, 0)
    },
    tick() {
      places.tick(book.run, links, house.clock.nowMs())
      tellCounts()
    },
    isIdle: () => links.size === 0 && isIdle(),
    dismiss(reason) {
      for (const link of [...links]) link.tellGone({ reason })
      links.clear()
    },
    linkCount: () => links.size,
  }

  function caughtUpTo(link: SeatLink, version: number): void {
    pinned.delete(link)
    link.toldVersion = version
    // What happened while the pages were pulled follows the answer.
    setImmediate(() => tell(link))
  }
}
