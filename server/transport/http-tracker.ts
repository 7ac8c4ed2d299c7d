/** The door of native tracker apps. A bad point never gets a 4xx: apps delete it, or retry it for ever. */
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express'
import { refuse } from '../../shared/protocol/errors.ts'
import { askTrackerSchema } from '../../shared/protocol/http.ts'
import type { IngestProtocol } from '../ingest/ingest.ts'
import { osmand } from '../ingest/osmand.ts'
import { traccarLinks } from '../ingest/traccar-links.ts'
import { isAway } from '../usecase/away.ts'
import { answer, type HttpHouse, limited, parsed, seated } from './http-answer.ts'
import { httpRates, sharedLimiterOf } from './rates.ts'

/** Where each protocol's app posts. A new protocol is a new row. */
const doors: readonly { readonly path: string; readonly protocol: IngestProtocol }[] = [
  { path: '/t/:token', protocol: osmand },
]
const REPORT_MAX = '1mb'
const RETRY_AFTER_S = 10

export function takeReport(app: Express, http: HttpHouse): void {
  const { house, trackers } = http
  const limiter = sharedLimiterOf(house, 'tracker', httpRates.tracker)
  const text = express.text({ type: () => true, limit: REPORT_MAX })
  for (const { path, protocol } of doors) {
    // A token that was never given out costs no more than this look at it.
    app.post(path, (request, response, next) => {
      if (house.seals.openTracker(String(request.params.token))) next()
      else response.status(404).end()
    })
    app.post(path, text, async (request, response): Promise<void> => {
      const later = (): void => void response.set('Retry-After', String(RETRY_AFTER_S)).status(503).end()
      const token = String(request.params.token)
      if ((await limiter(token)) > 0) return later()
      const report = protocol.read({
        contentType: (request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
        query: new URL(request.originalUrl, 'http://tracker').searchParams,
        bodyText: typeof request.body === 'string' ? request.body : '',
        receivedAtMs: house.clock.nowMs(),
      })
      try {
        const taken = await trackers.take(token, report)
        response.status(taken === 'unknown' ? 404 : 200).end()
      } catch (fault) {
        if (!isAway(fault)) house.onFault(fault, protocol.name)
        later()
      }
    })
    app.use(path, unreadable(http))
  }
}

/** A body that cannot even be read is a bad point too. */
const unreadable =
  ({ house }: HttpHouse): ErrorRequestHandler =>
  (_fault, request, response, _next) =>
    void response.status(house.seals.openTracker(String(request.params.token)) ? 200 : 404).end()

export function askTracker(app: Express, http: HttpHouse, small: RequestHandler): void {
  app.post('/api/tracker', limited(http, 'join'), small, async (request, response) => {
    const seat = await seated(http, request, response)
    const wish = seat && parsed(askTrackerSchema, request, response)
    if (!seat || !wish) return
    const token = await http.trackers.ask(seat.room, seat.member.memberId, wish.trackerToken, wish.commandId)
    if (typeof token !== 'string') return answer(response, token)
    const links = { ok: true as const, trackerToken: token, ...traccarLinks(baseUrlOf(http, request), token) }
    answer(response, links)
  })
}

export function trackerHeard(app: Express, http: HttpHouse): void {
  app.get('/api/tracker/:token', limited(http, 'read'), async (request, response) => {
    const seat = await seated(http, request, response)
    if (!seat) return
    const trackerId = http.house.seals.openTracker(String(request.params.token))
    if (!trackerId || !seat.member.trackerIds.includes(trackerId)) return answer(response, refuse('no-such-thing'))
    const heard = { ok: true as const, ...http.trackers.heard(trackerId) }
    answer(response, heard)
  })
}

const baseUrlOf = ({ publicUrl }: HttpHouse, request: Request): string =>
  publicUrl ?? `${request.protocol}://${request.get('host')}`
