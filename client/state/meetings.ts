/** Where and when the cyclist of this phone meets those who wait for something, told so that it does not jump about. */
import { distanceM } from '../../shared/geo/distance.ts'
import { interceptOf } from '../../shared/geo/meeting/intercept.ts'
import { type Meeting, meetingOf } from '../../shared/geo/meeting/meeting.ts'
import { passOf } from '../../shared/geo/meeting/pass.ts'
import { type RiderState, riderAfter, riderAt } from '../../shared/geo/meeting/rider.ts'
import { type Rider, type Rides, ridesFrom } from '../../shared/geo/meeting/rides.ts'
import type { Ways } from '../../shared/geo/meeting/ways.ts'
import { freeTrackAt } from '../../shared/geo/pace/free-estimate.ts'
import type { Progress } from '../../shared/geo/progress/progress.ts'
import { SURE_CONFIDENCE } from '../../shared/pack/passages.ts'
import { endsLater } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import type { Request } from '../../shared/run/state.ts'
import { type MemberId, MINUTE_MS, type RequestId, type RouteId, SECOND_MS } from '../../shared/units.ts'
import { progressNow } from './along-route.ts'
import { me } from './people.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'
import { fixOf, type Trails } from './trails.ts'

/** A route prepared for riding about on it, made once for each. */
export type RouteWays = { readonly routeId: RouteId; readonly ways: Ways }

/** `null` until those of the run's present route are there. */
export const waysFor = ({ run }: RunView, routeWays: RouteWays | null): Ways | null =>
  routeWays && routeWays.routeId === run.head.route?.routeId ? routeWays.ways : null

export type HeldMeeting = {
  readonly shown: Meeting
  /** What the last one said to do, when that is not what is shown: one may be noise, two are not. */
  readonly otherKind: Meeting['kind'] | null
}

export type Meetings = {
  readonly rider: RiderState | null
  readonly madeAtMs: number
  /** What it was made for: another request, claim or route is answered at once. */
  readonly madeFor: string
  readonly of: ReadonlyMap<RequestId, HeldMeeting>
}

export const noMeetings: Meetings = { rider: null, madeAtMs: 0, madeFor: '', of: new Map() }

const EVERY_MS = 5 * SECOND_MS
const SAME_MS = 30 * SECOND_MS
const SAME_M = 100
/** Nobody holds a course for longer where no route says so. */
const COURSE_HOLDS_MS = 10 * MINUTE_MS

/**
 * The meetings as they are to be told now; made anew at most each 5 s. For a cyclist: what nobody has or they have claimed
 * themselves, those as one pass. Along the route where the runner's progress is known, else by courses and speeds; nothing is made of a
 * place older than two minutes. Calls for help are left out: there one goes to where they are.
 */
export function meetingsAfter(
  before: Meetings,
  view: RunView,
  trails: Trails,
  routeWays: RouteWays | null,
  nowMs: number,
): Meetings {
  const here = view.myId && view.places.get(view.myId)
  if (!here || me(view)?.role !== 'cyclist') return before === noMeetings ? before : noMeetings
  const rider = riderAfter(before.rider ?? undefined, fixOf(here))
  const requests = endsLater(view.run).filter((request) => isForMe(view, request))
  const ways = waysFor(view, routeWays)
  const madeFor = JSON.stringify([
    requests.map(({ requestId, status }) => [requestId, status]),
    ways && routeWays?.routeId,
  ])
  const sinceMs = nowMs - before.madeAtMs
  if (madeFor === before.madeFor && sinceMs >= 0 && sinceMs < EVERY_MS) return { ...before, rider }
  const fresh = isTooOld(ageMs(here, nowMs))
    ? new Map<RequestId, Meeting>()
    : freshMeetings({ view, trails, rider: riderAt(rider, nowMs), ways, told: before.of, nowMs }, requests)
  const of = new Map([...fresh].map(([requestId, meeting]) => [requestId, held(before.of.get(requestId), meeting)]))
  return { rider, madeAtMs: nowMs, madeFor, of }
}

