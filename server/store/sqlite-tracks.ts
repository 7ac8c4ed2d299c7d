import { type Fix, fixSchema } from '../../shared/geo/fix.ts'
import { addSeqs } from '../../shared/seq-ranges.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Chunks, flags, type Point } from './sqlite-chunks.ts'
import type { Database } from './sqlite-database.ts'
import { type Member, newer, openMembers, type Track } from './sqlite-members.ts'
import type { FixBatch, KeptProgress, Stored, TrackPoint } from './store.ts'
import { isPhoneStream, NOTHING_STORED, onlyHad, withCounts } from './stored.ts'

/** The columns of a fix carry the names of its fields. */
const fixFields = Object.keys(fixSchema.shape) as (keyof Fix)[]

/**
 * Members' fixes. Those of phones lie in chunks, told apart by their numbers; those of trackers, and of phones before
 * there were chunks, in a row each. What writes is part of the caller's transaction; when that fails, `recount`.
 */
export function openTracks(db: Database, chunks: Chunks, isErased: (runNo: number, memberId: MemberId) => boolean) {
  const updateProgress = db.prepare(
    'UPDATE member SET progress = ?, progressAtMs = ? WHERE runNo = ? AND memberId = ? AND progressAtMs <= ?',
  )
  const selectAllProgress = db.prepare(
    'SELECT memberId, progress, progressAtMs FROM member WHERE runNo = ? AND progress IS NOT NULL',
  )
  const selectProgress = db.prepare(
    'SELECT memberId, progress, progressAtMs FROM member WHERE runNo = ? AND memberId = ? AND progress IS NOT NULL',
  )
  const insertFix = db.prepare(`INSERT INTO fix (trackNo, key, flag, receivedAtMs, ${fixFields})
    VALUES (?, ?, ?, ?, ${fixFields.map(() => '?')}) ON CONFLICT DO NOTHING`)
  const selectFixes = db.prepare(`SELECT key, flag, receivedAtMs, ${fixFields} FROM fix WHERE trackNo = ?`)
  const selectNewest = db.prepare(`SELECT ${fixFields} FROM member
    JOIN fix ON trackNo = newestTrackNo AND key = newestKey WHERE runNo = ? AND memberId = ?`)
  const deleteFixes = db.prepare('DELETE FROM fix WHERE trackNo = ?')

  const members = openMembers(db, chunks, (runNo, memberId) => {
    const row = selectNewest.get(runNo, memberId)
    return row ? fixOf(row) : null
  })

  function addRows(member: Member, track: Track, points: readonly Point[]): void {
    for (const point of points) {
      const { key, fix, receivedAtMs, flag } = point
      const values = fixFields.map((field) => exactly(fix[field] ?? null))
      if (insertFix.run(track.no, key, flags.indexOf(flag), receivedAtMs, ...values).changes === 0) continue
      track.kept++
      member.newest = newer(member.newest, point)
    }
  }

  return {
    recount: members.recount,

    put(runNo: number, batch: FixBatch): Stored {
      const { memberId, source, points, droppedKeys, aside, progress } = batch
      const found = members.find(runNo, memberId)
      if (!found && isErased(runNo, memberId)) return onlyHad(batch)
      const member = found ?? members.make(runNo, memberId)
      const track = members.trackOf(member, source)
      const isPhone = isPhoneStream(source)
      if (isPhone) members.addChunks(member, track, points)
      else addRows(member, track, points)
      if (isPhone && droppedKeys.length > 0) track.ranges = addSeqs(track.ranges, droppedKeys)
      const isCounted = Object.keys(aside).length > 0
      if (isCounted) member.aside = withCounts(member.aside, aside)
      // Chunks can be counted again after a crash, and nothing else.
      if (!isPhone || droppedKeys.length > 0 || isCounted) {
        track.isSaved = false
        members.save(member)
      }
      if (progress) updateProgress.run(progress.json, progress.takenAtMs, runNo, memberId, progress.takenAtMs)
      members.saveOldest()
      return storedOf(member, track)
    },

    stored(runNo: number, memberId: MemberId, source: string): Stored {
      const member = members.find(runNo, memberId)
      return member ? storedOf(member, member.tracks.get(source)) : NOTHING_STORED
    },

    read(runNo: number, memberId: MemberId): readonly TrackPoint[] {
      const tracks = [...(members.find(runNo, memberId)?.tracks.values() ?? [])]
      return tracks
        .sort((a, b) => (a.source < b.source ? -1 : 1))
        .flatMap(({ no, source, lastChunkNo }) => {
          const points = [...selectFixes.all(no).map(pointOf), ...chunks.pointsThrough(lastChunkNo)]
          const byKey = points.sort((a, b) => a.key - b.key)
          const inOrder = isPhoneStream(source) ? byKey : byKey.sort((a, b) => a.fix.takenAtMs - b.fix.takenAtMs)
          return inOrder.map((point): TrackPoint => ({ source, ...point }))
        })
    },

    newest: (runNo: number): ReadonlyMap<MemberId, Fix> =>
      new Map(members.ofRun(runNo).flatMap(({ memberId, newest }) => (newest ? [[memberId, newest]] : []))),

    readProgress(runNo: number, memberIds?: readonly MemberId[]): ReadonlyMap<MemberId, KeptProgress> {
      const rows: { memberId: MemberId; progress: string; progressAtMs: number }[] = memberIds
        ? memberIds.flatMap((memberId) => selectProgress.all(runNo, memberId))
        : selectAllProgress.all(runNo)
      return new Map(
        rows.map(({ memberId, progress, progressAtMs }) => [memberId, { takenAtMs: progressAtMs, json: progress }]),
      )
    },

    erase(runNo: number, memberId: MemberId): void {
      const member = members.find(runNo, memberId)
      if (!member) return
      for (const { no, lastChunkNo } of member.tracks.values()) {
        chunks.remove(lastChunkNo)
        deleteFixes.run(no)
      }
      members.remove(member)
    },

    /** The rows of the run tell all from here on, for the sweep. */
    handOver: members.saveOf,
  }
}

const storedOf = ({ aside }: Member, track: Track | undefined): Stored => ({
  ranges: track?.ranges ?? NOTHING_STORED.ranges,
  keptCount: track?.kept ?? 0,
  aside,
})

/** The library takes numbers this near above a whole one for it; SQLite reads them from text as they are. */
const exactly = (value: number | null): number | string | null =>
  value === null || Number.isInteger(value) || value - Math.floor(value) >= Number.EPSILON ? value : String(value)

type FixRow = Record<keyof Fix, number | null>

const pointOf = (row: FixRow & { key: number; flag: number; receivedAtMs: number }): Point => {
  const { key, flag, receivedAtMs } = row
  return { key, fix: fixOf(row), receivedAtMs, flag: flags[flag] as TrackPoint['flag'] }
}

/** An unknown field is absent, as it was sent. */
const fixOf = (row: FixRow): Fix =>
  Object.fromEntries(fixFields.flatMap((field) => (row[field] === null ? [] : [[field, row[field]]]))) as Fix
