import type { Refusal } from '../../shared/protocol/errors.ts'
import type { CatchUp, CatchUpAnswer, Facts, SnapshotRow, Stand } from '../../shared/protocol/wire.ts'
import { bookFromRows, foldFacts, type PhoneBook } from '../../shared/run/catch-up.ts'

/** `facts`: the tail, when it was one. `isFork`: the server has lost what this book stood on. */
export type CaughtUp = { readonly book: PhoneBook; readonly facts: Facts | undefined; readonly isFork: boolean }

/**
 * Brings a book up to the journal: the tail, or page by page a snapshot. `undefined` when the server
 * did not answer or changed its mind between two pages: ask again.
 *
 * @param told where this phone stood before a reload, while it has no book.
 */
export async function pullCatchUp(
  book: PhoneBook,
  told: Stand | undefined,
  ask: (asked: CatchUp) => Promise<CatchUpAnswer | Refusal>,
): Promise<CaughtUp | undefined> {
  const at = { fromVersion: book.run.version, mac: book.mac, ...(told && { told }) }
  const first = await ask({ ...at, page: 0 })
  if (!first.ok) return undefined
  if (first.is === 'tail') {
    const caughtUp = foldFacts(book, first)
    return caughtUp === 'gap' ? undefined : { book: caughtUp, facts: first, isFork: false }
  }
  const rows: SnapshotRow[] = [...first.rows]
  for (let page = 1; page < first.pageCount; page++) {
    const next = await ask({ ...at, page })
    if (!next.ok || next.is !== 'snapshot' || next.version !== first.version) return undefined
    rows.push(...next.rows)
  }
  return { book: bookFromRows(first.version, first.mac, rows), facts: undefined, isFork: first.isFork }
}
