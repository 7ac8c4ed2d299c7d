import { createHash } from 'node:crypto'
import type { Express, RequestHandler } from 'express'
import type { PlannedRoute } from '../../shared/geo/planned-route.ts'
import { changedRoute } from '../../shared/geo/route-change.ts'
import { type Refusal, refuse } from '../../shared/protocol/errors.ts'
import { changeRouteSchema, type PlanRun, type SharedRoute, setRouteSchema } from '../../shared/protocol/http.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { CommandId, MemberId, RouteId, RunId } from '../../shared/units.ts'
import { readRoute } from '../ingest/read-route.ts'
import type { GivenRoute } from '../usecase/planning.ts'
import { answer, type HttpHouse, limited, parsed, seated } from './http-answer.ts'

type GivenFile = Pick<PlanRun, 'routeFile' | 'routeLaps' | 'routeGpx'>

/** A refusal names the field; `route` is absent when no file was given. */
export async function planRoute(given: GivenFile): Promise<{ ok: true; route?: PlannedRoute } | Refusal> {
  const { routeFile, routeLaps = null, routeGpx } = given
  const text = routeFile ?? routeGpx ?? null
  if (text === null)
    return routeLaps === null
      ? { ok: true }
      : refuse('malformed', { field: 'routeFile', detail: 'laps of which line?' })
  const read = await readRoute({ text, laps: routeLaps })
  if (read === 'busy') return refuse('retry-later', { retryAfterMs: 2_000 })
  if (read.ok) return read
  if (read.of === 'laps') return refuse('malformed', { field: 'routeLaps', detail: read.detail })
  return refuse('malformed', {
    field: `${routeFile === text ? 'routeFile' : 'routeGpx'}.${read.field}`,
    detail: read.detail,
  })
}

/** Whose wish it is, under which id, and which route it changes if it does. */
type RouteWish = { readonly memberId: MemberId; readonly commandId: CommandId; readonly ofRouteId?: RouteId }

/** Under an id made from what it says. */
export function givenRoute(route: PlannedRoute): GivenRoute {
  const json = JSON.stringify(route)
  const digest = createHash('sha256').update(json).digest('hex').slice(0, 24)
  return { routeId: `rte_${digest}` as RouteId, lengthM: route.lengthM, json }
}

/** The line is stored before the fact that names it. */
async function setRoute(
  { rooms }: HttpHouse,
  runId: RunId,
  route: PlannedRoute,
  { memberId, commandId, ...of }: RouteWish,
): Promise<Accepted | Refusal> {
  const room = await rooms.room(runId)
  if (!room) return refuse('not-a-member')
  const { routeId, lengthM, json } = givenRoute(route)
  await room.putRoute(routeId, json)
  const wish = { type: 'set-route', routeId, lengthM, ...of } as const
  const obeyed = await room.obey(wish, memberId, commandId)
  return obeyed.ok ? { ok: true, version: obeyed.version, isFact: obeyed.event !== null } : obeyed
}

export function routes(app: Express, http: HttpHouse, large: RequestHandler, small: RequestHandler): void {
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
    const { room, member } = seat
    if (member.role !== 'leader') return answer(response, refuse('not-for-your-role'))
    const read = await planRoute(wish)
    if (!read.ok) return answer(response, read)
    if (!read.route) return answer(response, refuse('malformed', { field: 'routeFile', detail: 'a file is needed' }))
    answer(
      response,
      await setRoute(http, room.runId, read.route, { memberId: member.memberId, commandId: wish.commandId }),
    )
  })

  // Made of the route the leader saw: asked again it makes the same, and never a change of a change.
  app.patch('/api/route', limited(http, 'plan'), small, async (request, response) => {
    const seat = await seated(http, request, response)
    const wish = seat && parsed(changeRouteSchema, request, response)
    if (!seat || !wish) return
    const { room, member } = seat
    if (member.role !== 'leader') return answer(response, refuse('not-for-your-role'))
    const { commandId, routeId, change } = wish
    const text = await room.route(routeId)
    if (!text) return answer(response, refuse('no-such-thing', { field: 'routeId' }))
    const changed = changedRoute(JSON.parse(text) as SharedRoute, change)
    if (!changed.ok)
      return answer(response, refuse('malformed', { field: `change.${changed.field}`, detail: changed.detail }))
    const by = { memberId: member.memberId, commandId, ofRouteId: routeId }
    answer(response, await setRoute(http, room.runId, changed.route, by))
  })
}
