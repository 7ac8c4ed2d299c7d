import type { NamedPoint } from '../../../shared/geo/named-points.ts'
import type { Point, Projection } from '../../state/plan-camera.ts'
import type { End, KmMark, MeetingSign } from '../../state/plan-signs.ts'
import { t } from '../texts.ts'

type Drawn = { readonly drawn: Projection }

export const KmMarks = ({ marks, drawn }: Drawn & { readonly marks: readonly KmMark[] }) => (
  <>
    {marks.map(({ km, place }) => {
      const { x, y } = drawn.toSheet(place)
      return <circle key={km} class="km-mark" cx={x.toFixed(1)} cy={y.toFixed(1)} r="2.5" />
    })}
  </>
)

export const NamedSigns = ({ points, drawn }: Drawn & { readonly points: readonly NamedPoint[] }) => (
  <>
    {points.map((point) => {
      const { x, y } = drawn.toSheet(point)
      const key = `${point.name} ${point.latitudeDeg} ${point.longitudeDeg}`
      return (
        <rect key={key} class="named-mark" x={(x - 3.5).toFixed(1)} y={(y - 3.5).toFixed(1)} width="7" height="7" />
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
      return (
        <path
          key={sign.key}
          class="ways"
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
          d="M-11 -11 L-3 -3 M-3 -9 V-3 H-9 M11 -11 L3 -3 M3 -9 V-3 H9 M-11 11 L-3 3 M-3 9 V3 H-9 M11 11 L3 3 M3 9 V3 H9"
        />
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
