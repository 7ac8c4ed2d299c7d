/**
 * One ride that serves several runners: in which order, when each of them, and who would be late.
 *
 * Everybody moves, so the way to the next depends on when the one before was met; each step is a meeting of its own.
 * Method: depth-first over all orders with branch and bound up to seven runners, cheapest insertion beyond.
 */
import type { Progress } from '../progress/progress.ts'
import { type Meeting, meetingOf } from './meeting.ts'
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
/** A second beyond a due counts like so many seconds of waiting. */
const LATE_COUNTS = 10
/** Another order must save so many seconds of waiting, all runners together: people do not like to be told otherwise. */
const ORDER_STAYS_S = 60
const EXACT_MAX = 7

type Pass<W extends Wish> = { readonly visits: readonly Visit<W>[]; readonly costS: number }

/**
 * The visits in the order to ride them: least lateness, then least waiting of all together. The order of `wishes` stays unless
 * another is better by a minute. Whoever cannot be met (by a fixed table) is left out.
 */
export function passOf<W extends Wish>(rides: Rides, wishes: readonly W[]): readonly Visit<W>[] {
  if (!(rides.rider.rideMps > 0)) return atTable(rides, wishes)
  const told = inOrder(rides, wishes)
  if (wishes.length < 2) return told.visits
  const best = wishes.length > EXACT_MAX ? byInsertion(rides, wishes) : bestOrder(rides, wishes, told.costS)
  return best && best.costS < told.costS - ORDER_STAYS_S ? best.visits : told.visits
}

/** Tries every order that may still come out under `underS`; sooner meetings first, so that most are cut early. */
function bestOrder<W extends Wish>(rides: Rides, wishes: readonly W[], underS: number): Pass<W> | undefined {
  const startMs = rides.rider.atMs
  let best: Pass<W> | undefined
  extend({ visits: [], costS: 0 }, rides, wishes)
  return best

  function extend(pass: Pass<W>, from: Rides, left: readonly W[]): void {
    if (left.length === 0) {
      best = pass
      return
    }
    const next = left.flatMap((wish) => visitOf(from, wish) ?? []).sort((a, b) => a.meeting.atMs - b.meeting.atMs)
    for (const visit of next) {
      const costS = pass.costS + costOf(visit, startMs)
      // Nobody who is left can be met sooner than this one.
      const atLeastS = costS + ((left.length - 1) * (visit.meeting.atMs - startMs)) / 1_000
      if (atLeastS >= (best?.costS ?? underS)) continue
      const rest = left.filter((wish) => wish !== visit.wish)
      extend({ visits: [...pass.visits, visit], costS }, after(from, visit), rest)
    }
  }
}

/** Each where it costs least, one after the other. */
function byInsertion<W extends Wish>(rides: Rides, wishes: readonly W[]): Pass<W> {
  let best: Pass<W> = { visits: [], costS: 0 }
  for (const wish of wishes) {
    const order = best.visits.map((visit) => visit.wish)
    best = Array.from({ length: order.length + 1 }, (_, index) =>
      inOrder(rides, order.toSpliced(index, 0, wish)),
    ).reduce((least, pass) => (pass.costS < least.costS ? pass : least))
  }
  return best
}

function inOrder<W extends Wish>(rides: Rides, wishes: readonly W[]): Pass<W> {
  const visits: Visit<W>[] = []
  let [from, costS] = [rides, 0]
  for (const wish of wishes) {
    const visit = visitOf(from, wish)
    if (!visit) continue
    visits.push(visit)
    costS += costOf(visit, rides.rider.atMs)
    from = after(from, visit)
  }
  return { visits, costS }
}

function atTable<W extends Wish>(rides: Rides, wishes: readonly W[]): readonly Visit<W>[] {
  return wishes.flatMap((wish) => visitOf(rides, wish) ?? []).sort((a, b) => a.meeting.atMs - b.meeting.atMs)
}

function visitOf<W extends Wish>(rides: Rides, wish: W): Visit<W> | undefined {
  const meeting = meetingOf(rides, wish.runner, wish.heldAtM)
  return meeting && { wish, meeting, lateS: Math.max(0, (meeting.atMs - (wish.dueMs ?? meeting.atMs)) / 1_000) }
}

const costOf = ({ meeting, lateS }: Visit<Wish>, startMs: number): number =>
  (meeting.atMs - startMs) / 1_000 + LATE_COUNTS * lateS

/** The rider after a hand-over, standing where it was. */
function after({ ways, rider }: Rides, { meeting }: Visit<Wish>): Rides {
  return ridesFrom(ways, { ...rider, place: meeting.place, atMs: meeting.atMs + 1_000 * HAND_OVER_S, headingDeg: null })
}
