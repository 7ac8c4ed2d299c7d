import { createHash } from 'node:crypto'
import type { Express, RequestHandler } from 'express'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { type SharedRoute, setRouteSchema } from '../../shared/protocol/http.ts'
import type { CommandId, MemberId, RouteId, RunId } from '../../shared/units.ts'
import { readRoute as readRouteText } from '../ingest/read-route.ts'
import { answer, type HttpHouse, limited, parsed, seated } from './http-answer.ts'

type Planned = { readonly route: SharedRoute; readonly text: string }

/** A refusal names the field; `file` is absent when no route was given. */
export async function planRoute(gpx: string | null): Promise<{ ok: true; file?: Planned } | Refusal> {
  if (gpx === null) return { ok: true }
  const read = await readRouteText(gpx)
  if (read === 'busy') return refuse('retry-later', { retryAfterMs: 2_000 })
  if (!read.ok) return refuse('malformed', { field: `routeGpx.${read.field}`, detail: read.detail })
  return { ok: true, file: { route: read.route, text: JSON.stringify(read.route) } }
}

/** The line is stored before the fact that names it, under an id made from what it says. */
export async function setRoute(
  { rooms }: HttpHouse,
  runId: RunId,
  memberId: MemberId,
  { route, text }: Planned,
  commandId?: CommandId,
): Promise<{ ok: true } | Refusal> {
  const room = await rooms.room(runId)
  if (!room) return refuse('not-a-member')
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 24)
  const routeId = `rte_${digest}` as RouteId
  await room.putRoute(routeId, text)
  const { lengthM } = route
  return room.obey({ type: 'set-route', routeId, lengthM }, memberId, commandId ?? (`cmd_${digest}` as CommandId))
}

export function readRoute(app: Express, http: HttpHouse, large: RequestHandler): void {
  app.get('/api/route', limited(http, 'read'), async (request, response) => {
    const seat = await seated(http, request, response)
    if (!seat) return
    const text = await seat.room.route()
    if (!text) return answer(response, refuse('no-such-thing', { detail: 'this run has no route' }))
    response.set('Cache-Control', 'no-cache').type('json').send(text)
  })
  app.put('/api/route', limited(http, 'plan'), large, async (request, response) => {
    const seat = await seated(http, request, response)
    const wish = seat && parsed(setRouteSchema, request, response)
    if (!seat || !wish) return
    if (seat.member.role !== 'leader') return answer(response, refuse('not-for-your-role'))
    const read = await planRoute(wish.routeGpx)
    if (!read.ok || !read.file) return answer(response, read)
    answer(response, await setRoute(http, seat.room.runId, seat.member.memberId, read.file, wish.commandId))
  })
}
