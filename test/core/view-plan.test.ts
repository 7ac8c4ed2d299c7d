import { describe, expect, test } from 'vitest'
import { clustersOf, type Dot, scaleBar } from '../../client/state/plan.ts'
import { cameraOn, projectionOf } from '../../client/state/plan-camera.ts'
import { placesOnPlan } from '../../client/state/plan-dots.ts'
import { MINUTE_MS } from '../../shared/units.ts'
import { aidar, dana, lena, madina, raised, START_MS, sets, stopped, timur, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

const sheet = { widthPx: 400, heightPx: 300, marginPx: 30 }

describe('the plan', () => {
  test('[VW24] fits everybody inside its margin, north up and east right', () => {
    const [southWest, northEast] = [placed(0, 0), placed(0.1, 0.02)]
    const camera = cameraOn([southWest, northEast], sheet)
    const drawn = camera && projectionOf(camera, sheet)
    expect(drawn?.toSheet(northEast)).toEqual({ x: expect.closeTo(215, 0), y: expect.closeTo(30, 6) })
    expect(drawn?.toSheet(southWest)).toEqual({ x: expect.closeTo(185, 0), y: expect.closeTo(270, 6) })
  })

  test('[VW24] does not blow up one person’s noise: its short side is at least 80 m', () => {
    expect(cameraOn([placed(0, 0), placed(0.00001, 0)], sheet)?.metresPerPx).toBeCloseTo(80 / 240)
    expect(cameraOn([], sheet)).toBeNull()
  })

  test('[VW25] counts dots that would hide each other, but never mixes live with stale, nor hides me or a call', () => {
    const dot = (memberId: Dot['memberId'], x: number, more: Partial<Dot> = {}): Dot => ({
      memberId,
      x,
      y: 0,
      isAlone: false,
      isStale: false,
      ...more,
    })
    const dots = [
      dot(aidar, 0),
      dot(madina, 5),
      dot(dana, 6, { isStale: true }),
      dot(lena, 4, { isAlone: true }),
      dot(timur, 90),
    ]
    const clusters = clustersOf(dots).map(({ x, dots }) => [x, dots.map(({ memberId }) => memberId)])
    expect(clusters).toEqual([
      [0, [aidar, madina]],
      [6, [dana]],
      [4, [lena]],
      [90, [timur]],
    ])
  })

  test('[VW26] draws old places first and mine last; who calls for help stands alone, who is in has no dot', () => {
    const places = [aidar, madina, dana, lena].map((id) => [id, placed(0, 0, START_MS + 2 * MINUTE_MS)] as const)
    const view = viewOf([...underWay, sets(dana), sets(timur), stopped(timur), raised(1, madina, { kind: 'help' })], {
      by: dana,
      places: [...places, [timur, placed(0, 0)], [aidar, placed(0, 0, START_MS)]],
    })
    expect(
      placesOnPlan(view, START_MS + 2 * MINUTE_MS).map(({ memberId, isAlone, isStale }) => [
        memberId,
        isAlone,
        isStale,
      ]),
    ).toEqual([
      [aidar, false, true],
      [lena, false, false],
      [madina, true, false],
      [dana, true, false],
    ])
  })

  test.each([
    [1, 90, 50],
    [1, 110, 100],
    [7.3, 90, 500],
    [0.02, 90, 1],
  ])('[VW27] its scale at %s m a pixel, at most %s px long, is a round %s m', (metresPerPx, longestPx, metres) => {
    expect(scaleBar(metresPerPx, longestPx)).toEqual({ metres, px: metres / metresPerPx })
  })
})
