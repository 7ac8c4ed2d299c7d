/** Runs begin here, and members join. */
import type { Express, RequestHandler } from 'express'
import { refuse } from '../../shared/protocol/errors.ts'
import { joinSchema, lookAtInviteSchema, planRunSchema, readRouteFileSchema } from '../../shared/protocol/http.ts'
import { planOf, routeOfEarlier } from '../usecase/plan-again.ts'
import { join, lookAtInvite, planRun } from '../usecase/planning.ts'
import { answer, type HttpHouse, limited, parsed, seated } from './http-answer.ts'
import { givenRoute, planRoute } from './http-route.ts'

export function plansAndJoins(app: Express, http: HttpHouse, large: RequestHandler, small: RequestHandler): void {
  const { house, rooms } = http
  app.post('/api/runs', limited(http, 'plan'), large, async (request, response) => {
    const wish = parsed(planRunSchema, request, response)
    if (!wish) return
    const read = await planRoute(wish)
    if (!read.ok) return answer(response, read)
    const earlier = wish.again ? await routeOfEarlier(house, rooms, wish.again.seat) : null
    if (earlier && !earlier.ok) return answer(response, earlier)
    const route = read.route ? givenRoute(read.route) : earlier?.route
    answer(response, await planRun(house, rooms, wish, http.defaults, route))
  })

  app.get('/api/plan', limited(http, 'read'), async (request, response) => {
    const seat = await seated(http, request, response)
    if (seat) answer(response, planOf(seat))
  })

  app.post('/api/route-file', limited(http, 'plan'), large, async (request, response) => {
    const wish = parsed(readRouteFileSchema, request, response)
    if (!wish) return
    const read = await planRoute(wish)
    if (!read.ok) return answer(response, read)
    if (!read.route) return answer(response, refuse('malformed', { field: 'routeFile', detail: 'a file is needed' }))
    response.set('Cache-Control', 'no-store').json(read.route)
  })

  app.post('/api/invite', limited(http, 'join'), small, async (request, response) => {
    const wish = parsed(lookAtInviteSchema, request, response)
    if (wish) answer(response, await lookAtInvite(house, rooms, wish.invite))
  })
  app.post('/api/join', limited(http, 'join'), small, async (request, response) => {
    const wish = parsed(joinSchema, request, response)
    if (wish) answer(response, await join(house, rooms, wish))
  })
}
