import { type Fix, fixSchema } from '../../shared/geo/fix.ts'
import type { MemberId } from '../../shared/units.ts'
import type { Database } from './sqlite-database.ts'
import type { FixBatch, KeptProgress, Stored, TrackPoint } from './store.ts'
import { isPhoneStream, NOTHING_STORED, withBatch } from './stored.ts'

/** Stored as their place in this list. Add at the end only. */
const flags = ['believed', 'unbelieved', 'aside'] as const satisfies readonly TrackPoint['flag'][]

/** The columns of a fix carry the names of its fields. */
const fixFields = Object.keys(fixSchema.shape) as (keyof Fix)[]

type FixRow = Record<keyof Fix, number | null>
type Track = { readonly no: number; readonly ranges: Stored['ranges']; readonly kept: number }
type Newest = { readonly trackNo: number | null; readonly key: number | null; readonly takenAtMs: number }
type Member = { readonly aside: Stored['aside']; readonly newest: Newest }

const NEW_MEMBER: Member = { aside: {}, newest: { trackNo: null, key: null, takenAtMs: -1 } }

/** Members' fixes. Every call is part of the caller's transaction. */
export function openTracks(db: Database) {
  const selectTrack = db.prepare('SELECT no, ranges, kept FROM track WHERE runNo = ? AND memberId = ? AND source = ?')
  const selectTracks = db.prepare('SELECT no, source FROM track WHERE runNo = ? AND memberId = ? ORDER BY source')
  const insertTrack = db.prepare(
    `INSERT INTO track (runNo, memberId, source, ranges) VALUES (?, ?, ?, '[]') RETURNING no`,
  )
  const updateTrack = db.prepare('UPDATE track SET ranges = ?, kept = ? WHERE no = ?')
  const deleteTracks = db.prepare('DELETE FROM track WHERE runNo = ? AND memberId = ?')

  const selectMember = db.prepare(
    'SELECT aside, newestTrackNo, newestKey, newestTakenAtMs FROM member WHERE runNo = ? AND memberId = ?',
  )
  const upsertMember = db.prepare(`INSERT INTO member
    (runNo, memberId, aside, newestTrackNo, newestKey, newestTakenAtMs) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET aside = excluded.aside, newestTrackNo = excluded.newestTrackNo,
      newestKey = excluded.newestKey, newestTakenAtMs = excluded.newestTakenAtMs`)
  const updateProgress = db.prepare(
    'UPDATE member SET progress = ?, progressAtMs = ? WHERE runNo = ? AND memberId = ? AND progressAtMs <= ?',
  )
  const selectAllProgress = db.prepare(
    'SELECT memberId, progress, progressAtMs FROM member WHERE runNo = ? AND progress IS NOT NULL',
  )
  const selectProgress = db.prepare(
    'SELECT memberId, progress, progressAtMs FROM member WHERE runNo = ? AND memberId = ? AND progress IS NOT NULL',
  )
  const deleteMember = db.prepare('DELETE FROM member WHERE runNo = ? AND memberId = ?')

  const insertFix = db.prepare(`INSERT INTO fix (trackNo, key, flag, receivedAtMs, ${fixFields})
    VALUES (?, ?, ?, ?, ${fixFields.map(() => '?')}) ON CONFLICT DO NOTHING`)
  const selectFixes = `SELECT key, flag, receivedAtMs, ${fixFields} FROM fix WHERE trackNo = ?`
  const selectByKey = db.prepare(`${selectFixes} ORDER BY key`)
  const selectByTime = db.prepare(`${selectFixes} ORDER BY takenAtMs, key`)
  const selectNewest = db.prepare(`SELECT memberId, ${fixFields} FROM member
    JOIN fix ON trackNo = newestTrackNo AND key = newestKey WHERE runNo = ?`)
  const deleteFixes = db.prepare(
    'DELETE FROM fix WHERE trackNo IN (SELECT no FROM track WHERE runNo = ? AND memberId = ?)',
  )

  function trackOf(runNo: number, memberId: MemberId, source: string): Track | undefined {
    const row = selectTrack.get(runNo, memberId, source)
    return row && { no: row.no, ranges: JSON.parse(row.ranges), kept: row.kept }
  }

  function memberOf(runNo: number, memberId: MemberId): Member {
    const row = selectMember.get(runNo, memberId)
    if (!row) return NEW_MEMBER
    const newest = { trackNo: row.newestTrackNo, key: row.newestKey, takenAtMs: row.newestTakenAtMs }
    return { aside: JSON.parse(row.aside), newest }
  }

  function insertPoints(trackNo: number, points: FixBatch['points'], newestBefore: Newest) {
    let newest = newestBefore
    let newCount = 0
    for (const { key, fix, receivedAtMs, flag } of points) {
      const values = fixFields.map((field) => exactly(fix[field] ?? null))
      const isNew = insertFix.run(trackNo, key, flags.indexOf(flag), receivedAtMs, ...values).changes === 1
      if (isNew) newCount++
      if (isNew && flag === 'believed' && fix.takenAtMs > newest.takenAtMs)
        newest = { trackNo, key, takenAtMs: fix.takenAtMs }
    }
    return { newest, newCount }
  }

  return {
    put(runNo: number, batch: FixBatch): Stored {
      const { memberId, source, points, progress } = batch
      const track = trackOf(runNo, memberId, source) ?? {
        no: insertTrack.get(runNo, memberId, source).no,
        ranges: NOTHING_STORED.ranges,
        kept: 0,
      }
      const member = memberOf(runNo, memberId)
      const { newest, newCount } = insertPoints(track.no, points, member.newest)
      const before = { ranges: track.ranges, keptCount: track.kept, aside: member.aside }
      const after = withBatch(before, batch, newCount)
      updateTrack.run(JSON.stringify(after.ranges), after.keptCount, track.no)
      const { trackNo, key, takenAtMs } = newest
      upsertMember.run(runNo, memberId, JSON.stringify(after.aside), trackNo, key, takenAtMs)
      if (progress) updateProgress.run(progress.json, progress.takenAtMs, runNo, memberId, progress.takenAtMs)
      return after
    },

    stored(runNo: number, memberId: MemberId, source: string): Stored {
      const { ranges = NOTHING_STORED.ranges, kept = 0 } = trackOf(runNo, memberId, source) ?? {}
      return { ranges, keptCount: kept, aside: memberOf(runNo, memberId).aside }
    },

    read(runNo: number, memberId: MemberId): readonly TrackPoint[] {
      const tracks: { no: number; source: string }[] = selectTracks.all(runNo, memberId)
      return tracks.flatMap(({ no, source }) => {
        const rows = (isPhoneStream(source) ? selectByKey : selectByTime).all(no)
        return rows.map((row): TrackPoint => {
          const { key, flag, receivedAtMs } = row
          return { source, key, fix: fixOf(row), receivedAtMs, flag: flags[flag] as TrackPoint['flag'] }
        })
      })
    },

    newest: (runNo: number): ReadonlyMap<MemberId, Fix> =>
      new Map(selectNewest.all(runNo).map((row) => [row.memberId, fixOf(row)])),

    readProgress(runNo: number, memberIds?: readonly MemberId[]): ReadonlyMap<MemberId, KeptProgress> {
      const rows: { memberId: MemberId; progress: string; progressAtMs: number }[] = memberIds
        ? memberIds.flatMap((memberId) => selectProgress.all(runNo, memberId))
        : selectAllProgress.all(runNo)
      return new Map(
        rows.map(({ memberId, progress, progressAtMs }) => [memberId, { takenAtMs: progressAtMs, json: progress }]),
      )
    },

    erase(runNo: number, memberId: MemberId): void {
      deleteFixes.run(runNo, memberId)
      deleteTracks.run(runNo, memberId)
      deleteMember.run(runNo, memberId)
    },
  }
}

/** The library takes numbers this near above a whole one for it; SQLite reads them from text as they are. */
const exactly = (value: number | null): number | string | null =>
  value === null || Number.isInteger(value) || value - Math.floor(value) >= Number.EPSILON ? value : String(value)

/** An unknown field is absent, as it was sent. */
const fixOf = (row: FixRow): Fix =>
  Object.fromEntries(fixFields.flatMap((field) => (row[field] === null ? [] : [[field, row[field]]]))) as Fix
