/** A line moved a little to its right, so that the ways out and back lie beside each other. */
import type { Point } from '../../state/plan-camera.ts'

const ASIDE_PX = 2.5
/** Points nearer to each other than this make no difference to the eye, and their directions are noise. */
const APART_PX = 2

export function sideBySide(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (!last || Math.hypot(point.x - last.x, point.y - last.y) >= APART_PX) kept.push(point)
  }
  return kept.map((point, index) => {
    const [before, after] = [kept[index - 1] ?? point, kept[index + 1] ?? point]
    const [x, y] = [after.x - before.x, after.y - before.y]
    const length = Math.hypot(x, y)
    // Where it turns round there is no right and left.
    if (length < APART_PX) return point
    return { x: point.x - (y / length) * ASIDE_PX, y: point.y + (x / length) * ASIDE_PX }
  })
}
