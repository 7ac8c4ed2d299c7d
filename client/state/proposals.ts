/** Which open requests, and who is due a drink soon, are proposed to whom: worked out on each phone from what all phones see alike. A proposal takes nothing from anybody. */
import { matched, type Pass, type Task } from '../../shared/dispatch/match.ts'
import { type Roads, roadsOf } from '../../shared/dispatch/roads.ts'
import { distanceM } from '../../shared/geo/distance.ts'
import { cyclistsOf, endsLater } from '../../shared/run/questions.ts'
import { isAlarm, policyOf } from '../../shared/run/requests.ts'
import type { Member, Request, RunState } from '../../shared/run/state.ts'
import { canServe, isItemKind, namedPiecesOf, stockAfterGiving } from '../../shared/run/stock.ts'
import { type MemberId, type RequestId, SECOND_MS } from '../../shared/units.ts'
import { dueSoonOf } from './due-soon.ts'
import { type RouteWays, waysFor } from './meetings.ts'
import { type At, reaches, standsAt, wantedAt } from './ride-reach.ts'
import type { RunView } from './run-view.ts'

/** One of a pass: claimed by them, or proposed to them. */
export type Stop = {
  /** `null`: has not asked, and is due by plan. */
  readonly requestId: RequestId | null
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
  const ways = waysFor(view, routeWays)
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

const idsOf = (pass: readonly Stop[]): string => pass.map(({ requestId, runnerId }) => requestId ?? runnerId).join()

const keyOf = ({ run }: RunView, roads: Roads | null): string =>
  JSON.stringify([
    requestsOf(run).map(({ requestId, cyclistId }) => [requestId, cyclistId]),
    cyclistsOf(run).map(({ memberId, helping, stock }) => [memberId, helping.kind, stock?.pieces]),
    roads !== null && run.head.route?.routeId,
  ])

const requestsOf = (run: RunState): Request[] =>
  endsLater(run).filter(({ kind }) => !isAlarm(kind) && policyOf(kind).tells !== 'group')

/** What somebody has asked for, or is due. */
type Want = Pick<Request, 'runnerId' | 'kind' | 'quantity' | 'cyclistId'> & {
  readonly requestId: RequestId | null
  readonly sinceMs: number
  readonly notBeforeMs: number
}

/** The oldest requests first, then who is due. */
const wantsOf = (view: RunView, nowMs: number): Want[] => [
  ...requestsOf(view.run).map(({ requestId, runnerId, kind, quantity, cyclistId, raisedAtMs }) => ({
    ...{ requestId, runnerId, kind, quantity, cyclistId },
    sinceMs: raisedAtMs,
    notBeforeMs: nowMs,
  })),
  ...dueSoonOf(view, nowMs).map(({ member: { memberId }, inMs }) => ({
    ...{ requestId: null, runnerId: memberId, kind: 'water' as const, quantity: 1, cyclistId: null },
    sinceMs: nowMs + Math.max(0, inMs),
    notBeforeMs: nowMs + Math.max(0, inMs),
  })),
]

/**
 * The pass of every available cyclist whose place is known: what they have claimed and what is proposed to them. From three cyclists and
 * three open wants on they are matched together (shared/dispatch/match.ts); of fewer, each open one is proposed to whoever can bring
 * it soonest. At most 12 helpers and 40 wants, requests before who is due.
 */
export function proposalsFor(
  view: RunView,
  roads: Roads | null,
  nowMs: number,
): ReadonlyMap<MemberId, readonly Stop[]> {
  const there = cyclistsOf(view.run)
    .flatMap((member) => {
      const at = standsAt(view, roads, member, nowMs)
      return at ? [{ member, at }] : []
    })
    .sort(byNumber)
  const known = wantsHeldBy(there, wantsOf(view, nowMs)).slice(0, NEEDS_MAX)
  const helpers = there.length <= HELPERS_MAX ? there : nearestTo(view, known, there, nowMs)
  const wants = wantsHeldBy(helpers, known)
  const task = taskOf(view, roads, helpers, wants, nowMs)
  const openCount = wants.filter(({ cyclistId }) => cyclistId === null).length
  const isTogether = helpers.length >= TOGETHER_FROM && openCount >= TOGETHER_FROM
  const passes = matched(isTogether ? task : eachToTheNearest(task))
  return new Map(helpers.map(({ member, at }, helper) => [member.memberId, stopsOf(passes[helper] ?? [], wants, at)]))
}

type Start = { readonly member: Member; readonly at: At }

const byNumber = (a: Start, b: Start): number => a.member.memberNo - b.member.memberNo

/** What nobody has, or one of these. */
function wantsHeldBy(helpers: readonly Start[], wants: readonly Want[]): Want[] {
  const ids = new Set(helpers.map(({ member }) => member.memberId))
  return wants.filter(({ cyclistId }) => cyclistId === null || ids.has(cyclistId))
}

/**
 * First whoever has claimed something and whoever is nearest to each that waits, then the next nearest to each, and so on; whoever carries
 * a piece with their name is nearest.
 */
function nearestTo(view: RunView, wants: readonly Want[], there: readonly Start[], nowMs: number): Start[] {
  const turns = wants.flatMap((want) => {
    const { runnerId, cyclistId } = want
    const place = wantedAt(view, runnerId, nowMs)?.place
    if (!place) return []
    const mayCome = (member: Member) => member.memberId !== runnerId && canBring(member, [want])
    return there
      .filter(({ member }) => (cyclistId === null ? mayCome(member) : member.memberId === cyclistId))
      .map((start) => ({ start, farM: hasNamed(start.member, want) ? 0 : distanceM(start.at.place, place) }))
      .sort((a, b) => a.farM - b.farM)
      .slice(0, HELPERS_MAX)
      .map(({ start }, turn) => ({ start, turn }))
  })
  const nearest = new Set(turns.sort((a, b) => a.turn - b.turn).map(({ start }) => start))
  return [...nearest].slice(0, HELPERS_MAX).sort(byNumber)
}

function taskOf(
  view: RunView,
  roads: Roads | null,
  helpers: readonly Start[],
  wants: readonly Want[],
  nowMs: number,
): Task<At> {
  const numberOf = new Map(helpers.map(({ member }, helper) => [member.memberId, helper]))
  const runners = wants.map(({ runnerId }) => wantedAt(view, runnerId, nowMs))
  /** A piece with a name on it is offered first to whoever carries it. */
  const isNamed = wants.map((want) => helpers.some(({ member }) => hasNamed(member, want)))
  return {
    helperCount: helpers.length,
    needs: wants.map(({ sinceMs, cyclistId }) => ({
      sinceMs,
      claimedBy: (cyclistId && numberOf.get(cyclistId)) ?? null,
    })),
    meet(helper, need, after) {
      const [start, want, runner] = [helpers[helper], wants[need], runners[need]]
      if (!start || !want || !runner || start.member.memberId === want.runnerId) return undefined
      const from = { at: after ?? start.at, isAfter: after !== undefined }
      return reaches(roads, start.member, from, runner, want.notBeforeMs)
    },
    canCarry(helper, needs) {
      const { member } = helpers[helper] as Start
      const carried = needs.map((need) => wants[need] as Want)
      const isAnothers = (need: number) => isNamed[need] && !hasNamed(member, wants[need] as Want)
      return !needs.some(isAnothers) && canBring(member, carried)
    },
  }
}

const hasNamed = ({ stock }: Member, { kind, runnerId }: Want): boolean =>
  isItemKind(kind) && namedPiecesOf(stock, kind, runnerId) > 0

function canBring({ stock }: Member, wants: readonly Want[]): boolean {
  let left = stock
  for (const { kind, quantity, runnerId } of wants) {
    if (!canServe(left, { kind, runnerId })) return false
    if (left && isItemKind(kind)) left = stockAfterGiving(left, kind, quantity, runnerId)
  }
  return true
}

/** The simple rule: as if each had claimed what is nearest to them, the oldest first, as long as they carry enough. */
function eachToTheNearest(task: Task<At>): Task<At> {
  const loads = Array.from({ length: task.helperCount }, (_, helper) =>
    task.needs.flatMap(({ claimedBy }, no) => (claimedBy === helper ? [no] : [])),
  )
  const needs = task.needs.map((need, no) => {
    if (need.claimedBy !== null) return need
    let [nearest, soonestMs] = [null as number | null, Number.POSITIVE_INFINITY]
    for (const [helper, load] of loads.entries()) {
      const atMs = task.canCarry(helper, [...load, no]) ? task.meet(helper, no, undefined)?.atMs : undefined
      if (atMs !== undefined && atMs < soonestMs) [nearest, soonestMs] = [helper, atMs]
    }
    if (nearest !== null) loads[nearest]?.push(no)
    return { ...need, claimedBy: nearest }
  })
  return { ...task, needs }
}

function stopsOf(pass: Pass<At>, wants: readonly Want[], { atMs: nowMs }: At): Stop[] {
  return pass.map(({ need, at: { atMs, atM, rideM } }) => {
    const { requestId, runnerId, cyclistId } = wants[need] as Want
    return { requestId, runnerId, isProposed: cyclistId === null, atMs: Math.max(nowMs, atMs), atM, rideM }
  })
}
