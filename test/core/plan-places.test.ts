import { describe, expect, test } from 'vitest'
import { tappedPlace } from '../../client/state/plan-place.ts'
import { endsOf, kmMarks, meetingSigns } from '../../client/state/plan-signs.ts'
import {
  canClose,
  closedLoop,
  DRAWN_MAX,
  drawnLengthM,
  geojsonOf,
  isFull,
  nothingDrawn,
  thereAndBack,
  undone,
  withPoint,
} from '../../client/state/route-drawing.ts'
import { readRouteFile } from '../../server/ingest/route-file.ts'
import { routeLine } from '../../shared/geo/route.ts'
import type { SharedRoute } from '../../shared/protocol/http.ts'
import { steady } from '../support/on-route.ts'
import { aidar, claimed, dana, lena, madina, raised, sets, underWay } from '../support/people.ts'
import { viewOf } from '../support/view-of.ts'
import { routeSet, spotAtM, watched } from '../support/watched.ts'

const route: SharedRoute = {
  points: [spotAtM(0), spotAtM(3_000), spotAtM(0)],
  namedPoints: [{ name: 'Bridge', ...spotAtM(2_900), atM: [2_900, 3_100] }],
  lengthM: 6_000,
}
const line = routeLine(route.points)
const motions = new Map([
  [aidar, steady(3)],
  [madina, steady(3, 100)],
])
const scene = watched(viewOf([...underWay, routeSet]), motions, 600)

describe('a place that is tapped', () => {
  const tapped = (eastM: number, northM = 0) => tappedPlace({ ...scene, route, line }, spotAtM(eastM, northM), 30)

  test('[MA8] it tells its kilometres, what is near, and who comes by when, the soonest first', () => {
    const said = tapped(2_700)
    expect(said.passesM).toEqual([2_700, 3_300])
    expect(said.besideM).toBeNull()
    expect(said.near).toEqual({ name: 'Bridge', distanceM: expect.closeTo(200, 0) })
    expect(said.isByCourse).toBe(false)
    expect(said.comers.map(({ memberId, passM }) => [memberId, passM])).toEqual([
      [aidar, 2_700],
      [madina, 2_700],
    ])
    expect(((said.comers[0]?.at?.atMs ?? 0) - scene.nowMs) / 1_000).toBeCloseTo(300, -1)
  })

  test('[MA8] of who has passed it once the next pass counts', () => {
    expect(tapped(1_700).comers.map(({ memberId, passM }) => [memberId, passM])).toEqual([
      [madina, 1_700],
      [aidar, 4_300],
    ])
  })

  test('[MA8] beside the route it says how far, and tells by where people head', () => {
    const said = tapped(2_400, 300)
    expect(said.passesM).toEqual([])
    expect(said.besideM).toBeCloseTo(300, 0)
    expect(said.isByCourse).toBe(true)
    expect(said.comers.map(({ memberId, passM }) => [memberId, passM])).toEqual([
      [aidar, null],
      [madina, null],
    ])
  })

  test('[MA8] before the run nobody comes', () => {
    const planned = {
      ...scene.view,
      run: { ...scene.view.run, head: { ...scene.view.run.head, phase: 'planned' as const } },
    }
    expect(tappedPlace({ ...scene, view: planned, route, line }, spotAtM(2_700), 30).comers).toEqual([])
  })
})

describe('what is drawn besides people', () => {
  test('[MA9] as many kilometres as can be read, each with the way the route goes there', () => {
    expect(kmMarks(line, 5).map(({ km, courseDeg }) => [km, Math.round(courseDeg)])).toEqual([
      [1, 90],
      [2, 90],
      [3, 0],
      [4, 270],
      [5, 270],
    ])
    expect(kmMarks(line, 40).map(({ km }) => km)).toEqual([5])
    expect(kmMarks(line, 5_000)).toEqual([])
  })

  test('[MA9] a start and an end; one sign where they are the same place', () => {
    expect(endsOf(line).map(({ is }) => is)).toEqual(['both'])
    expect(endsOf(routeLine([spotAtM(0), spotAtM(900)])).map(({ is }) => is)).toEqual(['start', 'end'])
    expect(endsOf(routeLine([spotAtM(0)]))).toEqual([])
  })

  test('[MA9] where a cyclist meets whom they have promised something, and nobody else’s meeting', () => {
    const riding = new Map([...motions, [dana, steady(5)]])
    const history = [...underWay, routeSet, sets(dana), raised(1, aidar), claimed(1, dana)]
    const seenBy = (by: typeof dana) => {
      const { view, outlook } = watched(viewOf(history, { by }), riding, 600)
      return meetingSigns(view, outlook)
    }
    expect(seenBy(dana)).toMatchObject([{ is: 'meeting', name: 'Aidar' }])
    expect(seenBy(aidar)).toMatchObject([{ is: 'meeting', name: 'Dana' }])
    expect(seenBy(lena)).toEqual([])
  })
})

describe('a route that is drawn', () => {
  const drawn = [0, 400, 800].reduce((so, m) => withPoint(so, spotAtM(m, m === 400 ? 300 : 0)), nothingDrawn)

  test('[MA10] each step can be undone, and there is no more to undo', () => {
    expect(drawn.points).toHaveLength(3)
    const loop = closedLoop(drawn)
    expect(loop.points).toHaveLength(4)
    expect(undone(loop)).toEqual(drawn)
    expect(undone(undone(undone(undone(loop))))).toEqual(nothingDrawn)
    expect(undone(nothingDrawn)).toEqual(nothingDrawn)
  })

  test('[MA10] a loop is closed once, and the way back stands at the turn but once', () => {
    expect(canClose(withPoint(nothingDrawn, spotAtM(0)))).toBe(false)
    expect(canClose(closedLoop(drawn))).toBe(false)
    expect(closedLoop(closedLoop(drawn))).toEqual(closedLoop(drawn))
    expect(drawnLengthM(drawn)).toBeCloseTo(1_000, 0)
    const back = thereAndBack(drawn)
    expect(back.points).toHaveLength(5)
    expect(drawnLengthM(back)).toBeCloseTo(2_000, 0)
    expect(thereAndBack(nothingDrawn)).toBe(nothingDrawn)
  })

  test('[MA10] its file is read as the route that was drawn', () => {
    const read = readRouteFile(geojsonOf(thereAndBack(drawn)))
    expect(read).toMatchObject({ ok: true })
    expect(read.ok && routeLine(read.points).lengthM).toBeCloseTo(2_000, 0)
  })

  test('[MA10] it takes a thousand points and no more', () => {
    let full = nothingDrawn
    for (let m = 0; m < DRAWN_MAX + 5; m++) full = withPoint(full, spotAtM(m))
    expect(full.points).toHaveLength(DRAWN_MAX)
    expect(isFull(full)).toBe(true)
    expect(thereAndBack(full)).toEqual(full)
  })
})
