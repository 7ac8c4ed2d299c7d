/** The embedded store: runs in one SQLite file that belongs to one process. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { mustFollow } from './addition.ts'
import { openChunks } from './sqlite-chunks.ts'
import { openClubs } from './sqlite-clubs.ts'
import { closeDatabase, type Database, emptyLog, inTransaction, openDatabase } from './sqlite-database.ts'
import { openJournal } from './sqlite-journal.ts'
import { prepareSweep } from './sqlite-sweep.ts'
import { openTracks } from './sqlite-tracks.ts'
import { openWords } from './sqlite-words.ts'
import type { Store } from './store.ts'
import { NOTHING_STORED, onlyHad } from './stored.ts'

/** Throws when the file is open in another process, newer than this program, or not its own. */
export function openSqliteStore(file: string): Store {
  return storeIn(openDatabase(file))
}

export function storeIn(db: Database): Store {
  const journal = openJournal(db)
  const words = openWords(db)
  const clubs = openClubs(db)
  const chunks = openChunks(db)
  const tracks = openTracks(db, chunks, words.isErased)
  const sweepPiece = prepareSweep(db, chunks)
  const insertSettled = db.prepare('INSERT INTO settled (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const selectSettled = db.prepare('SELECT value FROM settled WHERE name = ?')

  inTransaction(db, journal.forgetUnborn)
  while (sweepPiece());

  function changeTracks<T>(work: () => T): T {
    try {
      return inTransaction(db, work)
    } catch (fault) {
      if (db.isOpen) tracks.recount()
      throw fault
    }
  }

  return {
    async append(runId, expectedVersion, addition) {
      mustFollow(expectedVersion, addition.entries)
      const isAppended = changeTracks(() => {
        const runNo = journal.append(runId, expectedVersion, addition)
        if (runNo === undefined) return false
        words.add(runNo, addition)
        for (const memberId of addition.erase) tracks.erase(runNo, memberId)
        return true
      })
      if (isAppended && addition.erase.length > 0) emptyLog(db)
      return isAppended ? 'appended' : 'conflict'
    },

    async heads(runIds) {
      return runIds.map(journal.head)
    },

    async confirm() {
      // What can be read was stored by this process or the one before it, and is safe.
      if (!db.isOpen) throw new Error('the store is closed')
    },

    silentMs: () => 0,

    async read(runId, afterVersion, limit) {
      const runNo = journal.runNo(runId)
      return runNo === undefined ? [] : journal.read(runNo, afterVersion, limit)
    },

    async firstVersions(runId, commandIds) {
      const runNo = journal.runNo(runId)
      return runNo === undefined ? new Map() : journal.firstVersions(runNo, commandIds)
    },

    async readWords(runId) {
      const runNo = journal.runNo(runId)
      return runNo === undefined ? [] : words.readWords(runNo)
    },

    async putRoute(runId, routeId, json) {
      inTransaction(db, () => words.putRoute(journal.makeRun(runId), routeId, json))
    },

    async readRoute(runId, routeId) {
      const runNo = journal.plannedRunNo(runId)
      return runNo === undefined ? undefined : words.readRoute(runNo, routeId)
    },

    async dueRuns(nowMs, limit) {
      return journal.dueRuns(nowMs, limit)
    },

    async setWake(runId, version, wakeAtMs) {
      inTransaction(db, () => journal.setWake(runId, version, wakeAtMs))
    },

    async putFixes(batches) {
      return changeTracks(() =>
        batches.map((batch) => {
          const runNo = journal.runNo(batch.runId)
          if (runNo === undefined) return journal.isForgotten(batch.runId) ? onlyHad(batch) : 'no-run'
          return tracks.put(runNo, batch)
        }),
      )
    },

    async stored(runId, memberId, source) {
      const runNo = journal.runNo(runId)
      return runNo === undefined ? NOTHING_STORED : tracks.stored(runNo, memberId, source)
    },

    async readTrack(runId, memberId) {
      const runNo = journal.runNo(runId)
      return runNo === undefined ? [] : tracks.read(runNo, memberId)
    },

    async newestFixes(runId) {
      const runNo = journal.runNo(runId)
      return runNo === undefined ? new Map() : tracks.newest(runNo)
    },

    async readProgress(runId, memberIds) {
      const runNo = journal.runNo(runId)
      return runNo === undefined ? new Map() : tracks.readProgress(runNo, memberIds)
    },

    async trackerSeats(trackerId) {
      return words.trackerSeats(trackerId)
    },

    async putClubRun(clubId, run) {
      inTransaction(db, () => {
        const runNo = journal.runNo(run.runId)
        if (runNo !== undefined) clubs.put(clubId, runNo, run)
      })
    },

    async dropClubRun(clubId, runId) {
      inTransaction(db, () => {
        const runNo = journal.runNo(runId)
        if (runNo !== undefined) clubs.drop(clubId, runNo)
      })
    },

    async putClubName(clubId, name, keptUntilMs) {
      inTransaction(db, () => clubs.name(clubId, name, keptUntilMs))
    },

    async keepClub(clubId, keptUntilMs) {
      inTransaction(db, () => clubs.keep(clubId, keptUntilMs))
    },

    async forgetClubs(nowMs) {
      if (inTransaction(db, () => clubs.forget(nowMs))) emptyLog(db)
    },

    async renewClub(clubId, secret, renewal) {
      return inTransaction(db, () => clubs.renew(clubId, secret, renewal))
    },

    async club(clubId) {
      return clubs.read(clubId)
    },

    async forgetRun(runId) {
      changeTracks(() => {
        const runNo = journal.runNo(runId)
        if (runNo !== undefined) tracks.handOver(runNo)
        journal.forget(runId)
      })
      while (sweepPiece()) await nextTurn()
      emptyLog(db)
    },

    async settle(name, value) {
      return inTransaction(db, () => {
        insertSettled.run(name, value)
        return selectSettled.get(name).value
      })
    },

    async close() {
      if (db.isOpen) closeDatabase(db)
    },
  }
}
