import type { Express, RequestHandler } from 'express'
import { followClubSchema, makeClubSchema, organiseSchema, renewClubSchema } from '../../shared/protocol/http-plan.ts'
import { followClub, makeClub, organise, renewClub } from '../usecase/clubs.ts'
import { answer, type HttpHouse, limited, parsed } from './http-answer.ts'

/** A club's standing link: made once, followed for years, made anew when it is in the wrong hands. */
export function clubs(app: Express, http: HttpHouse, small: RequestHandler): void {
  const { house, rooms } = http
  app.post('/api/clubs', limited(http, 'plan'), small, async (request, response) => {
    const wish = parsed(makeClubSchema, request, response)
    if (wish) answer(response, await makeClub(house, wish))
  })
  app.post('/api/clubs/runs', limited(http, 'plan'), small, async (request, response) => {
    const wish = parsed(organiseSchema, request, response)
    if (wish) answer(response, await organise(house, rooms, wish))
  })
  app.post('/api/clubs/renew', limited(http, 'plan'), small, async (request, response) => {
    const wish = parsed(renewClubSchema, request, response)
    if (wish) answer(response, await renewClub(house, wish))
  })
  app.post('/api/club', limited(http, 'join'), small, async (request, response) => {
    const wish = parsed(followClubSchema, request, response)
    if (wish) answer(response, await followClub(house, rooms, wish.link))
  })
}
