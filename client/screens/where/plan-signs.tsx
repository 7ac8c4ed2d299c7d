import type { NamedPoint } from '../../../shared/geo/named-points.ts'
import type { Point, Projection } from '../../state/plan-camera.ts'
import type { End, KmMark, MeetingSign } from '../../state/plan-signs.ts'
import { t } from '../texts.ts'

/** Nearer to the edge a name stands on the other side of its point. */
const LABEL_PX = 100
const KM_ASIDE_PX = 13
const RADIANS = Math.PI / 180

type Drawn = { readonly drawn: Projection }

export const KmMarks = ({ marks, drawn }: Drawn & { readonly marks: readonly KmMark[] }) => (
  <>
    {marks.map(({ km, place, courseDeg }) => {
      const { x, y } = drawn.toSheet(place)
      const right = (courseDeg - drawn.bearingDeg + 90) * RADIANS
      return (
        <g key={km} class="km" transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
          <circle r="2.5" />
          <text x={(Math.sin(right) * KM_ASIDE_PX).toFixed(1)} y={(-Math.cos(right) * KM_ASIDE_PX).toFixed(1)}>
            {km}
          </text>
        </g>
      )
    })}
  </>
)

export const NamedSigns = ({
  points,
  drawn,
  widthPx,
}: Drawn & { readonly points: readonly NamedPoint[]; readonly widthPx: number }) => (
  <>
    {points.map((point) => {
      const { x, y } = drawn.toSheet(point)
      const isAtEdge = x > widthPx - LABEL_PX
      return (
        <g
          key={`${point.name} ${point.latitudeDeg} ${point.longitudeDeg}`}
          class="named"
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
        >
          <rect x="-3.5" y="-3.5" width="7" height="7" />
          <text x={isAtEdge ? -7 : 7} y="-6" text-anchor={isAtEdge ? 'end' : 'start'}>
            {point.name}
          </text>
        </g>
      )
    })}
  </>
)

const endName = (is: End['is']): string =>
  is === 'both' ? t.map.startAndEnd : is === 'start' ? t.map.start : t.map.end

export const Ends = ({ ends, drawn }: Drawn & { readonly ends: readonly End[] }) => (
  <>
    {ends.map(({ is, place }) => {
      const { x, y } = drawn.toSheet(place)
      return (
        <g key={is} class={`end ${is}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
          <title>{endName(is)}</title>
          <path d="M0 0 V-20" />
          <path class="flag" d={is === 'start' ? 'M0 -20 L12 -15.5 L0 -11Z' : 'M0 -20 H12 V-11 H0Z'} />
          {is !== 'start' && <path class="squares" d="M0 -20 H4 V-15.5 H8 V-20 H12 V-15.5 H8 V-11 H4 V-15.5 H0Z" />}
        </g>
      )
    })}
  </>
)

export const Meetings = ({ signs, drawn }: Drawn & { readonly signs: readonly MeetingSign[] }) => (
  <>
    {signs.map((sign) => {
      const { x, y } = drawn.toSheet(sign.place)
      const text = sign.is === 'meeting' ? t.map.meet(sign.name) : t.map.comeTogether
      return (
        <g key={sign.key} class={`meeting ${sign.is}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
          <path
            class="ways"
            d="M-11 -11 L-3 -3 M-3 -9 V-3 H-9 M11 -11 L3 -3 M3 -9 V-3 H9 M-11 11 L-3 3 M-3 9 V3 H-9 M11 11 L3 3 M3 9 V3 H9"
          />
          <text y="24">{text}</text>
        </g>
      )
    })}
  </>
)

/** A place that was tapped: its tip is there. */
export const Pin = ({ at: { x, y } }: { readonly at: Point }) => (
  <g class="pin" transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
    <path d="M0 0 C-4 -10 -11 -13 -11 -22 A11 11 0 1 1 11 -22 C11 -13 4 -10 0 0Z" />
    <circle cy="-22" r="4" />
  </g>
)
