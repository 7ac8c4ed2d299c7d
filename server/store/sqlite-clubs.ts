import type { ClubId, InviteId, RunId } from '../../shared/units.ts'
import { byStart } from './club-runs.ts'
import type { Database } from './sqlite-database.ts'
import type { Club, ClubRun } from './store.ts'

/** Clubs' names, and the runs under them. Every call is part of the caller's transaction. */
export function openClubs(db: Database) {
  const upsertRun = db.prepare(`INSERT INTO clubRun (clubId, runNo, inviteId, plannedStartMs) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET inviteId = excluded.inviteId, plannedStartMs = excluded.plannedStartMs`)
  const deleteRun = db.prepare('DELETE FROM clubRun WHERE clubId = ? AND runNo = ?')
  const selectRuns = db.prepare(`SELECT run.id AS runId, inviteId, plannedStartMs FROM clubRun
    JOIN run ON run.no = runNo WHERE clubId = ? AND run.version > 0`)
  const upsertName = db.prepare(`INSERT INTO club (id, name) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name`)
  const selectName = db.prepare('SELECT name FROM club WHERE id = ?')

  return {
    put(clubId: ClubId, runNo: number, { inviteId, plannedStartMs }: ClubRun): void {
      upsertRun.run(clubId, runNo, inviteId, plannedStartMs)
    },
    drop(clubId: ClubId, runNo: number): void {
      deleteRun.run(clubId, runNo)
    },
    name(clubId: ClubId, name: string): void {
      upsertName.run(clubId, name)
    },
    read(clubId: ClubId): Club {
      const rows: { runId: RunId; inviteId: InviteId; plannedStartMs: number }[] = selectRuns.all(clubId)
      return { name: selectName.get(clubId)?.name ?? null, runs: rows.map((row) => ({ ...row })).sort(byStart) }
    },
  }
}
