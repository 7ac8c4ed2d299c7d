import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Camera,
  cameraAfter,
  cameraAround,
  cameraOn,
  cornersOf,
  isOtherCamera,
  metresPerPxAt,
  panned,
  projectionOf,
  zoomed,
  zoomOf,
} from '../../client/state/plan-camera.ts'
import { distanceM, movedPlace } from '../../shared/geo/distance.ts'

const sheet = { widthPx: 400, heightPx: 300, marginPx: 30 }
const astana = { latitudeDeg: 51.128, longitudeDeg: 71.43 }
const looking = (more: Partial<Camera> = {}): Camera => ({ centre: astana, metresPerPx: 2, bearingDeg: 0, ...more })

describe('how the sheet is looked at', () => {
  test('[MA1] a pixel and its place tell each other, turned too, and across the date line', () => {
    const camera = fc.record({
      centre: fc.record({
        latitudeDeg: fc.double({ min: -80, max: 80, noNaN: true }),
        longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
      }),
      metresPerPx: fc.double({ min: 0.5, max: 100, noNaN: true }),
      bearingDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    })
    const point = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 300 }) })
    fc.assert(
      fc.property(camera, point, (from, at) => {
        const { toPlace, toSheet } = projectionOf(from, sheet)
        const back = toSheet(toPlace(at))
        expect(Math.hypot(back.x - at.x, back.y - at.y)).toBeLessThan(0.01)
      }),
    )
  })

  test('[MA1] a hundred metres are as many pixels as it says, and its bearing is up', () => {
    const east = movedPlace(astana, 100, 0)
    expect(projectionOf(looking(), sheet).toSheet(east).x).toBeCloseTo(250, 0)
    const { x, y } = projectionOf(looking({ bearingDeg: 90 }), sheet).toSheet(east)
    expect([x, y]).toEqual([expect.closeTo(200, 0), expect.closeTo(100, 0)])
  })

  test('[MA1] it is the zoom of a map with tiles of 512 pixels', () => {
    expect(metresPerPxAt(0, 0)).toBeCloseTo(78_271.517, 2)
    expect(metresPerPxAt(51.128, zoomOf(looking()))).toBeCloseTo(2, 6)
  })

  test('[MA1] the ground goes with the finger, and stays under it while it is zoomed', () => {
    const camera = looking({ bearingDeg: 30 })
    const place = projectionOf(camera, sheet).toPlace({ x: 120, y: 80 })
    const after = projectionOf(panned(camera, { x: 40, y: -10 }), sheet).toSheet(place)
    expect([after.x, after.y]).toEqual([expect.closeTo(160, 0), expect.closeTo(70, 0)])
    const nearer = zoomed(camera, 2, sheet, { x: 120, y: 80 })
    expect(nearer.metresPerPx).toBe(1)
    const under = projectionOf(nearer, sheet).toSheet(place)
    expect([under.x, under.y]).toEqual([expect.closeTo(120, 0), expect.closeTo(80, 0)])
  })

  test('[MA1] turned, everybody still fits inside the margin', () => {
    const places = [astana, movedPlace(astana, 900, 100), movedPlace(astana, -300, 700)]
    const camera = cameraOn(places, sheet, 50) as Camera
    for (const place of places) {
      const { x, y } = projectionOf(camera, sheet).toSheet(place)
      expect(x).toBeGreaterThan(29.9)
      expect(x).toBeLessThan(370.1)
      expect(y).toBeGreaterThan(29.9)
      expect(y).toBeLessThan(270.1)
    }
  })

  test('[MA1] what fits two corners fits all that they hold, across the date line too', () => {
    const fiji = { latitudeDeg: -17, longitudeDeg: 179.9 }
    const places = [fiji, movedPlace(fiji, 40_000, 5_000), movedPlace(fiji, 10_000, -9_000)]
    const [all, corners] = [cameraOn(places, sheet), cameraOn(cornersOf(places), sheet)]
    expect(corners?.metresPerPx).toBeCloseTo(all?.metresPerPx ?? 0, 6)
    expect(distanceM(corners?.centre ?? fiji, all?.centre ?? fiji)).toBeLessThan(1)
    expect(cornersOf([])).toEqual([])
  })

  test('[MA2] it stays while all are on it and it could not be much nearer', () => {
    const places = [astana, movedPlace(astana, 500, 300)]
    const fit = cameraOn(places, sheet) as Camera
    const moved = [astana, movedPlace(astana, 510, 300)]
    expect(cameraAfter(fit, cameraOn(moved, sheet) as Camera, moved, sheet)).toBe(fit)
    const gone = [astana, movedPlace(astana, 800, 300)]
    const wider = cameraOn(gone, sheet) as Camera
    expect(cameraAfter(fit, wider, gone, sheet)).toBe(wider)
    const close = [astana, movedPlace(astana, 200, 100)]
    const nearer = cameraOn(close, sheet) as Camera
    expect(cameraAfter(fit, nearer, close, sheet)).toBe(nearer)
    expect(cameraAfter(null, fit, places, sheet)).toBe(fit)
  })

  test('[MA4] around me lie at least so many metres, and whoever is to be seen', () => {
    const alone = cameraAround(astana, [], sheet, 70, 200)
    expect(alone).toEqual({ centre: astana, metresPerPx: 200 / 120, bearingDeg: 70 })
    const ahead = movedPlace(astana, 0, 1_200)
    const far = cameraAround(astana, [ahead], sheet, 0, 200)
    expect(projectionOf(far, sheet).toSheet(ahead).y).toBeCloseTo(30, 0)
    expect(distanceM(far.centre, astana)).toBe(0)
  })

  test('[MA2] nobody sees a difference of a pixel', () => {
    expect(isOtherCamera(looking(), panned(looking(), { x: 1, y: 1 }))).toBe(false)
    expect(isOtherCamera(looking(), panned(looking(), { x: 3, y: 0 }))).toBe(true)
    expect(isOtherCamera(looking({ bearingDeg: 359 }), looking({ bearingDeg: 0 }))).toBe(false)
    expect(isOtherCamera(looking({ bearingDeg: 350 }), looking({ bearingDeg: 0 }))).toBe(true)
  })
})
