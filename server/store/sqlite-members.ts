/**
 * Where members and their tracks stand. The rows of who sends live are written about once a minute and not with
 * each chunk: in between it is known here, and after a crash from the chunks that the rows do not count yet.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import { addSeqs } from '../../shared/seq-ranges.ts'
import type { MemberId } from '../../shared/units.ts'
import { type Chunks, type Point, withoutRepeats } from './sqlite-chunks.ts'
import type { Database } from './sqlite-database.ts'
import type { Stored } from './store.ts'

/** How far the rows may be behind: a minute at fifty phones a slot, and half a second at an opening. */
const UNCOUNTED_MAX = 60_000

export type Track = {
  readonly no: number
  readonly source: string
  ranges: Stored['ranges']
  kept: number
  /** Of the chunks that are counted here. */
  lastChunkNo: number
  isSaved: boolean
}
export type Member = {
  readonly runNo: number
  readonly memberId: MemberId
  aside: Stored['aside']
  /** Believed, of all sources. */
  newest: Fix | null
  readonly tracks: Map<string, Track>
  /** The first chunk that a row of theirs does not count. */
  aheadFromNo: number
}

type MemberRow = { runNo: number; memberId: MemberId; aside: string; newest: string | null }
type TrackRow = { no: number; source: string; ranges: string; kept: number; lastChunkNo: number }

/**
 * What writes is part of the caller's transaction; when that fails, `recount` forgets what it changed here.
 * @param newestOfOld for the rows of an older schema
 */
