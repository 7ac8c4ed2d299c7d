import { createHash } from 'node:crypto'
import type { CommandId, RunId } from '../../shared/units.ts'
import { forgottenRun } from './addition.ts'
import type { Database } from './sqlite-database.ts'
import type { Addition, Entry, Head } from './store.ts'

/** Runs with their versions and wake times, and the journal. Every call is part of the caller's transaction. */
export function openJournal(db: Database) {
  const selectRun = db.prepare('SELECT no, version FROM run WHERE id = ?')
  const insertRun = db.prepare('INSERT INTO run (id, version) VALUES (?, 0) RETURNING no, version')
  const updateRun = db.prepare('UPDATE run SET version = ?, wakeAtMs = ? WHERE no = ?')
  const updateWake = db.prepare('UPDATE run SET wakeAtMs = ? WHERE id = ? AND version = ? AND version > 0')
  const deleteRun = db.prepare('DELETE FROM run WHERE id = ? RETURNING no')
  const insertForgotten = db.prepare('INSERT INTO forgotten (runNo) VALUES (?)')
  const insertTombstone = db.prepare('INSERT INTO tombstone (digest) VALUES (?) ON CONFLICT DO NOTHING')
  const selectTombstone = db.prepare('SELECT 1 FROM tombstone WHERE digest = ?')
  const { life } = db.prepare('SELECT life FROM life').get()
  const forgetUnborn = db.prepare('INSERT INTO forgotten SELECT no FROM run WHERE version = 0')
  const deleteUnborn = db.prepare('DELETE FROM run WHERE version = 0')
  const selectDue = db.prepare('SELECT id FROM run WHERE wakeAtMs <= ? ORDER BY wakeAtMs LIMIT ?')

  const insertEntry = db.prepare('INSERT INTO journal (runNo, version, commandId, fact, mac) VALUES (?, ?, ?, ?, ?)')
  const selectEntries = db.prepare(
    'SELECT fact, mac FROM journal WHERE runNo = ? AND version > ? ORDER BY version LIMIT ?',
  )
  const selectMac = db.prepare('SELECT mac FROM journal WHERE runNo = ? AND version = ?')
  const selectFirst = db.prepare('SELECT min(version) AS version FROM journal WHERE runNo = ? AND commandId = ?')

  /** Asked for with each batch of fixes. Once begun, a run has its number until it is forgotten. */
  const begun = new Map<RunId, number>()

  const run = (runId: RunId): { no: number; version: number } | undefined => selectRun.get(runId)
  const isForgotten = (runId: RunId): boolean => selectTombstone.get(digestOf(runId)) !== undefined
  const macAt = (runNo: number, version: number): string => selectMac.get(runNo, version)?.mac ?? ''

  function made(runId: RunId): { no: number; version: number } {
    const found = run(runId)
    if (found) return found
    if (isForgotten(runId)) throw forgottenRun(runId)
    return insertRun.get(runId)
  }

  return {
    /** `undefined` for a run without facts. */
    runNo(runId: RunId): number | undefined {
      const known = begun.get(runId)
      if (known !== undefined) return known
      const found = run(runId)
      if (!found || found.version === 0) return undefined
      begun.set(runId, found.no)
      return found.no
    },

    /** The run's number, also when only routes were put. */
    plannedRunNo: (runId: RunId): number | undefined => run(runId)?.no,

    /** Throws for a forgotten run. */
    makeRun: (runId: RunId): number => made(runId).no,

    isForgotten,

    head(runId: RunId): Head {
      const { no = 0, version = 0 } = run(runId) ?? {}
      if (version === 0) return { version, mac: '', life: '', isForgotten: isForgotten(runId) }
      return { version, mac: macAt(no, version), life, isForgotten: false }
    },

    /** The run's number, or `undefined` at a conflict. Throws for a forgotten run. */
    append(runId: RunId, expectedVersion: number, addition: Addition): number | undefined {
      const { afterMac, entries, wakeAtMs } = addition
      const found = run(runId)
      if (!found && isForgotten(runId)) throw forgottenRun(runId)
      const mac = found ? macAt(found.no, found.version) : ''
      if ((found?.version ?? 0) !== expectedVersion || mac !== afterMac) return undefined
      const { no } = found ?? insertRun.get(runId)
      for (const { fact, mac } of entries) insertEntry.run(no, fact.version, fact.commandId, JSON.stringify(fact), mac)
      updateRun.run(expectedVersion + entries.length, wakeAtMs, no)
      return no
    },

    read(runNo: number, afterVersion: number, limit: number): readonly Entry[] {
      const rows: { fact: string; mac: string }[] = selectEntries.all(runNo, afterVersion, limit)
      return rows.map(({ fact, mac }) => ({ fact: JSON.parse(fact), mac }))
    },

    firstVersions(runNo: number, commandIds: readonly CommandId[]): ReadonlyMap<CommandId, number> {
      const found = new Map<CommandId, number>()
      for (const commandId of commandIds) {
        const { version } = selectFirst.get(runNo, commandId)
        if (version !== null) found.set(commandId, version)
      }
      return found
    },

    dueRuns: (nowMs: number, limit: number): readonly RunId[] =>
      selectDue.all(nowMs, limit).map(({ id }: { id: RunId }) => id),

    setWake(runId: RunId, version: number, wakeAtMs: number | null): void {
      updateWake.run(wakeAtMs, runId, version)
    },

    /** From here on nobody finds the run or makes it anew; its rows are left to the sweep. */
    forget(runId: RunId): void {
      begun.delete(runId)
      insertTombstone.run(digestOf(runId))
      const gone = deleteRun.get(runId)
      if (gone) insertForgotten.run(gone.no)
    },

    /** Routes whose run was never planned: the process ended in between. */
    forgetUnborn(): void {
      forgetUnborn.run()
      deleteUnborn.run()
    },
  }
}

const digestOf = (runId: RunId): Buffer => createHash('sha256').update(runId).digest().subarray(0, 16)
