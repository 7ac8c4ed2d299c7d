/** What all HTTP calls share: who asks, how often, and how a refusal looks. */
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod/mini'
import { type Refusal, type RefusalCode, refuse } from '../../shared/protocol/errors.ts'
import type { Demo } from '../../shared/protocol/http.ts'
import type { Member } from '../../shared/run/state.ts'
import type { Asking } from '../usecase/asking.ts'
import type { House } from '../usecase/house.ts'
import type { Defaults } from '../usecase/planning.ts'
import type { Rooms } from '../usecase/rooms.ts'
import type { RunRoom } from '../usecase/run-room.ts'
import type { Trackers } from '../usecase/trackers.ts'
import { malformed } from './attempt.ts'
import type { HouseMap } from './http-map.ts'
import { httpRates, sharedLimiterOf } from './rates.ts'

export type HttpHouse = {
  readonly house: House
  readonly rooms: Rooms
  readonly trackers: Trackers
  readonly asking: Asking
  readonly defaults: Defaults
  /** Everything taken so far is stored, or the store has failed. */
  readonly settled: () => Promise<void>
  /** Where the built pages are; without it there are none. */
  readonly webDir: string | undefined
  /** How many proxies stand in front: express's `trust proxy`. */
  readonly trustProxy: number
  /** The address printed at the start, for links that leave the page; else the request's own. */
  readonly publicUrl: string | undefined
  readonly map: HouseMap
  readonly startDemo: (() => Promise<Demo | Refusal>) | undefined
  /** A node that is about to go, or is cut off from the store, is not for newcomers. */
  readonly isHealthy: () => boolean
}

export const statusOf: Record<RefusalCode, number> = {
  'not-a-member': 403,
  'not-for-your-role': 403,
  'run-not-live': 409,
  'run-has-ended': 409,
  'too-early': 409,
  'not-out': 409,
  'already-open': 409,
  'someone-else-has-it': 409,
  'already-ended': 409,
  'no-such-thing': 404,
  'someone-is-missing': 409,
  'last-leader': 409,
  malformed: 400,
  'protocol-too-old': 426,
  'too-many': 429,
  'retry-later': 503,
  internal: 500,
}

export function answer(response: Response, said: { readonly ok: true } | Refusal): void {
  if (!said.ok) {
    response.status(statusOf[said.code])
    if (said.retryAfterMs) response.set('Retry-After', String(Math.ceil(said.retryAfterMs / 1_000)))
  }
  response.set('Cache-Control', 'no-store').json(said)
}

/** `undefined` after a refusal has been sent. */
export function parsed<T extends z.ZodMiniType>(
  schema: T,
  request: Request,
  response: Response,
): z.infer<T> | undefined {
  const body = schema.safeParse(request.body)
  if (body.success) return body.data
  answer(response, malformed(body.error))
  return undefined
}

export function limited({ house }: HttpHouse, name: keyof typeof httpRates): RequestHandler {
  const limiter = sharedLimiterOf(house, name, httpRates[name])
  return async (request, response, next) => {
    const retryAfterMs = await limiter(request.ip ?? '')
    if (retryAfterMs > 0) answer(response, refuse('too-many', { retryAfterMs }))
    else next()
  }
}

/** The member whose seat came in the header; `undefined` after a refusal has been sent. */
export async function seated(
  { house, rooms }: HttpHouse,
  request: Request,
  response: Response,
): Promise<{ room: RunRoom; member: Member } | undefined> {
  const seat = house.seals.openSeat((request.get('authorization') ?? '').replace(/^Bearer /, ''))
  const room = seat && (await rooms.room(seat.runId))
  const member = seat && room?.memberOf(seat)
  if (room && member) return { room, member }
  answer(response, refuse('not-a-member'))
  return undefined
}
