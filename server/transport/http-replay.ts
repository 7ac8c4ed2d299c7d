import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Express } from 'express'
import { refuse } from '../../shared/protocol/errors.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/units.ts'
import { replays } from '../usecase/replay.ts'
import { answer, type HttpHouse, limited, seated } from './http-answer.ts'
import { limiterOf } from './rates.ts'

const WITHIN_MS = 5 * MINUTE_MS
/** Each reads every track it shows: a few at once keep the disk busy, more would only wait for each other. */
const AT_ONCE = 4
const SEAT_RATE = { points: 10, perSeconds: 60 }

/** AF1: everybody's way once more, as far as this seat could see it live. Lines of JSON, as they are made. */
export function replayTracks(app: Express, http: HttpHouse): void {
  const replay = replays(http.house)
  const ofSeat = limiterOf(SEAT_RATE)
  /** Whose: a seat that does not read to the end holds one place, and not those of others. */
  const underWay = new Set<string>()
  app.get('/api/replay', limited(http, 'replay'), async (request, response) => {
    const seat = await seated(http, request, response)
    if (!seat) return
    const { room, member } = seat
    const whose = `${room.runId}/${member.memberId}`
    const retryAfterMs = await ofSeat(whose)
    if (retryAfterMs > 0) return answer(response, refuse('too-many', { retryAfterMs }))
    if (underWay.size >= AT_ONCE || underWay.has(whose))
      return answer(response, refuse('retry-later', { retryAfterMs: 2 * SECOND_MS }))
    underWay.add(whose)
    try {
      await http.settled() // what was taken is in it
      const isPacked = /\bgzip\b/.test(request.get('accept-encoding') ?? '')
      response.set({
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Cache-Control': 'no-store',
        Vary: 'Accept-Encoding',
        ...(isPacked && { 'Content-Encoding': 'gzip' }),
      })
      const lines = Readable.from(replay.lines(room, member))
      // A reader that goes away or stops reading, and a store that is away, end the replay and nothing else: its last line is missing.
      const signal = AbortSignal.timeout(WITHIN_MS)
      const done = isPacked
        ? pipeline(lines, createGzip(), response, { signal })
        : pipeline(lines, response, { signal })
      await done.catch(() => response.destroy())
    } finally {
      underWay.delete(whose)
    }
  })
}
