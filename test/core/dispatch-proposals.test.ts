import { describe, expect, test } from 'vitest'
import { noProposals, type Proposals, proposalsAfter, proposalsFor, type Stop } from '../../client/state/proposals.ts'
import type { RunView } from '../../client/state/run-view.ts'
import { roadsOf } from '../../shared/dispatch/roads.ts'
import type { RunEvent } from '../../shared/run/events.ts'
import type { Piece } from '../../shared/run/stock.ts'
import { type MemberId, MINUTE_MS } from '../../shared/units.ts'
import { at, type Past } from '../support/given-run.ts'
import {
  aidar,
  carries,
  claimed,
  dana,
  helps,
  joined,
  madina,
  person,
  raised,
  request,
  sets,
  timur,
  underWay,
} from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'
import { eastWays, nowAt, routeSet, seenAt } from '../support/watched.ts'

const [arman, zhanna, bolat] = [person('arman'), person('zhanna'), person('bolat')]
/** Three cyclists: Dana, Timur and Arman. Four runners: Aidar, Madina, Zhanna and Bolat. */
const crew: readonly RunEvent[] = [
  ...underWay,
  routeSet,
  joined(arman, 'cyclist', 7),
  joined(zhanna, 'runner', 8),
  joined(bolat, 'runner', 9),
  ...[dana, timur, arman, zhanna, bolat].map((memberId) => sets(memberId)),
]
const roads = roadsOf(eastWays.ways)
const NOW_MS = nowAt(600)

/** Everybody stands or runs so many metres along; runners at 3 m/s. */
const seen = (
  history: readonly Past[],
  alongM: readonly (readonly [MemberId, number])[],
  by: MemberId = dana,
  takenAtMs = NOW_MS,
): RunView => ({
  ...viewOf(history, { by }),
  places: new Map(alongM.map(([memberId, atM]) => [memberId, seenAt(atM, takenAtMs)])),
})

const proposedIn = (view: RunView, nowMs = NOW_MS) =>
  Object.fromEntries(
    [...proposalsFor(view, roads, nowMs)].map(([memberId, pass]) => [memberId, pass.map(({ requestId }) => requestId)]),
  )

const has = (memberId: MemberId, ...pieces: Piece[]) => carries(memberId, { pieces, emptiesCount: 0 })
const bottles = (count: number, forId: MemberId | null = null): Piece => ({ kind: 'water', count, forId })

const three = [raised(1, aidar), raised(2, madina), raised(3, zhanna)]
const apart = [
  [dana, 1_000],
  [timur, 2_900],
  [arman, 5_000],
] as const

