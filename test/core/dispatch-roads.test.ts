import { describe, expect, test } from 'vitest'
import { meetsAt, nodeNear, type Roads, roadsOf } from '../../shared/dispatch/roads.ts'
import { meetingOf } from '../../shared/geo/meeting/meeting.ts'
import { placeOfNode, ridesFrom, secondsToNode } from '../../shared/geo/meeting/rides.ts'
import { waysOf } from '../../shared/geo/meeting/ways.ts'
import type { RouteLine } from '../../shared/geo/route.ts'
import { SECOND_MS } from '../../shared/units.ts'
import { laps, NOW_MS, outAndBack, riderIn, river, runnerAt, spot, straight } from '../support/meeting-ground.ts'

const roadsAlong = (line: RouteLine): Roads => roadsOf(waysOf(line, []))
const grounds = { straight, 'out and back': outAndBack, laps, river } as const

describe('how far it is along the paths', () => {
  test.each(Object.entries(grounds))(
    '[DI16] %s: as far as a search from there says, to a step of the paths',
    (_name, line) => {
      const roads = roadsAlong(line)
      const { ways } = roads
      for (const from of [0, Math.floor(ways.nodeCount / 3), ways.nodeCount - 1]) {
        const rides = ridesFrom(ways, riderIn(placeOfNode(ways, from), { rideMps: 1 }))
        const startS = secondsToNode(rides, from, Number.POSITIVE_INFINITY)
        const row = roads.metresFrom(from)
        for (let node = 0; node < ways.nodeCount; node += 7)
          expect(
            Math.abs((row[node] ?? 0) + startS - secondsToNode(rides, node, Number.POSITIVE_INFINITY)),
          ).toBeLessThan(30)
      }
    },
  )

  test('[DI16] only so many rows are kept, and the same comes out again', () => {
    const few = roadsOf(waysOf(straight, []), 2)
    const first = few.metresFrom(0)
    expect(few.metresFrom(0)).toBe(first)
    few.metresFrom(1)
    few.metresFrom(2)
    expect(few.metresFrom(0)).not.toBe(first)
    expect(few.metresFrom(0)).toEqual(first)
  })

  test('[DI16] the node nearest to a place is found', () => {
    const { ways } = roadsAlong(straight)
    expect(placeOfNode(ways, nodeNear(ways, spot(1_010, 30))).longitudeDeg).toBeCloseTo(spot(1_000).longitudeDeg, 5)
  })
})

describe('where a rider meets a runner', () => {
  test.each(Object.entries(grounds))('[DI16] %s: within seconds of what the cyclist is told', (_name, line) => {
    const roads = roadsAlong(line)
    const { ways } = roads
    for (const share of [0.1, 0.35, 0.6, 0.9])
      for (const riderShare of [0.05, 0.5, 0.95]) {
        const runner = runnerAt(share * line.lengthM)
        const node = ways.nodeOfStep[Math.round(riderShare * (ways.nodeOfStep.length - 1))] as number
        const quick = meetsAt(roads, { node, atMs: NOW_MS }, 5, runner) ?? expect.fail()
        const told = meetingOf(ridesFrom(ways, riderIn(placeOfNode(ways, node))), runner) ?? expect.fail()
        // Setting off, half a step, and the patience of a meeting that is easier to keep.
        expect(Math.abs(quick.atMs - told.atMs) / SECOND_MS).toBeLessThan(45)
      }
  })

  test('[DI16] it is on the coming way, not before either can be there', () => {
    const roads = roadsAlong(straight)
    const ahead = meetsAt(roads, { node: roads.ways.nodeOfStep[200] as number, atMs: NOW_MS }, 5, runnerAt(2_000))
    expect(ahead?.atM).toBeGreaterThan(2_900)
    expect(ahead?.atM).toBeLessThan(3_100)
    const behind = meetsAt(roads, { node: roads.ways.nodeOfStep[0] as number, atMs: NOW_MS }, 5, runnerAt(2_000))
    expect(behind?.atM).toBeGreaterThan(3_900)
    const inFirst = meetsAt(roads, { node: roads.ways.nodeOfStep[0] as number, atMs: NOW_MS }, 5, runnerAt(9_900))
    expect(inFirst?.atM).toBe(straight.lengthM)
    expect(inFirst?.atMs).toBeCloseTo(NOW_MS + 2_000 * SECOND_MS, -4)
  })

  test('[DI16] whoever wants nothing before a moment is met no sooner', () => {
    const roads = roadsAlong(straight)
    const from = { node: roads.ways.nodeOfStep[80] as number, atMs: NOW_MS }
    const laterMs = NOW_MS + 600 * SECOND_MS
    const met = meetsAt(roads, from, 5, runnerAt(2_000), laterMs)
    expect(met?.atMs).toBeGreaterThanOrEqual(laterMs)
    expect(met?.atM).toBeGreaterThan(3_400)
    expect(met?.atM).toBeLessThan(3_600)
  })

  test('[DI16] a table waits for who still passes, and meets nobody who has', () => {
    const roads = roadsAlong(straight)
    const table = { node: roads.ways.nodeOfStep[80] as number, atMs: NOW_MS }
    expect(meetsAt(roads, table, 0, runnerAt(1_000))?.atM).toBeCloseTo(2_000, 3)
    expect(meetsAt(roads, table, 0, runnerAt(2_100))).toBeUndefined()
  })
})
