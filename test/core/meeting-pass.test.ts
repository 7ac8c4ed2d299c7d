import { describe, expect, test } from 'vitest'
import { type Meeting, meetingOf } from '../../shared/geo/meeting/meeting.ts'
import { passOf, type Wish } from '../../shared/geo/meeting/pass.ts'
import { ridesFrom } from '../../shared/geo/meeting/rides.ts'
import { standsFor } from '../../shared/geo/meeting/stands.ts'
import { waysOf } from '../../shared/geo/meeting/ways.ts'
import { NOW_MS, outAndBack, riderIn, runnerAt, spot, straight } from '../support/meeting-ground.ts'

const ways = waysOf(straight, [{ name: 'Bench', ...spot(4_500) }])
const at5km = ridesFrom(ways, riderIn(spot(5_000)))

/** A wish by where its runner is, so that an order reads as a list of places. */
const wish = (atM: number, dueInS: number | null = null, forecastMps = 2.5): Wish => ({
  runner: runnerAt(atM, { forecastMps }),
  dueMs: dueInS === null ? null : NOW_MS + dueInS * 1_000,
})
const orderOf = (...wishes: Wish[]) => passOf(at5km, wishes).map((visit) => visit.wish.runner.atM)

describe('one pass for several runners', () => {
  test('[MT12] whoever is passed on the way is served in passing', () => {
    expect(orderOf(wish(2_000), wish(4_500))).toEqual([4_500, 2_000])
    expect(orderOf(wish(3_000), wish(2_000), wish(4_500))).toEqual([4_500, 3_000, 2_000])
  })

  test('[MT12] a due goes before what would be less waiting', () => {
    expect(orderOf(wish(4_300), wish(5_400))).toEqual([5_400, 4_300])
    expect(orderOf(wish(4_300, 120), wish(5_400))).toEqual([4_300, 5_400])
  })

  test('[MT12] the order told before stays unless another is clearly better', () => {
    expect(orderOf(wish(4_150), wish(4_153))).toEqual([4_150, 4_153])
    expect(orderOf(wish(4_153), wish(4_150))).toEqual([4_153, 4_150])
  })

  test('[MT12] each meeting begins where and when the one before ended, and lateness is told', () => {
    const [first, second] = passOf(at5km, [wish(5_500, 60), wish(4_000)])
    expect(first?.lateS).toBeCloseTo(((first?.meeting.atMs ?? 0) - NOW_MS) / 1_000 - 60)
    const standsAt = first?.meeting as Meeting
    const from = riderIn(standsAt.place, { atMs: standsAt.atMs + 8_000 })
    expect(second?.meeting.atMs).toBe(meetingOf(ridesFrom(ways, from), runnerAt(4_000))?.atMs)
    expect(second?.lateS).toBe(0)
  })

  test('[MT13] no order is better than the one found, up to six runners', () => {
    const wishes = [wish(4_300), wish(5_600, 500), wish(3_500, null, 3.2), wish(5_200, 120)]
    const waitS = (order: readonly Wish[]) =>
      passOf(at5km, order).reduce(
        (sum, { meeting, lateS }) => sum + (meeting.atMs - NOW_MS) / 1_000 + lateS ** 2 / 12,
        0,
      )
    const all = permutations(wishes).map(waitS)
    // Whatever order is given, what comes out is within the margin for which an order is kept.
    expect(Math.max(...all) - Math.min(...all)).toBeLessThan(15 + 1)
  })

  test('[MT13] of many runners everybody is served once, the sum of waits no worse than as given', () => {
    const many = Array.from({ length: 12 }, (_, index) => wish(500 + 700 * ((index * 5) % 12)))
    const visits = passOf(at5km, many)
    expect(new Set(visits.map((visit) => visit.wish))).toEqual(new Set(many))
    const waits = visits.map(({ meeting }) => meeting.atMs)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  })

  test('[MT13] a fixed table serves runners as they come, and leaves out who does not', () => {
    const table = ridesFrom(ways, riderIn(spot(5_000), { rideMps: 0 }))
    const visits = passOf(table, [wish(3_000), wish(4_500), wish(6_000)])
    expect(visits.map((visit) => visit.wish.runner.atM)).toEqual([4_500, 3_000])
  })
})

describe('places to stand', () => {
  const there = waysOf(outAndBack, [{ name: 'Kiosk', ...spot(1_950) }])
  const rides = ridesFrom(there, riderIn(spot(2_100)))

  test('[MT14] one place serves most within the time, and the nearest such in time', () => {
    const runners = new Map([
      ['a', runnerAt(1_500)],
      ['b', runnerAt(1_800)],
      ['c', runnerAt(4_000)],
    ])
    const [stand, ...more] = standsFor(rides, runners, 1, 400)
    expect(more).toEqual([])
    expect(stand).toMatchObject({ namedPoint: 'Kiosk', serves: [{ runner: 'b' }, { runner: 'a' }] })
    expect(stand?.serves[0]?.atMs).toBeCloseTo(NOW_MS + 60_750, -4)
  })

  test('[MT14] out and back, one place serves both ways', () => {
    const runners = new Map([
      ['out', runnerAt(2_000)],
      ['back', runnerAt(7_000)],
    ])
    expect(standsFor(rides, runners, 1, 400)[0]?.serves).toHaveLength(2)
  })

  test('[MT14] another place serves whom the first did not, and none is named that serves nobody', () => {
    const runners = new Map([
      ['a', runnerAt(1_500)],
      ['c', runnerAt(2_600)],
    ])
    const stands = standsFor(rides, runners, 5, 300)
    expect(stands.map(({ serves }) => serves.map(({ runner }) => runner)).toSorted()).toEqual([['a'], ['c']])
    expect(standsFor(rides, new Map([['gone', runnerAt(9_990)]]), 5, 300)).toEqual([])
  })
})

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]))
}
