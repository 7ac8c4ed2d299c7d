import type { Place } from '../../../shared/geo/fix.ts'
import type { SharedRoute } from '../../../shared/protocol/http.ts'

/** As many as a few hundred pixels can show. */
const DRAWN_MAX = 600
const WIDTH = 320
const MOST_HEIGHT = 220
const EDGE = 12

/** The line from above, north up: enough to know it again. */
export function RouteSketch({ route, label }: { readonly route: SharedRoute; readonly label: string }) {
  const step = Math.max(1, Math.ceil(route.points.length / DRAWN_MAX))
  const points = route.points.filter((_, i) => i % step === 0 || i === route.points.length - 1)
  const at = onPaper(points)
  const [start, end] = [points[0], points.at(-1)]
  if (!start || !end) return null
  const line = points.map((point) => at.place(point).join(',')).join(' ')
  const [x, y] = at.place(start)
  const [endX, endY] = at.place(end)
  return (
    <svg class="route-sketch" viewBox={`0 0 ${WIDTH} ${at.height}`} role="img" aria-label={label}>
      <polyline points={line} />
      <rect x={endX - 5} y={endY - 5} width="10" height="10" />
      <circle cx={x} cy={y} r="6" />
    </svg>
  )
}

function onPaper(points: readonly Place[]) {
  const latitudes = points.map(({ latitudeDeg }) => latitudeDeg)
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const firstDeg = points[0]?.longitudeDeg ?? 0
  // Over the date line too: what is left of the first point stays left of it.
  const east = ({ longitudeDeg }: Place) => (((longitudeDeg - firstDeg + 540) % 360) - 180) * shrink
  const easts = points.map(east)
  const [left, right] = [Math.min(...easts), Math.max(...easts)]
  const [wide, tall] = [right - left || 1e-6, north - south || 1e-6]
  const scale = Math.min((WIDTH - 2 * EDGE) / wide, (MOST_HEIGHT - 2 * EDGE) / tall)
  const marginX = (WIDTH - wide * scale) / 2
  return {
    height: Math.round(tall * scale + 2 * EDGE),
    place: (point: Place): [number, number] => [
      Math.round((marginX + (east(point) - left) * scale) * 10) / 10,
      Math.round((EDGE + (north - point.latitudeDeg) * scale) * 10) / 10,
    ],
  }
}
