import { useMemo, useRef } from 'preact/hooks'
import type { Place } from '../../../shared/geo/fix.ts'
import type { OwnTrack } from '../../../shared/geo/track/own-track.ts'
import type { PacePoint } from '../../../shared/geo/track/splits.ts'
import { cameraOn, type Point, projectionOf } from '../../state/plan-camera.ts'
import { useRun } from '../run/running.ts'
import { t } from '../texts.ts'
import { rateText } from './rate.ts'
import { type Size, useSize } from './sheet-size.ts'

const MARGIN_PX = 22
/** From slow to fast: each a colour and a width, so that it is told without colours too. */
const STEPS = 5
const WIDEST_PX = 8
/** Drawn points nearer than this make no difference to the eye. */
const APART_PX = 2

type PacePlanProps = { readonly track: OwnTrack; readonly pace: readonly PacePoint[]; readonly rides: boolean }

/** My own way over the route. */
export function PacePlan({ track, pace, rides }: PacePlanProps) {
  const { route } = useRun()
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const planned = route.value?.points
  const drawn = useMemo(() => drawnOn(size, track, pace, planned ?? []), [size, track, pace, planned])
  if (!drawn) return null
  const { bounds, route: line, parts } = drawn
  return (
    <figure class="after-way">
      <div class="plan" ref={box}>
        <svg viewBox={`0 0 ${size.widthPx} ${size.heightPx}`} role="img" aria-label={t.after.way}>
          {line && <polyline class="route" points={line} />}
          {parts.map(({ step, points }, index) => (
            <polyline
              key={`${index} ${step}`}
              class={`pace pace-${step}`}
              stroke-width={WIDEST_PX - step * 1.2}
              points={points}
            />
          ))}
        </svg>
      </div>
      {bounds && (
        <figcaption class="after-scale">
          <span>
            {t.after.slow} {rateText(bounds.slowMps, rides)}
          </span>
          {Array.from({ length: STEPS }, (_, step) => (
            <i key={`step ${step}`} class={`pace-${step}`} style={{ height: `${WIDEST_PX - step * 1.2}px` }} />
          ))}
          <span>
            {t.after.fast} {rateText(bounds.fastMps, rides)}
          </span>
        </figcaption>
      )}
    </figure>
  )
}

/** Hours of a way are drawn once, and not each second. `null`: nothing to draw. */
function drawnOn(size: Size, track: OwnTrack, pace: readonly PacePoint[], planned: readonly Place[]) {
  const camera = cameraOn([...planned, ...track.points], { ...size, marginPx: MARGIN_PX })
  if (!camera) return null
  const { toSheet } = projectionOf(camera, size)
  const { bounds, stepOf } = stepsOf(pace)
  return {
    bounds,
    route: planned.length > 1 ? pointsOf(planned.map(toSheet)) : null,
    parts: partsOf(track, pace, stepOf).map(({ step, points }) => ({ step, points: pointsOf(points.map(toSheet)) })),
  }
}

/** An even pace has one colour: smaller differences are those of the phone. */
const LEAST_RANGE = 0.2

/** The slowest and the fastest twentieth of the way do not stretch the scale. */
function stepsOf(pace: readonly PacePoint[]) {
  const sorted = pace.map(({ speedMps }) => speedMps).sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const halfMps = Math.max(at(0.95) - at(0.05), LEAST_RANGE * at(0.5)) / 2
  const middleMps = (at(0.95) + at(0.05)) / 2
  const [slowMps, fastMps] = [middleMps - halfMps, middleMps + halfMps]
  return {
    bounds: slowMps > 0 ? { slowMps, fastMps } : null,
    stepOf(speedMps: number): number {
      const share = (speedMps - slowMps) / (fastMps - slowMps)
      return Math.max(0, Math.min(STEPS - 1, Math.floor(share * STEPS)))
    },
  }
}

type Part = { readonly step: number; readonly points: { latitudeDeg: number; longitudeDeg: number }[] }

function partsOf({ points }: OwnTrack, pace: readonly PacePoint[], stepOf: (speedMps: number) => number): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const point of points) {
    while (at + 1 < pace.length && (pace[at + 1]?.atM ?? 0) <= point.distanceM) at++
    const step = stepOf(pace[at]?.speedMps ?? 0)
    const last = parts.at(-1)
    last?.points.push(point)
    if (last?.step !== step) parts.push({ step, points: [point] })
  }
  return parts
}

function pointsOf(points: readonly Point[]): string {
  let last: Point | undefined
  const kept = points.filter((point, index) => {
    if (last && index < points.length - 1 && Math.hypot(point.x - last.x, point.y - last.y) < APART_PX) return false
    last = point
    return true
  })
  return kept.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
}
