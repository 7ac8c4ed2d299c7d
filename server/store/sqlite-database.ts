/**
 * One file, one process. The lock is the operating system's and goes with the process, so that after
 * kill -9 the next one opens at once; in exclusive mode the log needs no shared memory beside the file.
 */
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, statSync } from 'node:fs'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { SECOND_MS } from '../../shared/units.ts'
import { migrations } from './sqlite-schema.ts'
import { StoreAway } from './store.ts'

/** Long enough for the process before to finish closing. */
const LOCK_WAIT_MS = 2 * SECOND_MS
const SQLITE_BUSY = 5
const SQLITE_IOERR = 10
const SQLITE_FULL = 13

export type Database = DatabaseSyncInstance

export function openDatabase(file: string): Database {
  makePrivate(file)
  const db = new DatabaseSync(file, { timeout: LOCK_WAIT_MS })
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    migrate(db)
    renewLife(db, file)
    return db
  } catch (fault) {
    db.close()
    throw new Error(`cannot open the store ${file}: ${reason(fault)}`, { cause: fault })
  }
}

/**
 * Leaves one whole file without a log. The library itself lets go of a closed file only when its last
 * statement is collected as garbage, so the lock is given up by hand.
 */
export function closeDatabase(db: Database): void {
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema')
  } catch {
    // The disk is full: the log stays, and is read at the next opening.
  } finally {
    db.close()
  }
}

/** All of `work`, or nothing when it throws: StoreAway for a disk that is full or fails, which may pass. */
export function inTransaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (fault) {
    // A full disk has rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw mayPass(fault) ? new StoreAway((fault as Error).message, { cause: fault }) : fault
  }
}

/** Takes what was deleted out of the write-ahead log too, where it could be read until overwritten. */
export function emptyLog(db: Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // The deletion itself is stored: it must not be answered with a failure. The next checkpoint does it.
  }
}

function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
  }
}

function migrate(db: Database): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get()
  const { count } = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()
  if (version > migrations.length)
    throw new Error(`its schema is version ${version}, newer than ${migrations.length}, the newest known here`)
  if (version === 0 && count > 0) throw new Error('it belongs to another program')

  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA secure_delete = ON')
  db.exec('PRAGMA cache_size = -32000')
  inTransaction(db, () => {
    for (const sql of migrations.slice(version)) db.exec(sql)
    db.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

/** The extended codes of the library carry the plain one in their last byte. */
function mayPass(fault: unknown): boolean {
  const { errcode = 0 } = fault as { errcode?: number }
  return [SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY].includes(errcode & 0xff)
}

/**
 * A file that was put in the place of the last one is an older copy: what was said to be safe since is gone.
 * A copy poured into the same file is not told from it.
 */
function renewLife(db: Database, file: string): void {
  const { ino, birthtimeMs } = statSync(file)
  const place = `${ino} ${birthtimeMs}`
  if (db.prepare('SELECT place FROM life').get()?.place === place) return
  inTransaction(db, () => {
    db.exec('DELETE FROM life')
    db.prepare('INSERT INTO life (life, place) VALUES (?, ?)').run(randomUUID(), place)
  })
}

function reason(fault: unknown): string {
  const { message, errcode } = fault as Error & { errcode?: number }
  return errcode === SQLITE_BUSY ? 'another process has it open' : message
}