describe('who is proposed what', () => {
  test('[DI6] with fewer than three cyclists or open requests each goes to whoever can be there first', () => {
    const to = (madinaM: number) => {
      const places = [...apart, [aidar, 1_050], [madina, madinaM]] as const
      return proposedIn(seen([...crew, raised(1, aidar), raised(2, madina)], places))
    }
    expect(to(1_100)).toEqual({ [dana]: [request(1), request(2)], [timur]: [], [arman]: [] })
    // Timur is farther away and rides towards her.
    expect(to(1_500)).toEqual({ [dana]: [request(1)], [timur]: [request(2)], [arman]: [] })
  })

  test('[DI6] from three cyclists and three open requests on they are matched together', () => {
    const places = [
      [dana, 3_000],
      [timur, 4_200],
      [arman, 5_400],
      [aidar, 2_400],
      [madina, 3_150],
      [zhanna, 5_450],
    ] as const
    const to = (...asked: RunEvent[]) => proposedIn(seen([...crew, ...asked], places))
    // Dana would be first with both, but not after one another: they are on either side of her.
    expect(to(...three.slice(0, 2))).toEqual({ [dana]: [2, 1].map(request), [timur]: [], [arman]: [] })
    expect(to(...three)).toEqual({ [dana]: [request(1)], [timur]: [request(2)], [arman]: [request(3)] })
  })

  test('[DI7] only whoever is available and seen is proposed anything, what they carry, and nothing of their own', () => {
    const places = [...apart, [aidar, 1_200]] as const
    const to = (...more: RunEvent[]) =>
      Object.entries(proposedIn(seen([...crew, raised(1, aidar), ...more], places))).flatMap(([memberId, pass]) =>
        pass.length > 0 ? [memberId] : [],
      )
    expect(to()).toEqual([dana])
    expect(to(helps(dana, 'refilling'))).toEqual([timur])
    expect(to(has(dana, bottles(0)))).toEqual([timur])
    expect(to(has(dana, bottles(1)))).toEqual([dana])
    expect(proposedIn(seen([...crew, raised(1, timur)], apart))[timur]).toEqual([])
    const old = proposedIn(seen([...crew, raised(1, aidar)], places), NOW_MS + 2 * MINUTE_MS + 1)
    expect(old).toEqual({})
  })

  test('[DI7] nobody is proposed more than they carry: the oldest is theirs, the next goes to who has some', () => {
    const places = [...apart, [aidar, 1_050], [madina, 1_100]] as const
    const asked = [at(nowAt(1), raised(1, aidar)), at(nowAt(2), raised(2, madina)), has(dana, bottles(1))]
    expect(proposedIn(seen([...crew, ...asked], places))).toMatchObject({
      [dana]: [request(1)],
      [timur]: [request(2)],
    })
    expect(proposedIn(seen([...crew, ...asked, claimed(2, dana)], places))).toMatchObject({
      [dana]: [request(2)],
      [timur]: [request(1)],
    })
  })

  test('[DI7] a piece with a name on it: its request is proposed to whoever carries it', () => {
    const places = [...apart, [aidar, 1_200], [madina, 1_300]] as const
    const named = [has(dana, bottles(5)), has(timur, bottles(1, aidar), bottles(2))]
    const passes = proposedIn(seen([...crew, ...named, raised(1, aidar), raised(2, madina)], places))
    expect(passes).toEqual({ [dana]: [request(2)], [timur]: [request(1)], [arman]: [] })
  })

  test('[DI8] what somebody has claimed stays in their pass, and no open one is lost by a proposal', () => {
    const places = [...apart, [aidar, 1_200], [madina, 1_500], [zhanna, 4_900], [bolat, 3_000]] as const
    const view = seen([...crew, ...three, raised(4, bolat), claimed(1, arman)], places)
    const passes = proposalsFor(view, roads, NOW_MS)
    expect(passes.get(arman)?.find(({ requestId }) => requestId === request(1))).toMatchObject({ isProposed: false })
    const stops: readonly Stop[] = [...passes.values()].flat()
    expect(stops.map(({ requestId }) => requestId).sort()).toEqual([1, 2, 3, 4].map(request))
    expect(view.run.requests.get(request(2))?.status).toBe('open')
  })

  test('[DI18] who is due by plan is proposed as well, with one drink, not sooner, and not who has asked', () => {
    const plan: RunEvent = {
      type: 'drink-plan-set',
      memberId: madina,
      plan: { everyMs: 12 * MINUTE_MS, everyM: null, drinkMl: 200, carbGPerH: null },
    }
    const places = [...apart, [madina, 1_100]] as const
    const pass = (...more: RunEvent[]) => proposalsFor(seen([...crew, plan, ...more], places), roads, NOW_MS).get(dana)
    expect(pass()).toMatchObject([{ requestId: null, runnerId: madina, isProposed: true }])
    expect(pass()?.[0]?.atMs).toBeGreaterThanOrEqual(nowAt(720))
    expect(pass(raised(1, madina))).toMatchObject([{ requestId: request(1) }])
    expect(pass(has(dana, bottles(0)))).toEqual([])
  })

  test('[DI6] of more than twelve cyclists those count who have claimed something, or are nearest to who waits', () => {
    const more = Array.from({ length: 14 }, (_, i) => ({ memberId: person(`cyclist ${i}`), memberNo: 20 + i }))
    const last = more.at(-1)?.memberId as MemberId
    const joins = more.flatMap(({ memberId, memberNo }) => [joined(memberId, 'cyclist', memberNo), sets(memberId)])
    // Thirteen stand together; Dana is far from everybody, and the last to join stands beside Madina.
    const places = [
      ...more.map(({ memberId }, i) => [memberId, 100 + i] as const),
      ...[[last, 5_000] as const, [dana, 0] as const, [aidar, 110] as const],
      ...[[zhanna, 1_000] as const, [madina, 5_010] as const],
    ]
    const asked = [raised(1, aidar), raised(2, zhanna), claimed(2, dana), raised(3, madina)]
    const passes = proposedIn(seen([...crew, ...joins, ...asked], places))
    expect(Object.keys(passes)).toHaveLength(12)
    expect(passes).toMatchObject({ [dana]: [request(2)], [last]: [request(3)] })
    const empty = proposedIn(seen([...crew, ...joins, ...asked, has(last, bottles(0))], places))
    expect(empty).not.toHaveProperty(last)
    expect(Object.values(empty).flat()).toContain(request(3))
    const named = proposedIn(seen([...crew, ...joins, ...asked, has(last, bottles(1, aidar))], places))
    expect(named).toMatchObject({ [last]: [request(1)] })
  })

  test('[DI9] phones that see the same people propose the same, in whatever order they heard of them', () => {
    const places = [...apart, [aidar, 1_200], [madina, 1_500], [zhanna, 4_900], [bolat, 3_000]] as const
    const history = [...crew, ...three, raised(4, bolat)]
    const told = proposedIn(seen(history, places, dana))
    expect(proposedIn(seen(history, [...places].reverse(), timur))).toEqual(told)
  })

  test('[DI9] without a route each goes as the crow flies', () => {
    const places = [...apart, [aidar, 1_200], [madina, 5_200], [zhanna, 2_800]] as const
    const view = seen([...crew, ...three], places)
    const passes = proposalsFor(view, null, NOW_MS)
    expect([dana, timur, arman].map((id) => passes.get(id)?.map(({ requestId }) => requestId))).toEqual([
      [request(1)],
      [request(3)],
      [request(2)],
    ])
    expect(passes.get(dana)?.[0]?.atM).toBeNull()
    expect(passes.get(dana)?.[0]?.rideM).toBeCloseTo(260, -1)
  })
})

