/** Which open requests are proposed to whom, worked out on each phone from what all phones see alike. A proposal takes nothing from anybody. */
import { matched, type Pass, type Task } from '../../shared/dispatch/match.ts'
import { meetsAt, nodeNear, type Roads, rideOnFrom, roadsOf } from '../../shared/dispatch/roads.ts'
import { distanceM } from '../../shared/geo/distance.ts'
import type { Place } from '../../shared/geo/fix.ts'
import { DETOUR, placeOfNode } from '../../shared/geo/meeting/rides.ts'
import type { Progress } from '../../shared/geo/progress/progress.ts'
import type { Helping } from '../../shared/run/helping.ts'
import { cyclistsOf, endsLater } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import type { Member, Request, RunState } from '../../shared/run/state.ts'
import { canServe, isItemKind, namedPiecesOf, stockAfterGiving } from '../../shared/run/stock.ts'
import { type MemberId, type RequestId, SECOND_MS } from '../../shared/units.ts'
import { progressOf, type RouteWays } from './meetings.ts'
import { ageMs, isTooOld } from './place-age.ts'
import type { RunView } from './run-view.ts'

/** One request of a pass: claimed by them, or proposed to them. */
export type Stop = {
  readonly requestId: RequestId
  readonly runnerId: MemberId
  readonly isProposed: boolean
  /** When they could be there, and where along the route; null without one. */
  readonly atMs: number
  readonly atM: number | null
  /** Ridden from the stop before. */
  readonly rideM: number
}

export type Proposals = {
  readonly roads: Roads | null
  readonly madeAtMs: number
  /** What they were made for: another request, claim, stock or helper is answered at once. */
  readonly madeFor: string
  /** What the cyclist of this phone has claimed and what is proposed to them, in the order to ride. */
  readonly pass: readonly Stop[]
  /** What the last look proposed, when that is not what is shown: one may be noise, two are not. */
  readonly otherIds: string | null
}

export const noProposals: Proposals = { roads: null, madeAtMs: 0, madeFor: '', pass: [], otherIds: null }

/** Phones look at the same moments, so that they see nearly the same places. */
const EVERY_MS = 5 * SECOND_MS
/** From so many of both on they are matched together; of fewer each goes to whoever is there first. */
const TOGETHER_FROM = 3
const HELPERS_MAX = 12
const NEEDS_MAX = 40
/** Nobody else's phone knows better how fast somebody rides. */
const RIDES_MPS: Readonly<Record<Helping['kind'], number>> = { bike: 5, car: 8, table: 0 }
/** Nearer than this to the paths is on them. */
const ON_PATH_M = 60

/** The proposals as they are to be shown now, to an available cyclist; made anew each 5 s. */
export function proposalsAfter(
  before: Proposals,
  view: RunView,
  routeWays: RouteWays | null,
  nowMs: number,
): Proposals {
  const lookMs = nowMs - (nowMs % EVERY_MS)
  const isMine = cyclistsOf(view.run).some(({ memberId }) => memberId === view.myId)
  if (!view.myId || !isMine || view.run.head.phase === 'ended') return noProposals
  const ways = routeWays && routeWays.routeId === view.run.head.route?.routeId ? routeWays.ways : null
  const roads = ways && (before.roads?.ways === ways ? before.roads : roadsOf(ways))
  const madeFor = keyOf(view, roads)
  const isSame = madeFor === before.madeFor
  if (isSame && lookMs === before.madeAtMs) return before
  const pass = proposalsFor(view, roads, lookMs).get(view.myId) ?? []
  const ids = idsOf(pass)
  const isHeld = isSame && ids !== idsOf(before.pass) && ids !== before.otherIds
  return isHeld
    ? { ...before, roads, madeAtMs: lookMs, otherIds: ids }
    : { roads, madeAtMs: lookMs, madeFor, pass, otherIds: null }
}

const idsOf = (pass: readonly Stop[]): string => pass.map(({ requestId }) => requestId).join()

const keyOf = ({ run }: RunView, roads: Roads | null): string =>
  JSON.stringify([
    needsOf(run).map(({ requestId, cyclistId }) => [requestId, cyclistId]),
    cyclistsOf(run).map(({ memberId, helping, stock }) => [memberId, helping.kind, stock?.pieces]),
    roads !== null && run.head.route?.routeId,
  ])

const needsOf = (run: RunState): Request[] =>
  endsLater(run).filter(({ kind }) => !isAlarm(kind) && policyOf(kind).tells !== 'group')

/**
 * The pass of every available cyclist whose place is known: what they have claimed and what is proposed to them. From three cyclists and
 * three open requests on they are matched together (shared/dispatch/match.ts); of fewer, each open one is proposed to whoever can bring
 * it soonest. At most the 12 first helpers and the 40 oldest requests.
 */
export function proposalsFor(
  view: RunView,
  roads: Roads | null,
  nowMs: number,
): ReadonlyMap<MemberId, readonly Stop[]> {
  const helpers = cyclistsOf(view.run)
    .flatMap((member) => {
      const at = startOf(view, roads, member, nowMs)
      return at ? [{ member, at }] : []
    })
    .sort((a, b) => a.member.memberNo - b.member.memberNo)
    .slice(0, HELPERS_MAX)
  const numberOf = new Map(helpers.map(({ member }, helper) => [member.memberId, helper]))
  const requests = needsOf(view.run)
    .filter(({ cyclistId }) => cyclistId === null || numberOf.has(cyclistId))
    .slice(0, NEEDS_MAX)
  const task = taskOf(view, roads, helpers, requests, nowMs)
  const openCount = requests.filter(({ cyclistId }) => cyclistId === null).length
  const isTogether = helpers.length >= TOGETHER_FROM && openCount >= TOGETHER_FROM
  const passes = matched(isTogether ? task : eachToTheNearest(task))
  return new Map(
    helpers.map(({ member, at }, helper) => [member.memberId, stopsOf(passes[helper] ?? [], requests, at)]),
  )
}

