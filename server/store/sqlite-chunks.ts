/**
 * The fixes of phones, some to a row, in the order in which they came: so a slot with the fixes of fifty phones is
 * written to the pages at the end of one table, and not to fifty all over the file, which costs the most. Each
 * chunk names the one before it of the same track, and is found from the last one.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import { hasSeq, type SeqRanges } from '../../shared/seq-ranges.ts'
import type { Database } from './sqlite-database.ts'
import type { TrackPoint } from './store.ts'

/** More would make rows that take long to write and to delete. */
const POINTS_MAX = 500

/** To delete a chunk, against a row of one fix: live ones lie on a page among those of others. */
const CHUNK_COST = 5
/** As phones send them. */
const FIX_BYTES = 72

/** Stored as their place in this list. Add at the end only. */
export const flags = ['believed', 'unbelieved', 'aside'] as const satisfies readonly TrackPoint['flag'][]
const FLAG_BITS = 2

/** Stored by their place in this list. Add at the end only. */
const fields = [
  'takenAtMs',
  'latitudeDeg',
  'longitudeDeg',
  'accuracyM',
  'speedMps',
  'headingDeg',
  'altitudeM',
  'battery',
] as const satisfies readonly (keyof Fix)[]
const REQUIRED = 0b111

export type Point = Omit<TrackPoint, 'source'>
export type Chunk = { readonly no: number; readonly trackNo: number; readonly points: readonly Point[] }

export type Chunks = ReturnType<typeof openChunks>

export function openChunks(db: Database) {
  const insert = db.prepare('INSERT INTO chunk (no, trackNo, beforeNo, points) VALUES (?, ?, ?, ?)')
  const select = db.prepare('SELECT beforeNo, points FROM chunk WHERE no = ?')
  const selectAfter = db.prepare('SELECT no, trackNo, points FROM chunk WHERE no > ? ORDER BY no')
  const selectLast = db.prepare('SELECT coalesce(max(no), 0) AS no FROM chunk')
  const remove = db.prepare('DELETE FROM chunk WHERE no = ? RETURNING beforeNo, length(points) AS bytes')

  return {
    lastNo: (): number => selectLast.get().no,

    /** In chunks numbered from `firstNo` on, behind chunk `beforeNo` of the track. The number of the last one. */
    add(firstNo: number, trackNo: number, beforeNo: number, points: readonly Point[]): number {
      let [no, before] = [firstNo, beforeNo]
      for (let at = 0; at < points.length; at += POINTS_MAX) {
        insert.run(no, trackNo, before, packed(points.slice(at, at + POINTS_MAX)))
        before = no++
      }
      return before
    },

    /** All that came before and with chunk `lastNo`, in no order. */
    pointsThrough(lastNo: number): Point[] {
      const points: Point[] = []
      for (let no = lastNo; no > 0; ) {
        const row: { beforeNo: number; points: Uint8Array } = select.get(no)
        points.push(...unpacked(row.points))
        no = row.beforeNo
      }
      return points
    },

    *after(no: number): Iterable<Chunk> {
      for (const row of selectAfter.iterate(no)) yield { ...row, points: unpacked(row.points) }
    },

    /**
     * A track's from chunk `lastNo` back, as long as the budget lasts: what deleting so many rows of one fix costs.
     * Which chunk is the last one then, 0 when none is left, and what is left of the budget.
     */
    remove(lastNo: number, budget = Number.POSITIVE_INFINITY): { lastNo: number; left: number } {
      let [no, left] = [lastNo, budget]
      while (no > 0 && left > 0) {
        const { beforeNo, bytes } = remove.get(no)
        left -= CHUNK_COST + bytes / FIX_BYTES
        no = beforeNo
      }
      return { lastNo: no, left }
    },
  }
}

/** Those that are not in `ranges`; of two with one number the first. */
export function withoutRepeats(ranges: SeqRanges, points: readonly Point[]): readonly Point[] {
  if (areAllLater(ranges, points)) return points
  const keys = new Set<number>()
  return points.filter(({ key }) => {
    if (keys.has(key) || hasSeq(ranges, key)) return false
    keys.add(key)
    return true
  })
}

/** As they come live. */
function areAllLater(ranges: SeqRanges, points: readonly Point[]): boolean {
  let lastKey = ranges.at(-1)?.[1] ?? -1
  for (const { key } of points) {
    if (key <= lastKey) return false
    lastKey = key
  }
  return true
}

/** Doubles: flag and which fields are known, key, time of arrival, the known fields. */
function packed(points: readonly Point[]): Uint8Array {
  const numbers = new Float64Array(points.length * (3 + fields.length))
  let at = 0
  for (const { key, flag, receivedAtMs, fix } of points) {
    const head = at
    numbers[head + 1] = key
    numbers[head + 2] = receivedAtMs
    at += 3
    let known = 0
    for (let place = 0; place < fields.length; place++) {
      const value = fix[fields[place] as keyof Fix]
      if (value === undefined) continue
      known |= 1 << place
      numbers[at++] = value
    }
    if ((known & REQUIRED) !== REQUIRED) throw new Error('a fix without a time or a place cannot be stored')
    numbers[head] = (known << FLAG_BITS) | flags.indexOf(flag)
  }
  return new Uint8Array(numbers.buffer, 0, at * numbers.BYTES_PER_ELEMENT)
}

function unpacked(bytes: Uint8Array): Point[] {
  const numbers = new Float64Array(bytes.slice().buffer)
  const points: Point[] = []
  for (let at = 0; at < numbers.length; ) {
    const [head = 0, key = 0, receivedAtMs = 0] = numbers.subarray(at, at + 3)
    at += 3
    const fix: Partial<Record<keyof Fix, number>> = {}
    for (const [place, field] of fields.entries())
      if (((head >> FLAG_BITS) >> place) & 1) fix[field] = numbers[at++] as number
    const flag = flags[head & ((1 << FLAG_BITS) - 1)] as TrackPoint['flag']
    points.push({ key, fix: fix as Fix, receivedAtMs, flag })
  }
  return points
}
