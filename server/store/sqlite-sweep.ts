/**
 * Deletes what is left of forgotten runs, a piece at a time: a run may have millions of fixes, and
 * nothing else happens in this process while a statement runs.
 */
import type { Chunks } from './sqlite-chunks.ts'
import { type Database, inTransaction } from './sqlite-database.ts'

/** Measured: no pause above 30 ms on two busy cores. */
const PIECE_ROWS = 2_000

/** By which column a run's rows are told apart, to take some of them. */
const tables = {
  journal: 'version',
  word: 'key',
  route: 'routeId',
  attached: 'memberId',
  erased: 'memberId',
  member: 'memberId',
  clubRun: 'clubId',
} as const

/** A function that deletes one piece, and says whether there may be more. */
export function prepareSweep(db: Database, chunks: Chunks): () => boolean {
  const someRun = db.prepare('SELECT runNo FROM forgotten LIMIT 1')
  const deleteRun = db.prepare('DELETE FROM forgotten WHERE runNo = ?')
  const deleteRows = Object.entries(tables).map(([table, column]) =>
    db.prepare(`DELETE FROM ${table} WHERE runNo = :runNo AND ${column} IN
      (SELECT ${column} FROM ${table} WHERE runNo = :runNo LIMIT ${PIECE_ROWS})`),
  )
  const someTrack = db.prepare('SELECT no, lastChunkNo FROM track WHERE runNo = ? LIMIT 1')
  const updateTrack = db.prepare('UPDATE track SET lastChunkNo = ? WHERE no = ?')
  const deleteTrack = db.prepare('DELETE FROM track WHERE no = ?')
  const deleteFixes = db.prepare(`DELETE FROM fix WHERE trackNo = :trackNo AND key IN
    (SELECT key FROM fix WHERE trackNo = :trackNo LIMIT :limit)`)

  function sweepTracks(runNo: number): boolean {
    let rowsLeft = PIECE_ROWS
    while (rowsLeft > 0) {
      const track = someTrack.get(runNo)
      if (!track) return false
      const { lastNo, left } = chunks.remove(track.lastChunkNo, rowsLeft)
      updateTrack.run(lastNo, track.no)
      rowsLeft = Math.floor(left)
      if (lastNo > 0 || rowsLeft <= 0) continue
      const { changes } = deleteFixes.run({ trackNo: track.no, limit: rowsLeft })
      if (changes < rowsLeft) deleteTrack.run(track.no)
      rowsLeft -= changes + 1
    }
    return true
  }

  return () =>
    inTransaction(db, () => {
      const run = someRun.get()
      if (!run) return false
      const { runNo } = run
      for (const statement of deleteRows) if (statement.run({ runNo }).changes > 0) return true
      if (!sweepTracks(runNo)) deleteRun.run(runNo)
      return true
    })
}
