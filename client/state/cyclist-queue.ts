/** The queue for the cyclist of this phone: help, first aid, what waits by wait and reach, then who is due soon, then what a leader sent. */
import type { Alert } from '../../shared/run/alerts.ts'
import { isAvailable } from '../../shared/run/questions.ts'
import type { DrinkDue } from '../../shared/supply/drink-due.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { alongRoute } from './along-route.ts'
import { dueSoonOf } from './due-soon.ts'
import type { Meetings } from './meetings.ts'
import { me, membersOf, nameOf } from './people.ts'
import { type Nearness, nearnessOf } from './place-age.ts'
import type { Proposals } from './proposals.ts'
import { type QueueEntry, queueOf } from './queue.ts'
import { noOrder, type Order, orderAfter, type Ranked } from './queue-order.ts'
import { roughRideMs } from './rough-ride.ts'
import type { RunView } from './run-view.ts'

type Where = {
  readonly runnerId: MemberId | null
  readonly way: Nearness | null
  /** Along the route; null where that is not known. */
  readonly atM: number | null
}

export type QueueRow = Where &
  Ranked &
  (
    | { readonly is: 'request'; readonly entry: QueueEntry; readonly isForMe: boolean }
    | {
        readonly is: 'due'
        readonly runnerId: MemberId
        readonly name: string
        readonly due: DrinkDue
        readonly isForMe: boolean
      }
    | { readonly is: 'alert'; readonly alert: Alert; readonly name: string | null }
  )

export type CyclistQueue = { readonly rows: readonly QueueRow[]; readonly order: Order }
export const noQueue: CyclistQueue = { rows: [], order: noOrder }

/** A minute of waiting counts like so many of riding: who has waited five minutes comes before who is ten minutes nearer. */
const WAIT_WEIGHT = 2
/** To somebody whose place is not known. */
const UNKNOWN_REACH_MS = 10 * MINUTE_MS

const ranks = { help: 0, 'first-aid': 1, mine: 2, forMe: 3, open: 4, others: 5, due: 6, alert: 7 } as const

type Known = { readonly meetings: Meetings; readonly proposals: Proposals }

/** The rows as they are to be shown now; empty for whoever is no cyclist. Rows are new each time, their order is held. */
export function queueAfter(before: CyclistQueue, view: RunView, known: Known, nowMs: number): CyclistQueue {
  if (me(view)?.role !== 'cyclist') return noQueue
  const rows = [...requestRows(view, known, nowMs), ...dueRows(view, known, nowMs), ...alertRows(view, nowMs)]
  const order = orderAfter(before.order, rows, nowMs)
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return { rows: order.keys.flatMap((key) => byKey.get(key) ?? []), order }
}

/** With two people there is nobody to queue. */
export const isPair = (view: RunView): boolean =>
  membersOf(view).filter(({ role }) => role !== 'watcher' && role !== 'guardian').length <= 2

function requestRows(view: RunView, { meetings, proposals }: Known, nowMs: number): QueueRow[] {
  const stopMs = new Map(
    proposals.pass.flatMap((stop) => (stop.isProposed ? [[stop.requestId, stop.atMs - nowMs]] : [])),
  )
  return queueOf(view, nowMs).map((entry) => {
    const { requestId, runnerId, kind } = entry.request
    const where = whereIs(view, runnerId, nowMs)
    const metAtMs = meetings.of.get(requestId)?.shown.atMs
    const reachMs = metAtMs === undefined ? reachOf(where) : Math.max(0, metAtMs - nowMs)
    const isForMe = stopMs.has(requestId)
    const rank = kind === 'help' || kind === 'first-aid' ? ranks[kind] : ranks[standing(entry, isForMe)]
    const waitedMs = WAIT_WEIGHT * entry.waitMs
    // What is mine, and what is proposed, is one pass: its order is that of riding.
    const rideMs = entry.isMine ? reachMs : stopMs.get(requestId)
    const costMs = rideMs ?? reachMs - waitedMs
    return { is: 'request', key: requestId, rank, costMs, sizeMs: reachMs + waitedMs, entry, isForMe, ...where }
  })
}

const standing = ({ isMine, holder }: QueueEntry, isForMe: boolean) =>
  isMine ? 'mine' : holder !== null ? 'others' : isForMe ? 'forMe' : 'open'

/** Only for who may be offered work. */
function dueRows(view: RunView, { proposals }: Known, nowMs: number): QueueRow[] {
  const mine = me(view)
  if (!mine || !isAvailable(mine)) return []
  const forMe = new Set(proposals.pass.flatMap(({ requestId, runnerId }) => (requestId === null ? [runnerId] : [])))
  return dueSoonOf(view, nowMs).map(({ member: { memberId }, due, atM, inMs }) => ({
    ...{ is: 'due', key: `due ${memberId}`, rank: ranks.due, costMs: inMs, sizeMs: Math.abs(inMs) },
    ...{ runnerId: memberId, name: nameOf(view, memberId), due, isForMe: forMe.has(memberId) },
    ...{ way: nearnessOf(view, view.myId, memberId, nowMs), atM },
  }))
}

/** What a leader sent to me; silence and the like come in no other way. */
function alertRows(view: RunView, nowMs: number): QueueRow[] {
  return [...view.run.alerts.values()]
    .filter(({ status, sentToIds }) => status !== 'cleared' && view.myId !== null && sentToIds.includes(view.myId))
    .map((alert) => {
      const { alertId, memberId, sinceMs } = alert
      const row = { key: alertId, rank: ranks.alert, costMs: sinceMs - nowMs, sizeMs: nowMs - sinceMs }
      return { is: 'alert', ...row, alert, name: memberId && nameOf(view, memberId), ...whereIs(view, memberId, nowMs) }
    })
}

function whereIs(view: RunView, runnerId: MemberId | null, nowMs: number): Where {
  if (runnerId === null) return { runnerId, way: null, atM: null }
  return {
    runnerId,
    way: nearnessOf(view, view.myId, runnerId, nowMs),
    atM: alongRoute(view, runnerId, nowMs)?.atM ?? null,
  }
}

const reachOf = ({ way }: Where): number => (way ? roughRideMs(way.distanceM) : UNKNOWN_REACH_MS)
