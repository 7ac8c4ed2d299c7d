import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { clustersOf, type Projection, projection, scaleBar } from '../../state/plan.ts'
import { placesOnPlan } from '../../state/plan-dots.ts'
import { useRun } from '../run/running.ts'
import { distanceText, t } from '../texts.ts'
import { PlanDots } from './plan-dots.tsx'

const MARGIN_PX = 34
const SCALE_PX = 90
const SCALE_ROW_PX = 28
/** Nearer to the edge a name stands on the other side of its point. */
const LABEL_PX = 100
/** So much smaller on the whole route, a group of people is a single spot. */
const FAR_APART = 1.5

/** Everybody and the route on one sheet, north up. No tiles: it needs no network but the run's own. */
export function Plan() {
  const { view, nowMs, route } = useRun()
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ widthPx: 360, heightPx: 300 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const [showsRoute, setShowsRoute] = useState(false)
  const line = route.value
  const shown = placesOnPlan(view, nowMs)
  const sheet = { ...size, heightPx: size.heightPx - SCALE_ROW_PX, marginPx: MARGIN_PX }
  const people = projection(
    shown.map(({ place }) => place),
    sheet,
  )
  const whole = projection([...(line?.points ?? []), ...shown.map(({ place }) => place)], sheet)
  // One dot alone says where they are only by what is around it.
  const isFarApart =
    shown.length > 1 && people !== null && whole !== null && whole.metresPerPx > FAR_APART * people.metresPerPx
  const drawn = isFarApart && !showsRoute ? people : whole
  return (
    <div class="plan" ref={box}>
      {drawn ? (
        <svg viewBox={`0 0 ${size.widthPx} ${size.heightPx}`} role="img" aria-label={t.where.plan}>
          {line && (
            <>
              <polyline class="route" points={pointsOf(drawn, line.points)} />
              {line.namedPoints.map((point) => {
                const { x, y } = drawn.toSheet(point)
                return (
                  <g key={`${point.name} ${x} ${y}`} class="named">
                    <circle cx={x} cy={y} r="3" />
                    <text
                      x={x > size.widthPx - LABEL_PX ? x - 6 : x + 6}
                      y={y - 5}
                      text-anchor={x > size.widthPx - LABEL_PX ? 'end' : 'start'}
                    >
                      {point.name}
                    </text>
                  </g>
                )
              })}
            </>
          )}
          <PlanDots clusters={clustersOf(shown.map(({ place, ...dot }) => ({ ...dot, ...drawn.toSheet(place) })))} />
          <ScaleAndNorth metresPerPx={drawn.metresPerPx} heightPx={size.heightPx} />
        </svg>
      ) : (
        <p class="empty">{t.where.nobody}</p>
      )}
      {isFarApart && (
        <button type="button" class="fit" aria-pressed={showsRoute} onClick={() => setShowsRoute(!showsRoute)}>
          {t.where.wholeRoute}
        </button>
      )}
    </div>
  )
}

const pointsOf = ({ toSheet }: Projection, points: Parameters<Projection['toSheet']>[0][]): string =>
  points
    .map((point) => {
      const { x, y } = toSheet(point)
      return `${x.toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')

function ScaleAndNorth({ metresPerPx, heightPx }: { readonly metresPerPx: number; readonly heightPx: number }) {
  const { metres, px } = scaleBar(metresPerPx, SCALE_PX)
  return (
    <>
      <g class="north" transform={`translate(16 ${heightPx - 16})`}>
        <path d="M0 -10 L5 6 L0 3 L-5 6Z" />
        <text x="9" y="6">
          {t.where.north}
        </text>
      </g>
      <g class="scale" transform={`translate(46 ${heightPx - 10})`}>
        <path d={`M0 -5 V0 H${px} V-5`} />
        <text x={px + 6}>{distanceText(metres)}</text>
      </g>
    </>
  )
}
