import type { CommandId, RunId } from '../../shared/units.ts'
import type { Database } from './sqlite-database.ts'
import type { Entry } from './store.ts'

/** Runs with their versions and wake times, and the journal. Every call is part of the caller's transaction. */
export function openJournal(db: Database) {
  const selectRun = db.prepare('SELECT no, version FROM run WHERE id = ?')
  const insertRun = db.prepare('INSERT INTO run (id, version) VALUES (?, 0) RETURNING no, version')
  const updateRun = db.prepare('UPDATE run SET version = ?, wakeAtMs = ? WHERE no = ?')
  const updateWake = db.prepare('UPDATE run SET wakeAtMs = ? WHERE id = ? AND version > 0')
  const deleteRun = db.prepare('DELETE FROM run WHERE id = ? RETURNING no')
  const insertForgotten = db.prepare('INSERT INTO forgotten (runNo) VALUES (?)')
  const forgetUnborn = db.prepare('INSERT INTO forgotten SELECT no FROM run WHERE version = 0')
  const deleteUnborn = db.prepare('DELETE FROM run WHERE version = 0')
  const selectDue = db.prepare('SELECT id FROM run WHERE wakeAtMs <= ? ORDER BY wakeAtMs LIMIT ?')

  const insertEntry = db.prepare('INSERT INTO journal (runNo, version, commandId, fact, mac) VALUES (?, ?, ?, ?, ?)')
  const selectEntries = db.prepare(
    'SELECT fact, mac FROM journal WHERE runNo = ? AND version > ? ORDER BY version LIMIT ?',
  )
  const selectFirst = db.prepare('SELECT min(version) AS version FROM journal WHERE runNo = ? AND commandId = ?')

  const run = (runId: RunId): { no: number; version: number } | undefined => selectRun.get(runId)
  const made = (runId: RunId): { no: number; version: number } => run(runId) ?? insertRun.get(runId)

  return {
    /** `undefined` for a run without facts. */
    runNo(runId: RunId): number | undefined {
      const found = run(runId)
      return found && found.version > 0 ? found.no : undefined
    },

    /** The run's number, also when only routes were put. */
    plannedRunNo: (runId: RunId): number | undefined => run(runId)?.no,

    makeRun: (runId: RunId): number => made(runId).no,

    /** The run's number, or `undefined` at a conflict. */
    append(
      runId: RunId,
      expectedVersion: number,
      entries: readonly Entry[],
      wakeAtMs: number | null,
    ): number | undefined {
      if ((run(runId)?.version ?? 0) !== expectedVersion) return undefined
      const { no } = made(runId)
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

    setWake(runId: RunId, wakeAtMs: number | null): void {
      updateWake.run(wakeAtMs, runId)
    },

    /** From here on nobody finds the run; its rows are left to the sweep. */
    forget(runId: RunId): void {
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
