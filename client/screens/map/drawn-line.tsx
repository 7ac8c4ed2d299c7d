import { scaleBar } from '../../state/plan.ts'
import { type Camera, projectionOf } from '../../state/plan-camera.ts'
import type { RouteDrawn } from '../../state/route-drawing.ts'
import { distanceText, t } from '../texts.ts'
import { sideBySide } from '../where/side-by-side.ts'

type DrawnLineProps = {
  readonly camera: Camera
  readonly size: { readonly widthPx: number; readonly heightPx: number }
  readonly drawn: RouteDrawn
  readonly isOverMap: boolean
}

const SQUARE_PX = 80

/** The points tapped so far and the way between them; without a map on squares whose size is told. */
export function DrawnLine({ camera, size, drawn, isOverMap }: DrawnLineProps) {
  const { widthPx, heightPx } = size
  const { toSheet } = projectionOf(camera, size)
  const points = drawn.points.map(toSheet)
  const first = points[0]
  const last = points.at(-1)
  return (
    <svg
      class={isOverMap ? 'drawn over-map' : 'drawn'}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      role="img"
      aria-label={t.drawing.heading}
    >
      {!isOverMap && <Grid camera={camera} {...size} />}
      {!isOverMap && (
        <polyline
          class="route"
          points={sideBySide(points)
            .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
            .join(' ')}
        />
      )}
      {points.slice(1, -1).map(({ x, y }) => (
        <circle key={`${x} ${y}`} class="bend" cx={x.toFixed(1)} cy={y.toFixed(1)} r="4" />
      ))}
      {first && <circle class="first" cx={first.x} cy={first.y} r="8" />}
      {last && points.length > 1 && <circle class="last" cx={last.x} cy={last.y} r="7" />}
      <path class="cross" d="M-9 0 H9 M0 -9 V9" transform={`translate(${widthPx / 2} ${heightPx / 2})`} />
    </svg>
  )
}

function Grid({
  camera,
  widthPx,
  heightPx,
}: {
  readonly camera: Camera
  readonly widthPx: number
  readonly heightPx: number
}) {
  const { metres, px } = scaleBar(camera.metresPerPx, SQUARE_PX)
  // The squares go with the ground: they are counted from a corner that stays.
  const corner = projectionOf(camera, { widthPx, heightPx }).toSheet({
    latitudeDeg: Math.round(camera.centre.latitudeDeg),
    longitudeDeg: Math.round(camera.centre.longitudeDeg),
  })
  const from = (at: number) => ((at % px) + px) % px
  const count = (length: number) => Array.from({ length: Math.ceil(length / px) + 1 }, (_, index) => index)
  const path = [
    ...count(widthPx).map((no) => `M${(from(corner.x) + (no - 1) * px + px).toFixed(1)} 0 V${heightPx}`),
    ...count(heightPx).map((no) => `M0 ${(from(corner.y) + (no - 1) * px + px).toFixed(1)} H${widthPx}`),
  ].join(' ')
  return (
    <>
      <path class="squares-of-ground" d={path} />
      <g class="scale" transform={`translate(12 ${heightPx - 10})`}>
        <path d={`M0 -5 V0 H${px} V-5`} />
        <text x={px + 6}>{distanceText(metres)}</text>
      </g>
    </>
  )
}
