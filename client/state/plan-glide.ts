/** What is drawn for one camera, moved as a whole until it is what another sees: while a map eases, people stay on their streets and nothing is drawn anew. */
import { type Camera, type Point, projectionOf, type Sheet } from './plan-camera.ts'

/** Beyond the edge by so much everything is drawn. */
export const OUTSIDE_PX = 40
/** Letters lean and grow with it: nobody sees so much. */
const TURN_MAX_DEG = 4
const GROWTH_MAX = 1.08

/** As CSS, from the sheet's corner; empty where it is already, `null` when what is drawn is too far from what is to be seen. */
export function glideOf(
  drawn: Camera,
  seen: Camera,
  { widthPx, heightPx }: Pick<Sheet, 'widthPx' | 'heightPx'>,
): string | null {
  if (drawn === seen) return ''
  const size = { widthPx, heightPx }
  const growth = drawn.metresPerPx / seen.metresPerPx
  const turnDeg = ((drawn.bearingDeg - seen.bearingDeg + 540) % 360) - 180
  const [before, after] = [projectionOf(drawn, size), projectionOf(seen, size)]
  const { x, y } = after.toSheet(drawn.centre)
  const [middleX, middleY] = [widthPx / 2, heightPx / 2]
  const isBeyond = (corner: Point) => {
    const at = before.toSheet(after.toPlace(corner))
    return Math.max(-at.x, -at.y, at.x - widthPx, at.y - heightPx) > OUTSIDE_PX
  }
  const isFar =
    [0, widthPx].some((cornerX) => [0, heightPx].some((cornerY) => isBeyond({ x: cornerX, y: cornerY }))) ||
    Math.abs(turnDeg) > TURN_MAX_DEG ||
    Math.max(growth, 1 / growth) > GROWTH_MAX
  if (isFar) return null
  const shift = (dx: number, dy: number) => `translate(${dx.toFixed(2)}px, ${dy.toFixed(2)}px)`
  return `${shift(x, y)} rotate(${turnDeg.toFixed(3)}deg) scale(${growth.toFixed(5)}) ${shift(-middleX, -middleY)}`
}
