/**
 * One ride that serves several runners: in which order, when each of them, and who would be late.
 *
 * Everybody moves, so the way to the next depends on when the one before was met; each step is a meeting of its own.
 * Method: depth-first over all orders with branch and bound up to six runners, cheapest insertion beyond.
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
const EXACT_MAX = 6

type Pass<W extends Wish> = { readonly visits: readonly Visit<W>[]; readonly costS: number }

/** When each runner would be met if there were nobody else: what nobody can be blamed for, and nobody can beat. */
type AloneMs = ReadonlyMap<Wish, number>

/**
 * The visits in the order to ride them: little lateness that could be helped, and little waiting of all together. The order of
 * `wishes` stays unless another is clearly better. Whoever cannot be met (by a fixed table) is left out.
 */
export function passOf<W extends Wish>(rides: Rides, wishes: readonly W[]): readonly Visit<W>[] {
  const alone = wishes.flatMap((wish) => visitOf(rides, wish) ?? [])
  if (!(rides.rider.rideMps > 0)) return alone.sort(sooner)
  if (alone.length < 2) return alone
  const aloneMs: AloneMs = new Map(alone.map(({ wish, meeting }) => [wish, meeting.atMs]))
  const told = inOrder(rides, wishes, aloneMs)
  const isMany = wishes.length > EXACT_MAX
  const best = isMany ? byInsertion(rides, wishes, aloneMs) : bestOrder(rides, wishes, aloneMs, told.costS)
  return best && best.costS < told.costS - ORDER_STAYS_S ? best.visits : told.visits
}

/** Tries every order that may still come out under `underS`; sooner meetings first, so that most are cut early. */
function bestOrder<W extends Wish>(
  rides: Rides,
  wishes: readonly W[],
  aloneMs: AloneMs,
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
      const costS = pass.costS + costOf(visit, startMs, aloneMs)
      const rest = left.filter((wish) => wish !== visit.wish)
      const soonestMs = (wish: W) => Math.max(visit.meeting.atMs, aloneMs.get(wish) ?? 0)
      const atLeastS = rest.reduce((sumS, wish) => sumS + (soonestMs(wish) - startMs) / SECOND_MS, costS)
      if (atLeastS >= (best?.costS ?? underS)) continue
      extend({ visits: [...pass.visits, visit], costS }, after(from, visit), rest)
    }
  }
}

/** Each where it costs least, one after the other. */
function byInsertion<W extends Wish>(rides: Rides, wishes: readonly W[], aloneMs: AloneMs): Pass<W> {
  let best: Pass<W> = { visits: [], costS: 0 }
  for (const wish of wishes) {
    const order = best.visits.map((visit) => visit.wish)
    const passes = Array.from({ length: order.length + 1 }, (_, index) =>
      inOrder(rides, order.toSpliced(index, 0, wish), aloneMs),
    )
    best = passes.reduce((least, pass) => (pass.costS < least.costS ? pass : least))
  }
  return best
}

function inOrder<W extends Wish>(rides: Rides, wishes: readonly W[], aloneMs: AloneMs): Pass<W> {
  const visits: Visit<W>[] = []
  let [from, costS] = [rides, 0]
  for (const wish of wishes) {
    const visit = visitOf(from, wish)
    if (!visit) continue
    visits.push(visit)
    costS += costOf(visit, rides.rider.atMs, aloneMs)
    from = after(from, visit)
  }
  return { visits, costS }
}

function visitOf<W extends Wish>(rides: Rides, wish: W): Visit<W> | undefined {
  const meeting = meetingOf(rides, wish.runner, wish.heldAtM)
  return meeting && { wish, meeting, lateS: Math.max(0, (meeting.atMs - (wish.dueMs ?? meeting.atMs)) / SECOND_MS) }
}

function costOf({ wish, meeting }: Visit<Wish>, startMs: number, aloneMs: AloneMs): number {
  const dueMs = Math.max(wish.dueMs ?? Number.POSITIVE_INFINITY, aloneMs.get(wish) ?? 0)
  const lateS = Math.max(0, meeting.atMs - dueMs) / SECOND_MS
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
