import type { ClubId, InviteId, RunId } from '../../shared/units.ts'
import { byStart, neverRenewed } from './club-runs.ts'
import type { Database } from './sqlite-database.ts'
import type { Club, ClubRun, ClubSecret, Renewal } from './store.ts'

/** Clubs' names and secrets, and the runs under them. Every call is part of the caller's transaction. */
export function openClubs(db: Database) {
  const upsertRun = db.prepare(`INSERT INTO clubRun (clubId, runNo, inviteId, plannedStartMs) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET inviteId = excluded.inviteId, plannedStartMs = excluded.plannedStartMs`)
  const deleteRun = db.prepare('DELETE FROM clubRun WHERE clubId = ? AND runNo = ?')
  const selectRuns = db.prepare(`SELECT run.id AS runId, inviteId, plannedStartMs FROM clubRun
    JOIN run ON run.no = runNo WHERE clubId = ? AND run.version > 0`)
  const upsertName = db.prepare(`INSERT INTO club (id, name, keptUntilMs) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name, keptUntilMs = excluded.keptUntilMs`)
  const updateKept = db.prepare('UPDATE club SET keptUntilMs = ? WHERE id = ?')
  const deleteOld = db.prepare('DELETE FROM club WHERE keptUntilMs <= ?')
  const selectName = db.prepare('SELECT name, keptUntilMs FROM club WHERE id = ?')
  const upsertSecret = db.prepare(`INSERT INTO clubSecret (clubId, secret, renewalNo, renewedBy) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET renewalNo = excluded.renewalNo, renewedBy = excluded.renewedBy
    WHERE excluded.renewalNo > renewalNo`)
  const selectSecrets = db.prepare('SELECT secret, renewalNo, renewedBy FROM clubSecret WHERE clubId = ?')

  function renewed(clubId: ClubId): Club['renewed'] {
    const rows: { secret: ClubSecret; renewalNo: number; renewedBy: string }[] = selectSecrets.all(clubId)
    const known = rows.map(({ secret, renewalNo, renewedBy }) => [secret, { no: renewalNo, by: renewedBy }])
    return { ...neverRenewed, ...Object.fromEntries(known) }
  }

  return {
    put(clubId: ClubId, runNo: number, { inviteId, plannedStartMs }: ClubRun): void {
      upsertRun.run(clubId, runNo, inviteId, plannedStartMs)
    },
    drop(clubId: ClubId, runNo: number): void {
      deleteRun.run(clubId, runNo)
    },
    name(clubId: ClubId, name: string, keptUntilMs: number): void {
      upsertName.run(clubId, name, keptUntilMs)
    },
    keep(clubId: ClubId, keptUntilMs: number): void {
      updateKept.run(keptUntilMs, clubId)
    },
    /** Whether there were any. */
    forget: (nowMs: number): boolean => deleteOld.run(nowMs).changes > 0,
    renew(clubId: ClubId, secret: ClubSecret, { no, by }: Renewal): Renewal {
      upsertSecret.run(clubId, secret, no, by)
      return renewed(clubId)[secret]
    },
    read(clubId: ClubId): Club {
      const rows: { runId: RunId; inviteId: InviteId; plannedStartMs: number }[] = selectRuns.all(clubId)
      const { name = null, keptUntilMs = null } = selectName.get(clubId) ?? {}
      return { name, keptUntilMs, runs: rows.map((row) => ({ ...row })).sort(byStart), renewed: renewed(clubId) }
    },
  }
}
