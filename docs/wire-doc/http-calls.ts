import type { z } from 'zod'
import type { RefusalCode } from '../../shared/protocol/errors.ts'
import {
  aboutSchema,
  askTrackerSchema,
  changeRouteSchema,
  demoSchema,
  inviteShownSchema,
  joinedSchema,
  joinSchema,
  lookAtInviteSchema,
  plannedSchema,
  planRunSchema,
  routeSchema,
  setRouteSchema,
  trackerHeardSchema,
  trackerSchema,
} from '../../shared/protocol/http.ts'
import { acceptedSchema } from '../../shared/protocol/wire.ts'

type Shape = {
  readonly schema: z.core.$ZodType
  readonly keys: readonly string[]
  readonly without?: readonly string[]
}

export type HttpCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  readonly path: string
  /** Whose seat goes into the header. */
  readonly seat: 'none' | 'any' | 'a leader’s' | 'runner, cyclist, leader'
  readonly says: string
  readonly body?: Shape
  readonly answer?: Shape
  readonly refusals: readonly RefusalCode[]
}

const seated = ['not-a-member', 'too-many'] as const

export const httpCalls: readonly HttpCall[] = [
  {
    method: 'GET',
    path: '/api/about',
    seat: 'none',
    says: 'What this is, and its clock.',
    answer: { schema: aboutSchema, keys: ['aboutSchema'] },
    refusals: [],
  },
  {
    method: 'POST',
    path: '/api/runs',
    seat: 'none',
    says: 'Plans a run. Whoever plans it is its first leader. The same `createKey` again is the same run.',
    body: { schema: planRunSchema, keys: ['planRunSchema', 'givenRoute'] },
    answer: { schema: plannedSchema, keys: ['plannedSchema'] },
    refusals: ['malformed', 'too-many', 'retry-later'],
  },
  {
    method: 'POST',
    path: '/api/invite',
    seat: 'none',
    says: 'What an invite is for. Changes nothing.',
    body: { schema: lookAtInviteSchema, keys: ['lookAtInviteSchema'] },
    answer: { schema: inviteShownSchema, keys: ['inviteShownSchema'] },
    refusals: ['malformed', 'not-a-member', 'too-many'],
  },
  {
    method: 'POST',
    path: '/api/join',
    seat: 'none',
    says: 'Takes a seat. The same `joinKey` again is the same seat. Joining shares nothing.',
    body: { schema: joinSchema, keys: ['joinSchema'] },
    answer: { schema: joinedSchema, keys: ['joinedSchema'] },
    refusals: ['malformed', 'not-a-member', 'too-many', 'retry-later'],
  },
  {
    method: 'GET',
    path: '/api/route',
    seat: 'any',
    says: 'The planned line in order, every pass and turn-round kept. Without `ok`: a refusal has a status of 400 or more.',
    answer: { schema: routeSchema, keys: ['routeSchema', 'placeSchema'] },
    refusals: [...seated, 'no-such-thing'],
  },
  {
    method: 'PUT',
    path: '/api/route',
    seat: 'a leader’s',
    says: 'A new line for the run, from a file of up to 20 MB.',
    body: { schema: setRouteSchema, keys: ['setRouteSchema', 'givenRoute'] },
    answer: { schema: acceptedSchema, keys: ['acceptedSchema'], without: ['seat', 'invite'] },
    refusals: [...seated, 'malformed', 'not-for-your-role', 'run-has-ended', 'retry-later'],
  },
  {
    method: 'PATCH',
    path: '/api/route',
    seat: 'a leader’s',
    says: 'The route run otherwise from now on: a new line with a new id, made of the one the leader saw.',
    body: { schema: changeRouteSchema, keys: ['changeRouteSchema'] },
    answer: { schema: acceptedSchema, keys: ['acceptedSchema'], without: ['seat', 'invite'] },
    refusals: [...seated, 'malformed', 'not-for-your-role', 'run-has-ended', 'no-such-thing', 'retry-later'],
  },
  {
    method: 'GET',
    path: '/api/track.:format',
    seat: 'any',
    says: 'One’s own track as `gpx`, `csv` or `geojson`; a leader gets everybody’s. `?member=ID` is one member’s. A file, not JSON of ours.',
    refusals: [...seated, 'malformed', 'not-for-your-role', 'no-such-thing'],
  },
  {
    method: 'POST',
    path: '/api/tracker',
    seat: 'runner, cyclist, leader',
    says: 'A lasting address for a tracker app on the same phone; see [tracker apps](#tracker-apps).',
    body: { schema: askTrackerSchema, keys: ['askTrackerSchema'] },
    answer: { schema: trackerSchema, keys: ['trackerSchema'] },
    refusals: [...seated, 'malformed', 'not-for-your-role', 'no-such-thing', 'retry-later'],
  },
  {
    method: 'GET',
    path: '/api/tracker/:token',
    seat: 'any',
    says: 'When the app was last heard, and what was wrong; for its owner.',
    answer: { schema: trackerHeardSchema, keys: ['trackerHeardSchema'] },
    refusals: [...seated, 'no-such-thing'],
  },
  {
    method: 'POST',
    path: '/api/demo',
    seat: 'none',
    says: 'Starts a small simulated run, watched from three seats.',
    answer: { schema: demoSchema, keys: ['demoSchema'] },
    refusals: ['no-such-thing', 'too-many'],
  },
]
