import { describe, expect, test } from 'vitest'
import { distanceM } from '../../shared/geo/distance.ts'
import { ridesFrom, secondsToNode } from '../../shared/geo/meeting/rides.ts'
import { type Ways, waysOf } from '../../shared/geo/meeting/ways.ts'
import {
  laps,
  lineThrough,
  met,
  outAndBack,
  riderIn,
  river,
  runnerAt,
  spot,
  straight,
} from '../support/meeting-ground.ts'

const onStraight = waysOf(straight, [])
const onOutAndBack = waysOf(outAndBack, [])
const onLaps = waysOf(laps, [])
const onRiver = waysOf(river, [{ name: 'East bridge', ...spot(3_000, 40) }])

/** Metres over the paths between two places. */
function wayM(ways: Ways, from: ReturnType<typeof spot>, atM: number): number {
  const rides = ridesFrom(ways, riderIn(from, { rideMps: 1, headingDeg: null }))
  const node = ways.nodeOfStep[Math.round(atM / ways.stepM)] as number
  return secondsToNode(rides, node, Number.POSITIVE_INFINITY)
}

describe('the paths of a route', () => {
  test('[MT1] passes within 20 m of each other are one path, both ways', () => {
    expect(wayM(onOutAndBack, spot(1_000), 9_000)).toBeLessThan(30)
    expect(wayM(onLaps, spot(500, 250), 4_750)).toBeLessThan(30)
    expect(onOutAndBack.nodeCount).toBeLessThan(0.55 * onOutAndBack.nodeOfStep.length)
  })

  test('[MT1] two banks touch only at the bridge', () => {
    expect(distanceM(spot(1_500, 0), spot(1_500, 80))).toBeLessThan(81)
    expect(wayM(onRiver, spot(1_500), 4_580)).toBeCloseTo(3_080, -2)
  })

  test('[MT1] where a line crosses itself, a rider may turn off', () => {
    const ways = waysOf(lineThrough([0, 0], [1_000, 0], [1_000, 500], [500, 500], [500, -500]), [])
    expect(wayM(ways, spot(400), 2_600)).toBeCloseTo(200, -2)
  })

  test('[MT1] a path as wide as a road is one path, and two roads are two', () => {
    const wide = (apartM: number) => waysOf(lineThrough([0, 0], [2_000, 0], [2_000, apartM], [0, apartM]), [])
    expect(wayM(wide(15), spot(500), 3_515)).toBeLessThan(30)
    expect(wayM(wide(40), spot(500), 3_540)).toBeGreaterThan(2_900)
  })

  test('[MT1] passes that are measured a little differently do not add up to a short cut', () => {
    const zigzag = Array.from({ length: 101 }, (_, index) => [50 * index, 15 * (index % 2)] as const)
    const { nodeCount, linkStart, linkTo, linkM, eastM, northM } = waysOf(lineThrough(...zigzag, [0, 0]), [])
    const across = (values: Float64Array, a: number, b: number) => (values[a] ?? 0) - (values[b] ?? 0)
    for (let node = 0; node < nodeCount; node++)
      for (let link = linkStart[node] ?? 0; link < (linkStart[node + 1] ?? 0); link++) {
        const to = linkTo[link] ?? 0
        const groundM = Math.hypot(across(eastM, node, to), across(northM, node, to))
        expect(linkM[link]).toBeGreaterThanOrEqual(groundM)
      }
  })

  test('[MT2] any length of route makes at most 2,001 nodes', () => {
    expect(waysOf(lineThrough([0, 0], [120_000, 0]), []).nodeCount).toBeLessThanOrEqual(2_001)
    expect(waysOf(lineThrough([0, 0]), []).nodeCount).toBe(2)
  })
})