export function openMembers(
  db: Database,
  chunks: Chunks,
  newestOfOld: (runNo: number, memberId: MemberId) => Fix | null,
) {
  const insertMember = db.prepare(
    `INSERT INTO member (runNo, memberId, aside, newestTakenAtMs) VALUES (?, ?, '{}', -1)`,
  )
  const memberColumns = 'SELECT runNo, memberId, aside, newest FROM member WHERE runNo = ?'
  const selectMember = db.prepare(`${memberColumns} AND memberId = ?`)
  const selectMembers = db.prepare(memberColumns)
  const updateMember = db.prepare('UPDATE member SET aside = ?, newest = ? WHERE runNo = ? AND memberId = ?')
  const deleteMember = db.prepare('DELETE FROM member WHERE runNo = ? AND memberId = ?')
  const insertTrack = db.prepare(
    `INSERT INTO track (runNo, memberId, source, ranges) VALUES (?, ?, ?, '[]') RETURNING no`,
  )
  const selectTracks = db.prepare(
    'SELECT no, source, ranges, kept, lastChunkNo FROM track WHERE runNo = ? AND memberId = ? ORDER BY source',
  )
  const selectOwner = db.prepare('SELECT runNo, memberId, source FROM track WHERE no = ?')
  const updateTrack = db.prepare('UPDATE track SET ranges = ?, kept = ?, lastChunkNo = ? WHERE no = ?')
  const deleteTracks = db.prepare('DELETE FROM track WHERE runNo = ? AND memberId = ?')
  const selectCounted = db.prepare('SELECT chunkNo FROM counted')
  const updateCounted = db.prepare('UPDATE counted SET chunkNo = ?')

  /** Who is ahead of their rows, in the order in which they came to be so. */
  const ahead = new Map<string, Member>()
  let countedNo = 0
  let nextChunkNo = 1

  function memberIn({ runNo, memberId, aside, newest }: MemberRow): Member {
    const rows: TrackRow[] = selectTracks.all(runNo, memberId)
    const tracks = rows.map((row) => [row.source, { ...row, ranges: JSON.parse(row.ranges), isSaved: true }] as const)
    return {
      ...{ runNo, memberId, aside: JSON.parse(aside), tracks: new Map(tracks), aheadFromNo: 0 },
      newest: newest === null ? newestOfOld(runNo, memberId) : JSON.parse(newest),
    }
  }

  function find(runNo: number, memberId: MemberId): Member | undefined {
    const known = ahead.get(keyOf(runNo, memberId))
    if (known) return known
    const row = selectMember.get(runNo, memberId)
    return row && memberIn(row)
  }

  /** `points` are no repeats. */
  function count(member: Member, track: Track, points: readonly Point[], firstNo: number, lastNo: number): void {
    const keys = points.map(({ key }) => key)
    track.ranges = addSeqs(track.ranges, keys)
    track.kept += points.length
    track.lastChunkNo = lastNo
    track.isSaved = false
    for (const point of points) member.newest = newer(member.newest, point)
    const key = keyOf(member.runNo, member.memberId)
    if (ahead.has(key)) return
    member.aheadFromNo = firstNo
    ahead.set(key, member)
  }

  function save(member: Member): void {
    const { runNo, memberId, aside, newest, tracks } = member
    updateMember.run(JSON.stringify(aside), newest && JSON.stringify(newest), runNo, memberId)
    for (const track of tracks.values()) {
      if (!track.isSaved) updateTrack.run(JSON.stringify(track.ranges), track.kept, track.lastChunkNo, track.no)
      track.isSaved = true
    }
    ahead.delete(keyOf(runNo, memberId))
  }

  function recount(): void {
    ahead.clear()
    countedNo = selectCounted.get().chunkNo
    nextChunkNo = Math.max(countedNo, chunks.lastNo()) + 1
    for (const { no, trackNo, points } of chunks.after(countedNo)) {
      const owner = selectOwner.get(trackNo)
      const member = owner && find(owner.runNo, owner.memberId)
      const track = member?.tracks.get(owner.source)
      if (track && no > track.lastChunkNo) count(member, track, points, no, no)
    }
  }
  recount()

  return {
    find,
    recount,
    /** All of their rows. */
    save,

    make(runNo: number, memberId: MemberId): Member {
      insertMember.run(runNo, memberId)
      return { runNo, memberId, aside: {}, newest: null, tracks: new Map(), aheadFromNo: 0 }
    },

    trackOf(member: Member, source: string): Track {
      const found = member.tracks.get(source)
      if (found) return found
      const { no } = insertTrack.get(member.runNo, member.memberId, source)
      const made: Track = { no, source, ranges: [], kept: 0, lastChunkNo: 0, isSaved: true }
      member.tracks.set(source, made)
      return made
    },

    /** Those that the track does not have yet, by their numbers. */
    addChunks(member: Member, track: Track, points: readonly Point[]): void {
      const fresh = withoutRepeats(track.ranges, points)
      if (fresh.length === 0) return
      const firstNo = nextChunkNo
      const lastNo = chunks.add(firstNo, track.no, track.lastChunkNo, fresh)
      nextChunkNo = lastNo + 1
      count(member, track, fresh, firstNo, lastNo)
    },

    /** Of those whose rows are the furthest behind; to be called with each put. */
    saveOldest(): void {
      for (const member of ahead.values()) {
        if (member.aheadFromNo >= nextChunkNo - UNCOUNTED_MAX) break
        save(member)
      }
      const [oldest] = ahead.values()
      const allThroughNo = (oldest?.aheadFromNo ?? nextChunkNo) - 1
      if (allThroughNo < countedNo + UNCOUNTED_MAX / 100) return
      countedNo = allThroughNo
      updateCounted.run(countedNo)
    },

    saveOf(runNo: number): void {
      for (const member of ahead.values()) if (member.runNo === runNo) save(member)
    },

    ofRun: (runNo: number): Member[] =>
      selectMembers.all(runNo).map((row: MemberRow) => ahead.get(keyOf(runNo, row.memberId)) ?? memberIn(row)),

    /** Their rows; not what they lead to. */
    remove({ runNo, memberId }: Member): void {
      ahead.delete(keyOf(runNo, memberId))
      deleteTracks.run(runNo, memberId)
      deleteMember.run(runNo, memberId)
    },
  }
}

const keyOf = (runNo: number, memberId: MemberId): string => `${runNo} ${memberId}`

export const newer = (newest: Fix | null, { flag, fix }: Point): Fix | null =>
  flag === 'believed' && fix.takenAtMs > (newest?.takenAtMs ?? -1) ? fix : newest
