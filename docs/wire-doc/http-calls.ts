import type { z } from 'zod'
import type { RefusalCode } from '../../shared/protocol/errors.ts'
import {
  aboutSchema,
  askedSchema,
  askPushTestSchema,
  askTrackerSchema,
  changeRouteSchema,
  demoSchema,
  inviteShownSchema,
  joinedSchema,
  joinSchema,
  lookAtInviteSchema,
  plannedSchema,
  planRunSchema,
  promisedSchema,
  pushKeySchema,
  putPushSchema,
  readRouteFileSchema,
  replayHeadSchema,
  routeSchema,
  setRouteSchema,
  takenBackSchema,
  trackerHeardSchema,
  trackerSchema,
} from '../../shared/protocol/http.ts'
import {
  clubMadeSchema,
  clubNextSchema,
  clubShownSchema,
  followClubSchema,
  makeClubSchema,
  organiseSchema,
  planShownSchema,
  renewClubSchema,
} from '../../shared/protocol/http-plan.ts'
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
    body: { schema: planRunSchema, keys: ['planRunSchema', 'givenRoute', 'planBesides'] },
    answer: { schema: plannedSchema, keys: ['plannedSchema'] },
    refusals: ['malformed', 'not-a-member', 'not-for-your-role', 'too-many', 'retry-later'],
  },
  {
    method: 'GET',
    path: '/api/plan',
    seat: 'a leader’s',
    says: 'What another run like this one begins with: sent back by `POST /api/runs` with `again`, and changed as its leader likes.',
    answer: { schema: planShownSchema, keys: ['planShownSchema'] },
    refusals: [...seated, 'not-for-your-role'],
  },
  {
    method: 'POST',
    path: '/api/route-file',
    seat: 'none',
    says: 'The line that a file gives, as a run planned with it would have it. Nothing of it is kept. Without `ok`: a refusal has a status of 400 or more.',
    body: { schema: readRouteFileSchema, keys: ['readRouteFileSchema', 'givenRoute'] },
    answer: { schema: routeSchema, keys: ['routeSchema', 'placeSchema'] },
    refusals: ['malformed', 'too-many', 'retry-later'],
  },
  {
    method: 'POST',
    path: '/api/clubs',
    seat: 'none',
    says: 'Makes a club’s standing link. The same `createKey` again is the same club, and names it anew.',
    body: { schema: makeClubSchema, keys: ['makeClubSchema'] },
    answer: { schema: clubMadeSchema, keys: ['clubMadeSchema'] },
    refusals: ['malformed', 'no-such-thing', 'too-many', 'retry-later'],
  },
  {
    method: 'POST',
    path: '/api/clubs/renew',
    seat: 'none',
    says: 'Makes a club’s link, or the secret of its organisers, anew: what was given out before opens nothing any more, and is answered with `no-such-thing`. The same `renewKey` again is the same one.',
    body: { schema: renewClubSchema, keys: ['renewClubSchema'] },
    answer: { schema: clubMadeSchema, keys: ['clubMadeSchema'] },
    refusals: ['malformed', 'not-a-member', 'no-such-thing', 'too-many', 'retry-later'],
  },
  {
    method: 'POST',
    path: '/api/clubs/runs',
    seat: 'none',
    says: 'Puts runs under a club’s link, names the club, or only tells what is there. Put again, a run is there once.',
    body: { schema: organiseSchema, keys: ['organiseSchema'] },
    answer: { schema: clubShownSchema, keys: ['clubShownSchema', 'clubRunShownSchema'] },
    refusals: ['malformed', 'not-a-member', 'no-such-thing', 'too-many', 'retry-later'],
  },
  {
    method: 'POST',
    path: '/api/club',
    seat: 'none',
    says: 'Where a club’s link leads now: the run under way, else the next one. Changes nothing.',
    body: { schema: followClubSchema, keys: ['followClubSchema'] },
    answer: { schema: clubNextSchema, keys: ['clubNextSchema', 'clubRunShownSchema'] },
    refusals: ['malformed', 'not-a-member', 'no-such-thing', 'too-many', 'retry-later'],
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
    says: 'One’s own track as `gpx`, `csv` or `geojson`; a leader gets those of everybody they see. `?member=ID` is one member’s. A file, not JSON of ours.',
    refusals: [...seated, 'malformed', 'not-for-your-role', 'no-such-thing'],
  },
  {
    method: 'GET',
    path: '/api/replay',
    seat: 'any',
    says: 'Everybody’s way once more, as far as this seat could see it live, thinned. Ten times a minute at most. Lines of JSON (`application/x-ndjson`): the first is below. Then one a member of whom there is anything to show, `{"memberNo":2,"stretches":[[0,12,5112800,7143040,50,12,-3]]}`: stretches without a gap of a minute, each first 1 when somebody shared all the while since the one before, else 0, then three numbers a moment: tenths of a second since `fromMs`, latitude and longitude in hundred-thousandths of a degree, each as the difference to the moment before it. Last `{"isWhole":true}`: without it the answer was cut off.',
    answer: { schema: replayHeadSchema, keys: ['replayHeadSchema'] },
    refusals: [...seated, 'retry-later'],
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
    path: '/u/:token/:what',
    seat: 'none',
    says: 'For watches, headset buttons, shortcuts: asks for `water`, `isotonic`, `gel`, `snack`, `salt` or `usual` in the name of whom the tracker address belongs to, in the live run where they began to share last. No body. Presses within 30 s are one; `?id=` (up to 64 letters, digits, `-`, `_`) makes all that carry it one. `?wait=90` (up to 120 seconds) holds the answer until somebody has it. The answer is `sentence` as plain text, and what follows only to `Accept: application/json`; a refusal is a sentence likewise; both in English, Russian or Kazakh, by `?lang=` (`en`, `ru`, `kk`) or `Accept-Language`. Any other method is answered with 405 and changes nothing.',
    answer: { schema: askedSchema, keys: ['askedSchema'] },
    refusals: [
      'no-such-thing',
      'malformed',
      'not-for-your-role',
      'run-not-live',
      'run-has-ended',
      'not-out',
      'too-many',
      'retry-later',
    ],
  },
  {
    method: 'POST',
    path: '/u/:token/cancel',
    seat: 'none',
    says: 'Takes back what is open and was asked for in the same run: all of it, or with `?kind=water` one kind.',
    answer: { schema: takenBackSchema, keys: ['takenBackSchema'] },
    refusals: ['no-such-thing', 'too-many', 'retry-later'],
  },
  {
    method: 'GET',
    path: '/u/:token/tap/:what',
    seat: 'none',
    says: 'What to write on an NFC tag: a page that counts three seconds down and then posts to the address above. The GET itself changes nothing.',
    refusals: ['no-such-thing'],
  },
  {
    method: 'GET',
    path: '/api/push',
    seat: 'any',
    says: 'What a browser needs to subscribe to [pushes](#pushes), and whether the server holds this seat’s subscription: a store may have lost it.',
    answer: { schema: pushKeySchema, keys: ['pushKeySchema'] },
    refusals: [...seated],
  },
  {
    method: 'PUT',
    path: '/api/push',
    seat: 'any',
    says: 'The command `set-push`, for a service worker whose subscription has changed while no page was open.',
    body: { schema: putPushSchema, keys: ['putPushSchema', 'pushSubscriptionSchema'] },
    answer: { schema: acceptedSchema, keys: ['acceptedSchema'], without: ['seat', 'invite'] },
    refusals: [...seated, 'malformed', 'retry-later'],
  },
  {
    method: 'POST',
    path: '/api/push/test',
    seat: 'any',
    says: 'Pushes `test` to the phone of this seat, in up to a minute: so that its owner locks it and hears.',
    body: { schema: askPushTestSchema, keys: ['askPushTestSchema'] },
    answer: { schema: promisedSchema, keys: ['promisedSchema'] },
    refusals: [...seated, 'malformed', 'no-such-thing'],
  },
  {
    method: 'POST',
    path: '/api/demo',
    seat: 'none',
    says: 'Starts a small simulated run, watched from three seats.',
    answer: { schema: demoSchema, keys: ['demoSchema'] },
    refusals: ['no-such-thing', 'too-many', 'retry-later'],
  },
]
