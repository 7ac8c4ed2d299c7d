/** What a seat is told of the journal: the facts it may see, or page by page a snapshot. */
import {
  type AskJournal,
  type CatchUp,
  type CatchUpAnswer,
  type Facts,
  type Journal,
  OFFERED_MAX,
  type SnapshotRow,
} from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { Member } from '../../shared/run/state.ts'
import { seenBy, wordsOfFacts, wordsSeenBy } from '../core/snapshot.ts'
import { sightOf } from '../core/visibility.ts'
import { macAt, type RunBook } from './run-book.ts'

const PAGE_BYTES = 200 * 1024

/** The facts after `fromVersion` for this seat; `undefined` when only a snapshot will do, or there are more than `most`. */
export function factsAfter(
  book: RunBook,
  viewer: Member,
  fromVersion: number,
  most = Number.POSITIVE_INFINITY,
): Facts | undefined {
  const { run, mac } = book
  const steps = book.past.slice(Math.max(0, book.past.length - (run.version - fromVersion)))
  if (steps.length !== run.version - fromVersion) return undefined
  const facts: Fact[] = []
  for (const { entry, before, after } of steps) {
    const sight = sightOf(before, after, entry.fact.event, viewer.memberId)
    if (sight === 'snapshot') return undefined
    if (sight === 'shown') facts.push(entry.fact)
    if (facts.length > most) return undefined
  }
  return { fromVersion, toVersion: run.version, mac, facts, words: wordsOfFacts(facts, book.words, run, viewer) }
}

/** A snapshot cut into pages once, so that every page is of the same version. */
export type PinnedSnapshot = {
  readonly version: number
  readonly mac: string
  readonly isFork: boolean
  readonly pages: readonly SnapshotRow[][]
}

export function pinSnapshot(book: RunBook, viewer: Member, isFork: boolean): PinnedSnapshot {
  const seen = seenBy(book.run, viewer)
  const rows: SnapshotRow[] = [{ of: 'head', value: seen.head }]
  for (const value of seen.groups.values()) rows.push({ of: 'groups', value })
  for (const value of seen.members.values()) rows.push({ of: 'members', value })
  for (const value of seen.invites.values()) rows.push({ of: 'invites', value })
  for (const value of seen.requests.values()) rows.push({ of: 'requests', value })
  for (const value of seen.handOvers.values()) rows.push({ of: 'handOvers', value })
  for (const value of seen.guests.values()) rows.push({ of: 'guests', value })
  for (const value of seen.messages.values()) rows.push({ of: 'messages', value })
  for (const value of seen.seen.values()) rows.push({ of: 'seen', value })
  for (const value of seen.alerts.values()) rows.push({ of: 'alerts', value })
  for (const value of seen.regroups.values()) rows.push({ of: 'regroups', value })
  for (const value of wordsSeenBy(book.words.values(), book.run, viewer, seen)) rows.push({ of: 'words', value })
  return { version: book.run.version, mac: book.mac, isFork, pages: inPages(rows) }
}

function inPages(rows: readonly SnapshotRow[]): SnapshotRow[][] {
  const pages: SnapshotRow[][] = [[]]
  let bytes = 0
  for (const row of rows) {
    const size = sizeOf(row)
    if (bytes + size > PAGE_BYTES) {
      pages.push([])
      bytes = 0
    }
    pages.at(-1)?.push(row)
    bytes += size
  }
  return pages
}

/** What many seats are told is measured once: values are never changed in place. */
const sizes = new WeakMap<SnapshotRow['value'], number>()

function sizeOf(row: SnapshotRow): number {
  const known = sizes.get(row.value)
  if (known !== undefined) return known
  const size = Buffer.byteLength(JSON.stringify(row)) + 1
  sizes.set(row.value, size)
  return size
}

export const pageOf = ({ version, mac, isFork, pages }: PinnedSnapshot, page: number): CatchUpAnswer => ({
  ok: true,
  is: 'snapshot',
  isFork,
  version,
  mac,
  page,
  pageCount: pages.length,
  rows: pages[page] ?? [],
})

/** The tail, when the phone stands on this very journal and the tail is the shorter way. */
export function tailFor(book: RunBook, viewer: Member, { fromVersion, mac }: CatchUp): Facts | undefined {
  if (fromVersion > book.run.version || macAt(book, fromVersion) !== mac) return undefined
  const { members, requests } = book.run
  return factsAfter(book, viewer, fromVersion, 20 + members.size + requests.size)
}

/** CU8: whether the phone stands on a link that is not in this journal: what it was told there is lost. */
export function isForkOf(book: RunBook, { fromVersion, mac, told }: CatchUp): boolean {
  const stand = told ?? { version: fromVersion, mac }
  return macAt(book, stand.version) !== stand.mac
}

/** A page of the journal as it is, for who sees all of it. */
export function journalAfter(book: RunBook, { fromVersion, mac }: AskJournal): Journal {
  const facts: Fact[] = []
  if (macAt(book, fromVersion) !== mac) return { ok: true, fromVersion, facts, mac: book.mac, isFork: true }
  let bytes = 0
  const toVersion = Math.min(book.run.version, fromVersion + OFFERED_MAX)
  for (let version = fromVersion; version < toVersion && bytes < PAGE_BYTES; version++) {
    const fact = book.journal[version]?.fact
    if (!fact) break
    facts.push(fact)
    bytes += Buffer.byteLength(JSON.stringify(fact))
  }
  return { ok: true, fromVersion, facts, mac: macAt(book, fromVersion + facts.length) ?? book.mac, isFork: false }
}
