import type { RefObject } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Place } from '../../../shared/geo/fix.ts'
import type { RouteLine } from '../../../shared/geo/route.ts'
import type { SharedRoute } from '../../../shared/protocol/http.ts'
import { clustersOf, scaleBar } from '../../state/plan.ts'
import { type Camera, type Projection, projectionOf } from '../../state/plan-camera.ts'
import type { PlacedMember } from '../../state/plan-dots.ts'
import { OUTSIDE_PX } from '../../state/plan-glide.ts'
import { endsOf, kmMarks, type MeetingSign } from '../../state/plan-signs.ts'
import { drawnOnce } from '../parts/drawn-once.tsx'
import { scaleText, t } from '../texts.ts'
import { type MarkDot, PlanDots, PlanRings } from './plan-dots.tsx'
import { Ends, KmMarks, Meetings, NamedSigns, Pin } from './plan-signs.tsx'
import { PlanWords } from './plan-words.tsx'
import { sideBySide } from './side-by-side.ts'

export type SheetSize = { readonly widthPx: number; readonly heightPx: number }

type PlanProps = {
  readonly camera: Camera
  readonly size: SheetSize
  readonly marks: readonly PlacedMember[]
  readonly route: SharedRoute | null
  readonly line: RouteLine | null
  readonly meetings: readonly MeetingSign[]
  readonly pin: Place | null
  /** Mine, for the arrow at my dot. */
  readonly courseDeg: number | null
  /** A map beneath has drawn the route already. */
  readonly isOverMap: boolean
  /** Buttons lie over a corner of it. */
  readonly isUnderZoom: boolean
  /** What moves with a map. */
  readonly glides: RefObject<HTMLDivElement | null>
}

const SCALE_PX = 90

/** The route, its kilometres and places, and everybody: alone on a sheet it needs no network but the run's own, or over a map. */
export function Plan({
  camera,
  size,
  marks,
  route,
  line,
  meetings,
  pin,
  courseDeg,
  isOverMap,
  isUnderZoom,
  glides,
}: PlanProps) {
  const drawn = projectionOf(camera, size)
  const { widthPx, heightPx } = size
  const isNear = ({ x, y }: { x: number; y: number }) =>
    x > -OUTSIDE_PX && y > -OUTSIDE_PX && x < widthPx + OUTSIDE_PX && y < heightPx + OUTSIDE_PX
  const dots: MarkDot[] = []
  for (const mark of marks) {
    const { x, y } = drawn.toSheet(mark.place)
    if (isNear({ x, y }))
      dots.push({ x, y, memberId: mark.memberId, isAlone: mark.isAlone, isStale: mark.isStale, mark })
  }
  const km = useMemo(() => (line ? kmMarks(line, camera.metresPerPx) : []), [line, camera.metresPerPx])
  const ends = useMemo(() => (line ? endsOf(line) : []), [line])
  const clusters = clustersOf(dots)
  const named = route?.namedPoints ?? []
  const myCourseDeg = courseDeg === null ? null : courseDeg - camera.bearingDeg
  const pinAt = pin && drawn.toSheet(pin)
  const sheetClass = isOverMap ? 'drawn over-map' : 'drawn'
  const viewBox = `0 0 ${widthPx} ${heightPx}`
  const staleCount = marks.filter(({ isStale }) => isStale).length
  return (
    <>
      <div class={isOverMap ? 'glides over-map' : 'glides'} ref={glides}>
        <svg
          class={sheetClass}
          viewBox={viewBox}
          role="img"
          aria-label={`${t.map.label}. ${t.map.shows(marks.length, staleCount)}.`}
        >
          {line && !isOverMap && <RouteShape line={line} camera={camera} widthPx={widthPx} heightPx={heightPx} />}
          <KmMarks marks={km} drawn={drawn} />
          <NamedSigns points={named} drawn={drawn} />
          <Ends ends={ends} drawn={drawn} />
          <PlanRings dots={dots} metresPerPx={camera.metresPerPx} />
          <Meetings signs={meetings} drawn={drawn} />
          <PlanDots clusters={clusters} myCourseDeg={myCourseDeg} />
          {pinAt && <Pin at={pinAt} />}
          <PlanWords
            drawn={drawn}
            size={size}
            clusters={clusters}
            km={km}
            named={named}
            meetings={meetings}
            pinAt={pinAt}
            myCourseDeg={myCourseDeg}
            isUnderZoom={isUnderZoom}
          />
        </svg>
      </div>
      <svg class={sheetClass} viewBox={viewBox} aria-hidden="true">
        <ScaleAndNorth drawn={drawn} heightPx={heightPx} />
      </svg>
    </>
  )
}

/** Drawn again only when it is looked at from elsewhere. */
const RouteShape = drawnOnce(({ line, camera, widthPx, heightPx }: { line: RouteLine; camera: Camera } & SheetSize) => {
  const { toSheet } = projectionOf(camera, { widthPx, heightPx })
  const d = sideBySide(line.points.map(toSheet))
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
    .join(' ')
  return <polyline class="route" points={d} />
})

function ScaleAndNorth({ drawn, heightPx }: { readonly drawn: Projection; readonly heightPx: number }) {
  const { metres, px } = scaleBar(drawn.metresPerPx, SCALE_PX)
  const [northX, northY] = [16, heightPx - 16]
  return (
    <>
      <g class="north" transform={`translate(${northX} ${northY})`}>
        <path d="M0 -10 L5 6 L0 3 L-5 6Z" transform={`rotate(${(-drawn.bearingDeg).toFixed(0)})`} />
        <text x="9" y="6">
          {t.where.north}
        </text>
      </g>
      <g class="scale" transform={`translate(46 ${heightPx - 10})`}>
        <path d={`M0 -5 V0 H${px} V-5`} />
        <text x={px + 6}>{scaleText(metres)}</text>
      </g>
    </>
  )
}
