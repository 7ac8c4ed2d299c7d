import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Camera, type Point, panned, projectionOf } from '../../client/state/plan-camera.ts'
import { glideOf } from '../../client/state/plan-glide.ts'

const sheet = { widthPx: 390, heightPx: 500, marginPx: 30 }
const drawn: Camera = { centre: { latitudeDeg: 51.128, longitudeDeg: 71.43 }, metresPerPx: 4, bearingDeg: 359 }

/** What a browser makes of it. */
function moved(css: string, { x, y }: Point): Point {
  const figures = [...css.matchAll(/-?\d+(\.\d+)?/g)].map(([figure]) => Number(figure))
  const [toX = 0, toY = 0, turnDeg = 0, growth = 1, fromX = 0, fromY = 0] = figures
  const [sin, cos] = [Math.sin((turnDeg * Math.PI) / 180), Math.cos((turnDeg * Math.PI) / 180)]
  const [left, down] = [(x + fromX) * growth, (y + fromY) * growth]
  return { x: toX + left * cos - down * sin, y: toY + left * sin + down * cos }
}

test('[MA20] what is drawn moves with the map to within a pixel, whichever way the map eases', () => {
  const camera = fc.record({
    panX: fc.integer({ min: -12, max: 12 }),
    panY: fc.integer({ min: -12, max: 12 }),
    turnDeg: fc.double({ min: -3.9, max: 3.9, noNaN: true }),
    growth: fc.double({ min: 0.93, max: 1.07, noNaN: true }),
  })
  const point = fc.record({ x: fc.integer({ min: 0, max: 390 }), y: fc.integer({ min: 0, max: 500 }) })
  fc.assert(
    fc.property(camera, point, ({ panX, panY, turnDeg, growth }, at) => {
      const seen: Camera = {
        ...panned(drawn, { x: panX, y: panY }),
        bearingDeg: (drawn.bearingDeg + turnDeg + 360) % 360,
        metresPerPx: drawn.metresPerPx * growth,
      }
      const css = glideOf(drawn, seen, sheet)
      fc.pre(css !== null) // a corner comes in from too far, when all is at its most
      const there = projectionOf(seen, sheet).toSheet(projectionOf(drawn, sheet).toPlace(at))
      const glided = moved(css, at)
      expect(Math.hypot(glided.x - there.x, glided.y - there.y)).toBeLessThan(1)
    }),
  )
})

test('[MA20] what would lean, grow or come in from beyond the edge is drawn anew', () => {
  expect(glideOf(drawn, drawn, sheet)).toBe('')
  expect(glideOf(drawn, panned(drawn, { x: 41, y: 0 }), sheet)).toBeNull()
  expect(glideOf(drawn, { ...drawn, bearingDeg: 5 }, sheet)).toBeNull()
  expect(glideOf(drawn, { ...drawn, metresPerPx: 5 }, sheet)).toBeNull()
  // Each of them would do, and all together show a corner where nobody is drawn.
  const all = { ...panned(drawn, { x: 22, y: 22 }), bearingDeg: 2.9, metresPerPx: 4.3 }
  expect(glideOf(drawn, all, sheet)).toBeNull()
})
