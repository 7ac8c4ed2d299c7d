/**
 * Every call of shared/protocol/http.ts. An answer is looked at only so far that a foreign page or a proxy's
 * error is not taken for it: the schemas stay on the server, and out of what a phone must load.
 */
import { type Refusal, type RefusalCode, refusals, refuse } from '../../shared/protocol/errors.ts'
import type {
  About,
  ChangeRoute,
  Demo,
  InviteShown,
  Join,
  Joined,
  Planned,
  PlanRun,
  PushKey,
  SharedRoute,
  Tracker,
  TrackerHeard,
} from '../../shared/protocol/http.ts'
import type { ClubMade, ClubNext, ClubShown, Organise, PlanShown, RenewClub } from '../../shared/protocol/http-plan.ts'
import type { Accepted } from '../../shared/protocol/wire.ts'
import type { PushSubscriptionGiven } from '../../shared/run/push.ts'
import type { CommandId } from '../../shared/units.ts'

/** A lost network is found out by then, also where a connection hangs. */
const PATIENCE_MS = 20_000
const SMALL_BODY_MAX = 60_000

type Asked = { readonly method?: string; readonly body?: unknown; readonly seat?: string }

export const about = (url: string) => call<About>(url, '/api/about', ['wire', 'hasDemo'])

/** The same `createKey` asked again is the same run. */
export const planRun = (url: string, plan: PlanRun) =>
  call<Planned>(url, '/api/runs', ['runId', 'memberId', 'seat', 'invites'], { body: plan })

/** What another run like this one begins with. */
export const planOf = (url: string, seat: string) =>
  call<PlanShown>(url, '/api/plan', ['plannedStartMs', 'groups', 'hasRoute'], { seat })

/** `routeLaps`: `null` for as many as the file has. Nothing of it is kept. */
export const readRouteFile = (url: string, routeFile: string, routeLaps: number | null = null) =>
  call<SharedRoute>(url, '/api/route-file', ['points', 'namedPoints', 'lengthM'], { body: { routeFile, routeLaps } })

/** The same `createKey` asked again is the same club. */
export const makeClub = (url: string, createKey: string, name: string) =>
  call<ClubMade>(url, '/api/clubs', ['organiser', 'link'], { body: { createKey, name } })

export const organise = (url: string, body: Organise) =>
  call<ClubShown>(url, '/api/clubs/runs', ['name', 'link', 'runs'], { body })

/** The same `renewKey` asked again is the same new secret. */
export const renewClub = (url: string, body: RenewClub) =>
  call<ClubMade>(url, '/api/clubs/renew', ['organiser', 'link'], { body })

/** Where a club's link leads now. */
export const followClub = (url: string, link: string) =>
  call<ClubNext>(url, '/api/club', ['name', 'next'], { body: { link } })

export const lookAtInvite = (url: string, invite: string) =>
  call<InviteShown>(url, '/api/invite', ['role', 'plannedStartMs'], { body: { invite } })

/** The same `joinKey` asked again is the same seat. */
export const join = (url: string, wish: Join) =>
  call<Joined>(url, '/api/join', ['runId', 'memberId', 'seat'], { body: wish })

export const sharedRoute = (url: string, seat: string) =>
  call<SharedRoute>(url, '/api/route', ['points', 'namedPoints', 'lengthM'], { seat })

/** `routeLaps`: `null` for as many as the file has. */
export const setRoute = (
  url: string,
  seat: string,
  commandId: CommandId,
  routeFile: string,
  routeLaps: number | null = null,
) => call<Accepted>(url, '/api/route', [], { method: 'PUT', body: { commandId, routeFile, routeLaps }, seat })

/** The same `commandId` asked again is the same change. */
export const changeRoute = (url: string, seat: string, body: ChangeRoute) =>
  call<Accepted>(url, '/api/route', [], { method: 'PATCH', body, seat })

export const askTracker = (url: string, seat: string, commandId: CommandId, trackerToken: string | null) =>
  call<Tracker>(url, '/api/tracker', ['trackerToken', 'serverUrl', 'qrUrl', 'appLink'], {
    body: { commandId, trackerToken },
    seat,
  })

export const trackerHeard = (url: string, seat: string, trackerToken: string) =>
  call<TrackerHeard>(url, `/api/tracker/${encodeURIComponent(trackerToken)}`, ['acceptedCount', 'asideCount'], { seat })

export const pushKey = (url: string, seat: string) => call<PushKey>(url, '/api/push', ['publicKey', 'isHeld'], { seat })

export const putPush = (url: string, seat: string, commandId: CommandId, subscription: PushSubscriptionGiven | null) =>
  call<Accepted>(url, '/api/push', ['version'], { method: 'PUT', body: { commandId, subscription }, seat })

/** Rings this seat's own phone. */
export const ringForTest = (url: string, seat: string, inMs: number) =>
  call<{ readonly ok: true }>(url, '/api/push/test', [], { body: { inMs }, seat })

export const startDemo = (url: string) =>
  call<Demo>(url, '/api/demo', ['leaderSeat', 'runnerSeat', 'cyclistSeat'], { body: {} })

async function call<Answer>(
  url: string,
  path: string,
  fields: readonly string[],
  { method, body, seat }: Asked = {},
): Promise<Answer | Refusal> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  try {
    const answer = await fetch(url.replace(/\/$/, '') + path, {
      method: method ?? (text === undefined ? 'GET' : 'POST'),
      headers: {
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...(seat !== undefined && { authorization: `Bearer ${seat}` }),
      },
      // A route file over a thin network takes as long as it takes.
      ...((text?.length ?? 0) < SMALL_BODY_MAX && { signal: AbortSignal.timeout(PATIENCE_MS) }),
      ...(text !== undefined && { body: text }),
    })
    return read<Answer>(await answer.json(), fields, answer.ok)
  } catch {
    // No network, a time-out, or something that is not Serik: each may be better in a while.
    return refuse('retry-later')
  }
}

function read<Answer>(said: unknown, fields: readonly string[], isFine: boolean): Answer | Refusal {
  if (typeof said !== 'object' || said === null) return refuse('retry-later')
  if ('code' in said && typeof said.code === 'string' && said.code in refusals)
    return { ...(said as Refusal), ok: false, code: said.code as RefusalCode }
  return isFine && fields.every((field) => field in said) ? (said as Answer) : refuse('retry-later')
}

/** A call's answer, told apart from its refusal: a route carries no `ok`. */
export const isRefusal = (answer: object): answer is Refusal => 'ok' in answer && answer.ok === false