const isForMe = ({ myId }: RunView, { kind, runnerId, cyclistId }: Request): boolean =>
  !isAlarm(kind) && policyOf(kind).tells !== 'group' && runnerId !== myId && (cyclistId === null || cyclistId === myId)

/**
 * What to tell after a new meeting: the one that was told, as long as the new one is less than 30 s and less than 100 m from it. What to
 * do there changes when two in a row say so: the cyclist has come there, or has turned.
 */
export function held(before: HeldMeeting | undefined, fresh: Meeting): HeldMeeting {
  const shown = before?.shown
  const isSame = shown && Math.abs(fresh.atMs - shown.atMs) < SAME_MS && distanceM(fresh.place, shown.place) < SAME_M
  if (!isSame || (fresh.kind !== shown.kind && fresh.kind === before?.otherKind))
    return { shown: fresh, otherKind: null }
  return { shown, otherKind: fresh.kind === shown.kind ? null : fresh.kind }
}

export type MeetingScene = {
  readonly view: RunView
  readonly trails: Trails
  readonly rider: Rider
  readonly ways: Ways | null
  readonly told: Meetings['of']
  readonly nowMs: number
}

function freshMeetings(scene: MeetingScene, requests: readonly Request[]): ReadonlyMap<RequestId, Meeting> {
  const { rider, ways, told } = scene
  const alongRoute = ways ? meetingsAlongRoute(ridesFrom(ways, rider)) : []
  const fresh = new Map(alongRoute)
  for (const { requestId, runnerId } of requests) {
    const meeting = fresh.has(requestId) ? undefined : meetingByCourse(scene, runnerId)
    if (meeting) fresh.set(requestId, meeting)
  }
  return fresh

  /** Mine are one pass, in the order they were told in as long as that is good; what nobody has is told as if it were the only one. */
  function meetingsAlongRoute(rides: Rides): (readonly [RequestId, Meeting])[] {
    const wishes = requests.flatMap(({ requestId, runnerId, cyclistId }) => {
      const runner = progressOf(scene, runnerId)
      const shown = told.get(requestId)?.shown
      const wish = { requestId, isMine: cyclistId !== null, dueMs: null, heldAtM: shown?.atM ?? undefined }
      return runner ? [{ ...wish, runner, toldAtMs: shown?.atMs ?? Number.MAX_VALUE }] : []
    })
    const mine = wishes.filter(({ isMine }) => isMine).sort((a, b) => a.toldAtMs - b.toldAtMs)
    const open = wishes.flatMap(({ requestId, isMine, runner, heldAtM }) => {
      const meeting = isMine ? undefined : meetingOf(rides, runner, heldAtM)
      return meeting ? [[requestId, meeting] as const] : []
    })
    return [...passOf(rides, mine).map(({ wish, meeting }) => [wish.requestId, meeting] as const), ...open]
  }
}

/** `null` unless the runner's place along the route is as good as known. */
export function progressOf({ view, nowMs }: Pick<MeetingScene, 'view' | 'nowMs'>, runnerId: MemberId): Progress | null {
  const place = view.places.get(runnerId)
  const { route } = view.run.head
  const progress = place && route && progressNow(place, route.lengthM, nowMs)
  if (!progress || isTooOld(ageMs(place, nowMs))) return null
  return progress.isOffRoute || progress.confidence < SURE_CONFIDENCE ? null : progress
}

export function meetingByCourse({ view, trails, rider, nowMs }: MeetingScene, runnerId: MemberId): Meeting | undefined {
  const place = view.places.get(runnerId)
  const trail = trails.of.get(runnerId)
  const mover = place && trail && !isTooOld(ageMs(place, nowMs)) ? freeTrackAt(trail.free, nowMs) : undefined
  const meeting = mover && interceptOf(rider, mover)
  return meeting && meeting.atMs - nowMs <= COURSE_HOLDS_MS ? meeting : undefined
}
