import type { Word } from '../../shared/run/words.ts'
import type { MemberId, RouteId, RunId, TrackerId } from '../../shared/units.ts'
import type { Database } from './sqlite-database.ts'
import type { Addition } from './store.ts'

/** What lies beside the journal: words, routes, trackers' attachments, and who is erased. */
export function openWords(db: Database) {
  const upsertWord = db.prepare(`INSERT INTO word (runNo, key, ownerId, text) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET ownerId = excluded.ownerId, text = excluded.text`)
  const deleteWord = db.prepare('DELETE FROM word WHERE runNo = ? AND key = ?')
  const deleteWordsOf = db.prepare('DELETE FROM word WHERE runNo = ? AND ownerId = ?')
  const selectWords = db.prepare('SELECT key, ownerId, text FROM word WHERE runNo = ? ORDER BY key')

  const upsertRoute = db.prepare(`INSERT INTO route (runNo, routeId, json) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET json = excluded.json`)
  const selectRoute = db.prepare('SELECT json FROM route WHERE runNo = ? AND routeId = ?')

  const insertAttached = db.prepare(
    'INSERT INTO attached (trackerId, runNo, memberId) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const deleteAttached = db.prepare('DELETE FROM attached WHERE trackerId = ? AND runNo = ? AND memberId = ?')
  const deleteAttachedTo = db.prepare('DELETE FROM attached WHERE runNo = ? AND memberId = ?')
  const selectSeats = db.prepare(`SELECT run.id AS runId, memberId FROM attached JOIN run ON run.no = runNo
    WHERE trackerId = ? AND run.version > 0`)

  const insertErased = db.prepare('INSERT INTO erased (runNo, memberId) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const selectErased = db.prepare('SELECT 1 FROM erased WHERE runNo = ? AND memberId = ?')

  const isErased = (runNo: number, memberId: MemberId): boolean => selectErased.get(runNo, memberId) !== undefined

  return {
    isErased,

    add(runNo: number, { words, attach, detach, erase }: Addition): void {
      for (const memberId of erase) insertErased.run(runNo, memberId)
      for (const { key, ownerId, text } of words) {
        if (text === '') deleteWord.run(runNo, key)
        else if (ownerId === null || !isErased(runNo, ownerId)) upsertWord.run(runNo, key, ownerId, text)
      }
      for (const { trackerId, memberId } of detach) deleteAttached.run(trackerId, runNo, memberId)
      for (const { trackerId, memberId } of attach)
        if (!isErased(runNo, memberId)) insertAttached.run(trackerId, runNo, memberId)
      for (const memberId of erase) {
        deleteWordsOf.run(runNo, memberId)
        deleteAttachedTo.run(runNo, memberId)
      }
    },

    readWords: (runNo: number): readonly Word[] => selectWords.all(runNo).map((row: Word) => ({ ...row })),

    putRoute(runNo: number, routeId: RouteId, json: string): void {
      upsertRoute.run(runNo, routeId, json)
    },

    readRoute: (runNo: number, routeId: RouteId): string | undefined => selectRoute.get(runNo, routeId)?.json,

    trackerSeats: (trackerId: TrackerId): readonly { runId: RunId; memberId: MemberId }[] =>
      selectSeats.all(trackerId).map(({ runId, memberId }) => ({ runId, memberId })),
  }
}
