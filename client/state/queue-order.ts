/** A list that does not jump about under the thumb. */

/** One row, as far as its place in the list goes. */
export type Ranked = {
  readonly key: string
  /** Lower ranks stand above; a changed rank counts at once. */
  readonly rank: number
  /** Within a rank: less stands above. In milliseconds. */
  readonly costMs: number
  /** The size of what that was made of: a difference counts beside it. */
  readonly sizeMs: number
}

export type Order = {
  readonly keys: readonly string[]
  readonly lookedAtMs: number
  /** Who was clearly better than somebody above them at the last look. */
  readonly rising: ReadonlySet<string>
}

export const noOrder: Order = { keys: [], lookedAtMs: 0, rising: new Set() }

const LOOKS_EVERY_MS = 5_000
const CLEARLY_SHARE = 0.2
const CLEARLY_MS = 30_000

/**
 * The rows in the order to show. Whoever is new comes last in its rank; a row moves up within its rank when it was clearly better
 * than somebody above (by a fifth, and by half a minute) at two looks, 5 s apart.
 */
export function orderAfter(before: Order, rows: readonly Ranked[], nowMs: number): Order {
  const isFirst = before.keys.length === 0
  const knownAt = new Map(before.keys.map((key, index) => [key, index]))
  const place = ({ key }: Ranked) => knownAt.get(key) ?? before.keys.length
  const ordered = rows.toSorted((a, b) => a.rank - b.rank || (isFirst ? 0 : place(a) - place(b)) || a.costMs - b.costMs)
  const sinceMs = nowMs - before.lookedAtMs
  if (sinceMs >= 0 && sinceMs < LOOKS_EVERY_MS) return { ...before, keys: ordered.map(({ key }) => key) }
  const rising = new Set<string>()
  for (const row of [...ordered]) {
    const from = ordered.indexOf(row)
    const to = ordered.findIndex(
      (above, index) => index < from && above.rank === row.rank && isClearlyBetter(row, above),
    )
    if (to < 0) continue
    if (before.rising.has(row.key)) ordered.splice(to, 0, ...ordered.splice(from, 1))
    else rising.add(row.key)
  }
  return { keys: ordered.map(({ key }) => key), lookedAtMs: nowMs, rising }
}

const isClearlyBetter = (row: Ranked, above: Ranked): boolean =>
  above.costMs - row.costMs > Math.max(CLEARLY_MS, CLEARLY_SHARE * Math.max(row.sizeMs, above.sizeMs))