/** Somewhere at a moment; along the route where it is known. */
type At = {
  readonly place: Place
  readonly node: number | null
  readonly atMs: number
  readonly atM: number | null
  readonly rideM: number
}
type Start = { readonly member: Member; readonly at: At }

function startOf(view: RunView, roads: Roads | null, { memberId }: Member, nowMs: number): At | undefined {
  const place = view.places.get(memberId)
  if (!place || isTooOld(ageMs(place, nowMs))) return undefined
  return { place, node: roads && nodeNear(roads.ways, place), atMs: nowMs, atM: null, rideM: 0 }
}

function taskOf(
  view: RunView,
  roads: Roads | null,
  helpers: readonly Start[],
  requests: readonly Request[],
  nowMs: number,
): Task<At> {
  const numberOf = new Map(helpers.map(({ member }, helper) => [member.memberId, helper]))
  const runners = requests.map(({ runnerId }) => {
    const place = view.places.get(runnerId)
    return place && !isTooOld(ageMs(place, nowMs)) ? { place, progress: progressOf({ view, nowMs }, runnerId) } : null
  })
  /** A piece with a name on it is offered first to whoever carries it. */
  const isNamed = requests.map((request) => helpers.some(({ member }) => hasNamed(member, request)))
  return {
    helperCount: helpers.length,
    needs: requests.map(({ raisedAtMs, cyclistId }) => ({
      sinceMs: raisedAtMs,
      claimedBy: (cyclistId && numberOf.get(cyclistId)) ?? null,
    })),
    meet(helper, need, after) {
      const { member, at } = helpers[helper] as Start
      const runner = runners[need]
      if (!runner || member.memberId === requests[need]?.runnerId) return undefined
      const from = after ?? at
      const rideMps = RIDES_MPS[member.helping.kind]
      return (
        (roads && runner.progress && alongRoute(roads, from, rideMps, runner.progress, after !== undefined)) ??
        asTheCrowFlies(from, rideMps, runner.place)
      )
    },
    canCarry(helper, needs) {
      const { member } = helpers[helper] as Start
      return (
        needs.every((need) => !isNamed[need] || hasNamed(member, requests[need] as Request)) &&
        canBring(
          member,
          needs.map((need) => requests[need] as Request),
        )
      )
    },
  }
}

function alongRoute(roads: Roads, from: At, rideMps: number, runner: Progress, isAfter: boolean): At | undefined {
  if (from.node === null) return undefined
  const awayM = isAfter ? 0 : DETOUR * distanceM(from.place, placeOfNode(roads.ways, from.node))
  const offM = awayM > ON_PATH_M ? awayM : 0
  if (offM > 0 && !(rideMps > 0)) return undefined
  const spot = { node: from.node, atMs: from.atMs + (offM > 0 ? (offM / rideMps) * SECOND_MS : 0) }
  const meeting = meetsAt(roads, isAfter ? rideOnFrom(spot) : spot, rideMps, runner)
  if (!meeting) return undefined
  const { node, atMs, atM } = meeting
  const rideM = rideMps > 0 ? offM + (roads.metresFrom(from.node)[node] as number) : 0
  return { place: placeOfNode(roads.ways, node), node, atMs, atM, rideM }
}

function asTheCrowFlies(from: At, rideMps: number, place: Place): At | undefined {
  const rideM = DETOUR * distanceM(from.place, place)
  if (!(rideMps > 0) && rideM > ON_PATH_M) return undefined
  const rideMs = rideMps > 0 ? (rideM / rideMps) * SECOND_MS : 0
  return { place, node: null, atMs: from.atMs + rideMs, atM: null, rideM }
}

const hasNamed = ({ stock }: Member, { kind, runnerId }: Request): boolean =>
  isItemKind(kind) && namedPiecesOf(stock, kind, runnerId) > 0

function canBring({ stock }: Member, requests: readonly Request[]): boolean {
  let left = stock
  for (const { kind, quantity, runnerId } of requests) {
    if (!canServe(left, { kind, runnerId })) return false
    if (left && isItemKind(kind)) left = stockAfterGiving(left, kind, quantity, runnerId)
  }
  return true
}

/** The simple rule: as if each had claimed what is nearest to them. */
function eachToTheNearest(task: Task<At>): Task<At> {
  const needs = task.needs.map((need, no) => {
    if (need.claimedBy !== null) return need
    let [nearest, soonestMs] = [null as number | null, Number.POSITIVE_INFINITY]
    for (let helper = 0; helper < task.helperCount; helper++) {
      const atMs = task.canCarry(helper, [no]) ? task.meet(helper, no, undefined)?.atMs : undefined
      if (atMs !== undefined && atMs < soonestMs) [nearest, soonestMs] = [helper, atMs]
    }
    return { ...need, claimedBy: nearest }
  })
  return { ...task, needs }
}

function stopsOf(pass: Pass<At>, requests: readonly Request[], { atMs: nowMs }: At): Stop[] {
  return pass.map(({ need, at: { atMs, atM, rideM } }) => {
    const { requestId, runnerId, cyclistId } = requests[need] as Request
    return { requestId, runnerId, isProposed: cyclistId === null, atMs: Math.max(nowMs, atMs), atM, rideM }
  })
}
