/** The seats connected to this node: who is told what of the journal, and who is out. */
import type { Counts, Gone } from '../../shared/protocol/wire.ts'
import type { Member, RunState } from '../../shared/run/state.ts'
import { seesAll } from '../core/visibility.ts'
import type { Entry } from '../store/store.ts'
import type { RunBook } from './run-book.ts'
import type { SeatLink } from './seat-link.ts'
import { factsAfter } from './tell.ts'

export type SeatsHere = {
  readonly links: ReadonlySet<SeatLink>
  enter(link: SeatLink): void
  leave(link: SeatLink): void
  /** Tells everybody what they may see of what is new to them. */
  tellAll(): void
  tell(link: SeatLink): void
  /** How the whole run stands, to those who fold a part of it, and to leaders how many phones are connected. */
  tellCounts(connected: number): void
  /** What was told may be gone: everybody compares what they hold. */
  tellAgain(): void
  /** Whoever lost their seat by one of these facts hears so and is out. */
  dismissLosers(added: readonly Entry[]): void
  dismissAll(reason: Gone['reason']): void
}

export function seatsHere(
  book: () => RunBook,
  speaksFor: (seat: Pick<SeatLink, 'memberId' | 'seatNo'>) => Member | undefined,
): SeatsHere {
  const links = new Set<SeatLink>()
  let counted: { readonly run: RunState; readonly connected: number; readonly counts: Counts } | undefined
  let knowCounts = new WeakSet<SeatLink>()

  /** A seat is told only of what it may see, and of nothing when there is nothing. */
  function tell(link: SeatLink): void {
    const { run, mac } = book()
    if (link.toldVersion === null || link.toldVersion === run.version) return
    const viewer = speaksFor(link)
    if (!viewer) return
    const { version } = run
    const facts = factsAfter(book(), viewer, Math.max(link.toldVersion, link.checkedVersion))
    link.checkedVersion = version
    if (facts?.facts.length === 0) return
    // Without a tail the range begins behind what the phone has: it sees the gap and asks for a snapshot.
    if (facts) link.tellFacts({ ...facts, fromVersion: link.toldVersion })
    else link.tellFacts({ fromVersion: version, toVersion: version, mac, facts: [], words: [] })
    link.toldVersion = facts ? version : null
  }

  return {
    links,
    enter: (link) => void links.add(link),
    leave: (link) => void links.delete(link),
    tell,
    tellAll() {
      for (const link of links) tell(link)
    },
    tellCounts(connected) {
      const { run } = book()
      if (counted?.run !== run || counted.connected !== connected) {
        const counts = countsOf(run, connected)
        if (JSON.stringify(counts) !== JSON.stringify(counted?.counts)) knowCounts = new WeakSet()
        counted = { run, connected, counts }
      }
      for (const link of links) {
        const viewer = knowCounts.has(link) ? undefined : run.members.get(link.memberId)
        // Who is of no group folds everybody, and has counted them.
        if (!viewer || !(viewer.role === 'leader' || (run.groups.size > 0 && !seesAll(viewer)))) continue
        knowCounts.add(link)
        link.tellCounts(counted.counts)
      }
    },
    tellAgain() {
      for (const link of links) {
        link.toldVersion = null // until it has caught up on the journal as it is now
        link.checkedVersion = 0
        link.tellAgain()
      }
    },
    dismissLosers(added) {
      for (const { fact } of added) {
        const { type } = fact.event
        if (type !== 'member-removed' && type !== 'member-reseated' && type !== 'member-erased') continue
        const { memberId } = fact.event
        for (const link of [...links])
          if (link.memberId === memberId && !speaksFor(link)) {
            links.delete(link)
            link.tellGone({ reason: 'removed' })
          }
      }
    },
    dismissAll(reason) {
      for (const link of [...links]) link.tellGone({ reason })
      links.clear()
    },
  }
}

function countsOf({ members }: RunState, connected: number): Counts {
  const counts: Counts = { joined: 0, out: 0, paused: 0, stopped: 0, connected }
  for (const { status } of members.values()) if (status !== 'removed') counts[status]++
  return counts
}
