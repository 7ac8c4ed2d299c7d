/**
 * One ride that serves several runners: in which order, when each of them, and who would be late.
 *
 * Everybody moves, so the way to the next depends on when the one before was met; each step is a meeting of its own.
 * Method: depth-first over all orders with branch and bound up to seven runners, cheapest insertion beyond.
 */
import { SECOND_MS } from '../../units.ts'
import type { Progress } from '../progress/progress.ts'
import { type Meeting, meetingOf, RANGE_DEVIATIONS } from './meeting.ts'
import { type Rides, ridesFrom } from './rides.ts'

export type Wish = {
  readonly runner: Progress
  /** When it should have happened by; null for as soon as it goes. */
  readonly dueMs: number | null
  /** Where they were told to meet, in metres along the route. */
  readonly heldAtM?: number | undefined
}

export type Visit<W extends Wish> = {
  readonly wish: W
  readonly meeting: Meeting
  /** Seconds beyond its due; 0 without one. */
  readonly lateS: number
}

const HAND_OVER_S = 8
/** So late costs as much as so long a wait. Twice as late costs four times as much: a bottle handed out in passing is nothing, a second errand is. */
const LATE_LIKE_WAITING_S = 12
/** Another order must save so many seconds of waiting, all runners together: people do not like to be told otherwise. */
const ORDER_STAYS_S = 15
const EXACT_MAX = 7

type Pass<W extends Wish> = { readonly visits: readonly Visit<W>[]; readonly costS: number }

/** From when on a wait is lateness: the due, or the first moment anybody alone could be met, if that is later. */
type Dues = ReadonlyMap<Wish, number>

/**
 * The visits in the order to ride them: little lateness that could be helped, and little waiting of all together. The order of
 * `wishes` stays unless another is clearly better. Whoever cannot be met (by a fixed table) is left out.
 */
export function passOf<W extends Wish>(rides: Rides, wishes: readonly W[]): readonly Visit<W>[] {
  const alone = wishes.flatMap((wish) => visitOf(rides, wish) ?? [])
  if (!(rides.rider.rideMps > 0)) return alone.sort(sooner)
  if (alone.length < 2) return alone
  const dues: Dues = new Map(
    alone.map(({ wish, meeting }) => [wish, Math.max(meeting.atMs, wish.dueMs ?? Number.POSITIVE_INFINITY)]),
  )
  const told = inOrder(rides, wishes, dues)
  const best = wishes.length > EXACT_MAX ? byInsertion(rides, wishes, dues) : bestOrder(rides, wishes, dues, told.costS)
  return best && best.costS < told.costS - ORDER_STAYS_S ? best.visits : told.visits
}

/** Tries every order that may still come out under `underS`; sooner meetings first, so that most are cut early. */
function bestOrder<W extends Wish>(
  rides: Rides,
  wishes: readonly W[],
  dues: Dues,
  underS: number,
): Pass<W> | undefined {
  const startMs = rides.rider.atMs
  let best: Pass<W> | undefined
  extend({ visits: [], costS: 0 }, rides, wishes)
  return best

  function extend(pass: Pass<W>, from: Rides, left: readonly W[]): void {
    if (left.length === 0) {
      best = pass
      return
    }
    for (const visit of left.flatMap((wish) => visitOf(from, wish) ?? []).sort(sooner)) {
      const costS = pass.costS + costOf(visit, startMs, dues)
      // Nobody who is left can be met sooner than this one.
      const atLeastS = costS + ((left.length - 1) * (visit.meeting.atMs - startMs)) / SECOND_MS
      if (atLeastS >= (best?.costS ?? underS)) continue
      const rest = left.filter((wish) => wish !== visit.wish)
      extend({ visits: [...pass.visits, visit], costS }, after(from, visit), rest)
    }
  }
}

/** Each where it costs least, one after the other. */
function byInsertion<W extends Wish>(rides: Rides, wishes: readonly W[], dues: Dues): Pass<W> {
  let best: Pass<W> = { visits: [], costS: 0 }
  for (const wish of wishes) {
    const order = best.visits.map((visit) => visit.wish)
    const passes = Array.from({ length: order.length + 1 }, (_, index) =>
      inOrder(rides, order.toSpliced(index, 0, wish), dues),
    )
    best = passes.reduce((least, pass) => (pass.costS < least.costS ? pass : least))
  }
  return best
}

function inOrder<W extends Wish>(rides: Rides, wishes: readonly W[], dues: Dues): Pass<W> {
  const visits: Visit<W>[] = []
  let [from, costS] = [rides, 0]
  for (const wish of wishes) {
    const visit = visitOf(from, wish)
    if (!visit) continue
    visits.push(visit)
    costS += costOf(visit, rides.rider.atMs, dues)
    from = after(from, visit)
  }
  return { visits, costS }
}

function visitOf<W extends Wish>(rides: Rides, wish: W): Visit<W> | undefined {
  const meeting = meetingOf(rides, wish.runner, wish.heldAtM)
  return meeting && { wish, meeting, lateS: Math.max(0, (meeting.atMs - (wish.dueMs ?? meeting.atMs)) / SECOND_MS) }
}

function costOf({ wish, meeting }: Visit<Wish>, startMs: number, dues: Dues): number {
  const lateS = Math.max(0, meeting.atMs - (dues.get(wish) ?? Number.POSITIVE_INFINITY)) / SECOND_MS
  return (meeting.atMs - startMs) / SECOND_MS + lateS ** 2 / LATE_LIKE_WAITING_S
}

const sooner = (a: Visit<Wish>, b: Visit<Wish>): number => a.meeting.atMs - b.meeting.atMs

/** The rider after a hand-over, standing where it was. */
function after({ ways, rider }: Rides, { meeting }: Visit<Wish>): Rides {
  const { place, earliestMs, latestMs } = meeting
  const atMs = meeting.atMs + HAND_OVER_S * SECOND_MS
  const spreadS = (latestMs - earliestMs) / SECOND_MS / (2 * RANGE_DEVIATIONS)
  return ridesFrom(ways, { ...rider, place, atMs, spreadS, headingDeg: null })
}
