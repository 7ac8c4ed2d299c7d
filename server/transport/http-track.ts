import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Express } from 'express'
import { refuse } from '../../shared/protocol/errors.ts'
import type { Member } from '../../shared/run/state.ts'
import { wordKey } from '../../shared/run/words.ts'
import { type MemberId, MINUTE_MS, memberIdSchema } from '../../shared/units.ts'
import { csv } from '../export/csv.ts'
import { type ExportedTrack, type ExportFormat, fileOf, inTrackOrder } from '../export/export.ts'
import { geojson } from '../export/geojson.ts'
import { gpx } from '../export/gpx.ts'
import type { RunRoom } from '../usecase/run-room.ts'
import { whoseTracks } from '../usecase/whose-tracks.ts'
import { answer, type HttpHouse, limited, seated } from './http-answer.ts'

const EXPORT_WITHIN_MS = 5 * MINUTE_MS

const formats: readonly ExportFormat[] = [gpx, csv, geojson]

/** EX1: a leader may have the track of everybody they see, everyone else their own; `?member=` names one. */
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
    const theirs = whoseTracks(run, member)
    const wanted = asked.success ? theirs.filter(({ memberId }) => memberId === asked.data) : theirs
    // Always there is oneself: whoever asks for somebody else may not, or there is nobody of that name.
    if (wanted.length === 0) return answer(response, refuse('not-for-your-role', { field: 'member' }))

    await http.settled() // what was taken is in it
    const options = { title: words.get(wordKey.title)?.text ?? 'Serik run', shiftMs: run.head.recordedShiftMs }
    const ids = wanted.map(({ memberId }) => memberId)
    const chunks = fileOf(format, tracksOf(http, seat, ids), options)
    // Until the first of it there can still be an answer in words.
    const first = await chunks.next().catch(unlessSeatIsGone)
    if (!first) return answer(response, refuse('not-a-member'))
    response.set({
      'Content-Type': format.contentType,
      'Content-Disposition': `attachment; filename="serik-run.${format.fileExtension}"`,
      'Cache-Control': 'no-store',
    })
    // EX13: a reader that goes away or stops reading, and a store that is away, end the export and nothing else, and never with a whole file.
    const signal = AbortSignal.timeout(EXPORT_WITHIN_MS)
    await pipeline(Readable.from(after(first, chunks)), response, { signal }).catch(() => response.destroy())
  })
}

class SeatGone extends Error {}

function unlessSeatIsGone(fault: unknown): undefined {
  if (!(fault instanceof SeatGone)) throw fault
}

/** One track at a time is read, when the file has room for it, and the tick gets its turn between any two. */
async function* tracksOf(
  { house, rooms }: HttpHouse,
  { room: { runId }, member }: { readonly room: RunRoom; readonly member: Member },
  memberIds: readonly MemberId[],
): AsyncGenerator<ExportedTrack> {
  for (const memberId of memberIds) {
    const room = await rooms.room(runId)
    if (room?.memberOf(member)?.role !== member.role) throw new SeatGone() // G6, G8
    const points = await house.store.readTrack(runId, memberId)
    const { run, words } = room.book()
    const name = words.get(wordKey.name(memberId))?.text ?? `No ${run.members.get(memberId)?.memberNo}`
    if (points.length > 0) yield { name, points: inTrackOrder(points) }
    await nextTurn()
  }
}

async function* after(first: IteratorResult<string, unknown>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (!first.done) yield first.value
  yield* rest
}
