import { useMemo } from 'preact/hooks'
import type { SharedRoute } from '../../../shared/protocol/http.ts'
import type { PackStrip } from '../../state/pack-strip.ts'
import { initialsOf, nameOf } from '../../state/people.ts'
import { routeSigns } from '../../state/route-signs.ts'
import { type Blob, density, doubtMarks, helperMarks, outside, type Sheet, toX } from '../../state/strip-sheet.ts'
import { useRun } from '../run/running.ts'
import { kmText, t } from '../texts.ts'
import { BlobMark } from './blob-mark.tsx'
import { doubtText, namesText, stripText } from './pack-words.ts'
import { StripSigns } from './strip-signs.tsx'

/** From top to bottom: gaps, people, places in doubt, the route, helpers, kilometres, names. */
const ROWS = { gapY: 12, packY: 42, doubtY: 74, lineY: 92, helperY: 112, signY: 138 }
/** Names and laps have a row each where there are any. */
const HEIGHT_PX = { least: 150, row: 18 }
const DENSE_FROM = 40
const BAR_PX = { most: 22, perRoot: 4 }

type StripDrawingProps = {
  readonly strip: PackStrip
  readonly blobs: readonly Blob[]
  readonly sheet: Sheet
  readonly route: SharedRoute | null
  /** The mark that is chosen. */
  readonly at: number
  readonly onTap: (xPx: number) => void
}

/** The strip itself. A tap anywhere takes the nearest mark; all it shows is told in words beside it. */
export function StripDrawing({ strip, blobs, sheet, route, at, onTap }: StripDrawingProps) {
  const run = useRun()
  const signs = useMemo(() => (route ? routeSigns(route) : null), [route])
  const { lineY, packY } = ROWS
  const [startX, endX] = [toX(sheet, sheet.fromM), toX(sheet, sheet.toM)]
  const isNamed = signs?.named.some(({ atM }) => atM >= sheet.fromM && atM <= sheet.toM)
  const heightPx = HEIGHT_PX.least + HEIGHT_PX.row * (Number(Boolean(isNamed)) + Number(Boolean(signs?.lapsM.length)))
  const tapped = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    onTap(((event.clientX - box.left) / box.width) * sheet.widthPx)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons below it do the same with a keyboard
    <svg
      class="strip"
      viewBox={`0 0 ${sheet.widthPx} ${heightPx}`}
      role="img"
      aria-label={stripText(strip)}
      onClick={tapped}
    >
      {signs && (
        <StripSigns signs={signs} sheet={sheet} lineY={lineY} signY={ROWS.signY} lapY={heightPx - HEIGHT_PX.row / 2} />
      )}
      <path class="strip-line" d={`M${startX} ${lineY} H${endX}`} />
      <Density strip={strip} sheet={sheet} />
      <Doubts strip={strip} sheet={sheet} />
      <Helpers strip={strip} sheet={sheet} />
      {blobs.map((blob, index) => (
        <BlobMark
          key={blob.groups[0]?.people[0]?.memberId}
          blob={blob}
          inFront={blobs[index - 1]}
          isChosen={index === at}
          y={packY}
          gapY={ROWS.gapY}
          lineY={lineY}
          name={(people) => namesText(run, people)}
        />
      ))}
      <Outside strip={strip} sheet={sheet} />
    </svg>
  )
}

/** Of a long field: where in it the people are. */
function Density({ strip, sheet }: { readonly strip: PackStrip; readonly sheet: Sheet }) {
  const total = strip.groups.reduce((sum, { people }) => sum + people.length, 0)
  if (total < DENSE_FROM) return null
  const bars = density(strip, sheet).map(({ x, count }) => {
    const heightPx = Math.min(BAR_PX.most, BAR_PX.perRoot * Math.sqrt(count))
    return `M${x + 3} ${ROWS.lineY} v${-heightPx.toFixed(1)}`
  })
  return <path class="strip-dense" d={bars.join('')} />
}

/** Hollow and dashed: where they may be. */
function Doubts({ strip, sheet }: { readonly strip: PackStrip; readonly sheet: Sheet }) {
  const run = useRun()
  const y = ROWS.doubtY
  return (
    <>
      {doubtMarks(strip, sheet).map(({ doubts, fromX, toX: endX, x, orX }) => {
        const [first] = doubts
        if (!first) return null
        const isOld = doubts.every(({ because }) => because === 'silent')
        return (
          <g key={first.memberId} class={isOld ? 'strip-doubt old' : 'strip-doubt'}>
            <title>{doubts.map((doubt) => doubtText(run, doubt)).join('\n')}</title>
            {endX - fromX > 2 * DOUBT_PX && <path class="strip-range" d={`M${fromX} ${y} H${endX}`} />}
            {orX !== null && <path class="strip-range" d={`M${x} ${y} H${orX}`} />}
            {orX !== null && <Maybe x={orX} text="?" />}
            <Maybe x={x} text={doubts.length > 1 ? String(doubts.length) : '?'} />
          </g>
        )
      })}
    </>
  )
}

const DOUBT_PX = 9

const Maybe = ({ x, text }: { readonly x: number; readonly text: string }) => (
  <>
    <circle class="strip-maybe" cx={x} cy={ROWS.doubtY} r={DOUBT_PX} />
    <text x={x} y={ROWS.doubtY}>
      {text}
    </text>
  </>
)

/** On the other side of the line, and square. */
function Helpers({ strip, sheet }: { readonly strip: PackStrip; readonly sheet: Sheet }) {
  const { view } = useRun()
  const y = ROWS.helperY
  return (
    <>
      {helperMarks(strip, sheet).map(({ helpers, x }) => {
        const [first] = helpers
        if (!first) return null
        const isOld = helpers.every(({ isStale }) => isStale)
        return (
          <g key={first.memberId} class={isOld ? 'strip-helper old' : 'strip-helper'}>
            <title>
              {helpers.map(({ memberId, atM }) => t.strip.helper(nameOf(view, memberId), kmText(atM))).join('\n')}
            </title>
            <path class="strip-stem" d={`M${x} ${ROWS.lineY + 3} V${y - 9}`} />
            <rect class="strip-body" x={x - 11} y={y - 9} width="22" height="18" rx="4" />
            <text x={x} y={y}>
              {helpers.length > 1 ? helpers.length : initialsOf(nameOf(view, first.memberId))}
            </text>
          </g>
        )
      })}
    </>
  )
}

/** Whoever is on the route and not in this part of it. */
function Outside({ strip, sheet }: { readonly strip: PackStrip; readonly sheet: Sheet }) {
  const { behind, ahead } = outside(strip, sheet)
  return (
    <>
      {behind > 0 && (
        <text class="strip-from" x="2" y={ROWS.packY}>
          ‹ {behind}
        </text>
      )}
      {ahead > 0 && (
        <text x={sheet.widthPx - 2} y={ROWS.packY} class="strip-to">
          {ahead} ›
        </text>
      )}
    </>
  )
}