describe('meeting one runner', () => {
  test('[MT3] from behind the rider catches up where both arrive at once', () => {
    const meeting = met(onStraight, riderIn(spot(1_000)), runnerAt(2_000))
    // 1 km at 5 - 2.5 m/s, and a little to set off.
    expect(meeting).toMatchObject({ kind: 'ride-on', waitS: 0, namedPoint: null, viaNamedPoint: null })
    expect(meeting?.inS).toBeGreaterThan(400)
    expect(meeting?.inS).toBeLessThan(420)
    expect(meeting?.atM).toBeCloseTo(3_010, -2)
    expect(meeting?.rideM).toBeCloseTo(2_010, -2)
  })

  test('[MT3] towards each other they meet in between', () => {
    const meeting = met(onStraight, riderIn(spot(3_500)), runnerAt(2_000))
    expect(meeting?.inS).toBeCloseTo(200, -1)
    expect(meeting?.atM).toBeCloseTo(2_500, -2)
  })

  test('[MT3] who stands is likely to stand a little longer', () => {
    const [running, standing] = [false, true].map((isStopped) =>
      met(onStraight, riderIn(spot(2_500)), runnerAt(2_000, { isStopped })),
    )
    expect(standing?.atM).toBeLessThan((running?.atM ?? 0) - 20)
  })

  test('[MT4] who is nearly here is waited for', () => {
    expect(met(onStraight, riderIn(spot(2_100)), runnerAt(2_000))).toMatchObject({
      kind: 'wait',
      atM: expect.closeTo(2_075),
    })
    expect(met(onStraight, riderIn(spot(2_400)), runnerAt(2_000))?.kind).toBe('ride-on')
  })

  test('[MT5] a runner over on the other bank is met round by the bridge', () => {
    const meeting = met(onRiver, riderIn(spot(1_500)), runnerAt(4_580 - 300))
    expect(meeting).toMatchObject({ kind: 'cross', viaNamedPoint: 'East bridge' })
    expect(meeting?.rideM).toBeGreaterThan(2_000)
  })

  test('[MT5] the nearer way round a lap is taken, also backwards', () => {
    const meeting = met(onLaps, riderIn(spot(100)), runnerAt(1_500))
    // The runner comes from the north-west corner: 600 m up to there, not 1,400 m after them.
    expect(meeting?.inS).toBeLessThan(100)
    expect(meeting?.atM).toBeCloseTo(1_710, -2)
  })

  test('[MT6] when the runner is in first, they meet at the end', () => {
    const meeting = met(onStraight, riderIn(spot(1_000)), runnerAt(9_500))
    expect(meeting).toMatchObject({ atM: straight.lengthM, waitS: 0 })
    expect(meeting?.inS).toBeCloseTo(1_800, -1)
  })

  test('[MT7] off the paths a rider first comes to the nearest one, at 1.3 times the air line', () => {
    const [near, far] = [0, 1_000].map((northM) => met(onStraight, riderIn(spot(6_000, northM)), runnerAt(2_000)))
    expect((far?.inS ?? 0) - (near?.inS ?? 0)).toBeCloseTo(1_300 / 7.5, -1)
  })

  test('[MT8] turning round is said, and takes seconds', () => {
    const [onward, back] = [270, 90].map((headingDeg) =>
      met(onStraight, riderIn(spot(4_000), { headingDeg }), runnerAt(2_000)),
    )
    expect([onward?.kind, back?.kind]).toEqual(['ride-on', 'turn-round'])
    expect((back?.inS ?? 0) - (onward?.inS ?? 0)).toBeGreaterThan(3)
  })

  test('[MT9] a fixed table waits for the next pass, and for nobody who does not come any more', () => {
    const table = riderIn(spot(1_000), { rideMps: 0 })
    expect(met(onOutAndBack, table, runnerAt(500))).toMatchObject({ kind: 'wait', atM: expect.closeTo(1_000, -1) })
    expect(met(onOutAndBack, table, runnerAt(1_500))?.atM).toBeCloseTo(9_000, -2)
    expect(met(onOutAndBack, table, runnerAt(9_500))).toBeUndefined()
    expect(met(onStraight, riderIn(spot(1_000, 200), { rideMps: 0 }), runnerAt(500))).toBeUndefined()
  })

  test('[MT10] a place with a name is preferred when it costs little', () => {
    const ways = waysOf(straight, [{ name: 'Bench', ...spot(2_560, 10) }])
    expect(met(ways, riderIn(spot(3_500)), runnerAt(2_000))).toMatchObject({
      atM: expect.closeTo(2_550),
      namedPoint: 'Bench',
    })
    expect(met(ways, riderIn(spot(4_500)), runnerAt(2_000))?.namedPoint).toBeNull()
    // From behind the runner would be overtaken before.
    expect(met(ways, riderIn(spot(1_510)), runnerAt(2_000))?.atM).toBeLessThan(2_530)
    expect(met(ways, riderIn(spot(1_510)), runnerAt(2_000), 2_550)?.atM).toBeLessThan(2_530)
  })

  test('[MT10] where they were told to meet stays, while it is not much later', () => {
    const towards = met(onStraight, riderIn(spot(3_500)), runnerAt(2_000), 2_550)
    expect(towards?.atM).toBeCloseTo(2_550)
    expect(met(onStraight, riderIn(spot(3_500)), runnerAt(2_000), 3_000)?.atM).toBeLessThan(2_550)
  })

  test('[MT11] the range grows with what is not known', () => {
    const wide = (more: Parameters<typeof runnerAt>[1]) => {
      const meeting = met(onStraight, riderIn(spot(1_000)), runnerAt(2_000, more))
      return (meeting?.toS ?? 0) - (meeting?.fromS ?? 0)
    }
    const usual = wide({})
    expect(wide({ spreadM: 100 })).toBeGreaterThan(1.2 * usual)
    expect(wide({ forecastSpreadMps: 0.4 })).toBeGreaterThan(1.2 * usual)
  })

  test('[MT11] the range holds the meeting of a likely rival place too', () => {
    const rival = { atM: 6_000, share: 0.3 }
    const meeting = met(onStraight, riderIn(spot(1_000)), runnerAt(2_000, { rival }))
    expect(meeting?.inS).toBeCloseTo(405, -1)
    expect(meeting?.toS).toBeGreaterThan(1_800)
    const unlikely = met(onStraight, riderIn(spot(1_000)), runnerAt(2_000, { rival: { ...rival, share: 0.1 } }))
    expect(unlikely?.toS).toBeLessThan(600)
  })
})
