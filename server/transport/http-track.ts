import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Express } from 'express'
import { refuse } from '../../shared/protocol/errors.ts'
import { wordKey } from '../../shared/run/words.ts'
import { MINUTE_MS, memberIdSchema } from '../../shared/units.ts'
import { csv } from '../export/csv.ts'
import { type ExportedTrack, type ExportFormat, inTrackOrder } from '../export/export.ts'
import { geojson } from '../export/geojson.ts'
import { gpx } from '../export/gpx.ts'
import { answer, type HttpHouse, limited, seated } from './http-answer.ts'

const EXPORT_WITHIN_MS = 5 * MINUTE_MS

const formats: readonly ExportFormat[] = [gpx, csv, geojson]

/** EX1: a leader may have everybody's track, everyone else their own; `?member=` names one. */
export function exportTracks(app: Express, http: HttpHouse): void {
  app.get('/api/track.:format', limited(http, 'read'), async (request, response) => {
    const seat = await seated(http, request, response)
    if (!seat) return
    const format = formats.find(({ fileExtension }) => fileExtension === request.params.format)
    if (!format) return answer(response, refuse('no-such-thing', { field: 'format' }))
    const asked = memberIdSchema.safeParse(request.query.member)
    if (request.query.member !== undefined && !asked.success)
      return answer(response, refuse('malformed', { field: 'member' }))
    const { room, member } = seat
    const { run, words } = room.book()
    const isLeader = member.role === 'leader'
    if (asked.success && asked.data !== member.memberId && !isLeader)
      return answer(response, refuse('not-for-your-role', { field: 'member' }))
    const everybody = isLeader ? [...run.members.values()].sort((a, b) => a.memberNo - b.memberNo) : [member]
    const wanted = asked.success ? everybody.filter(({ memberId }) => memberId === asked.data) : everybody

    await http.settled() // what was taken is in it
    const tracks: ExportedTrack[] = []
    for (const { memberId, memberNo } of wanted) {
      const points = await http.house.store.readTrack(room.runId, memberId)
      if (points.length === 0) continue
      const name = words.get(wordKey.name(memberId))?.text ?? `No ${memberNo}`
      tracks.push({ name, points: inTrackOrder(points) })
    }
    const title = words.get(wordKey.title)?.text ?? 'Serik run'
    response.set({
      'Content-Type': format.contentType,
      'Content-Disposition': `attachment; filename="serik-run.${format.fileExtension}"`,
      'Cache-Control': 'no-store',
    })
    const chunks = format.write(tracks, { title, shiftMs: run.head.recordedShiftMs })
    // A reader that goes away, or stops reading, ends the export and nothing else.
    const signal = AbortSignal.timeout(EXPORT_WITHIN_MS)
    await pipeline(Readable.from(chunks), response, { signal }).catch(() => response.destroy())
  })
}