describe('a proposal that is shown', () => {
  const history = [...crew, raised(1, aidar)]
  const near = [...apart, [aidar, 1_200]] as const
  /** Now Timur would be there first. */
  const moved = [...apart, [aidar, 2_950]] as const
  const shownAfter = (before: Proposals, view: RunView, s: number) => proposalsAfter(before, view, eastWays, nowAt(s))
  const ids = ({ pass }: Proposals) => pass.map(({ requestId }) => requestId)
  const first = shownAfter(noProposals, seen(history, near), 600)

  test('[DI10] changes when two looks in a row, 5 s apart, say so', () => {
    expect(ids(first)).toEqual([request(1)])
    const once = shownAfter(first, seen(history, moved, dana, nowAt(605)), 605)
    expect(ids(once)).toEqual([request(1)])
    expect(shownAfter(once, seen(history, moved, dana, nowAt(609)), 609)).toBe(once)
    expect(ids(shownAfter(once, seen(history, moved, dana, nowAt(610)), 610))).toEqual([])
    const back = shownAfter(once, seen(history, near, dana, nowAt(610)), 610)
    expect(ids(shownAfter(back, seen(history, moved, dana, nowAt(615)), 615))).toEqual([request(1)])
  })

  test('[DI10] changes at once with requests, claims, stocks and helpers', () => {
    const now = (...more: RunEvent[]) => ids(shownAfter(first, seen([...history, ...more], near), 601))
    expect(now(raised(2, madina))).toEqual([request(1)])
    expect(now(claimed(1, timur))).toEqual([])
    expect(now(has(dana, bottles(0)))).toEqual([])
    expect(now(helps(dana, 'puncture'))).toEqual([])
  })

  test('[DI7] nothing is shown to whoever is no available cyclist, nor after the end', () => {
    expect(shownAfter(noProposals, seen(history, near, aidar), 600)).toBe(noProposals)
    const over: RunEvent = { type: 'run-ended', reason: 'by-leader', missing: [], missingGuestCount: 0 }
    expect(shownAfter(first, seen([...history, over], near), 605)).toBe(noProposals)
  })
})
