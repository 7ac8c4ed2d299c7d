import { kmMarks, type RouteSigns } from '../../state/route-signs.ts'
import { type Sheet, toX } from '../../state/strip-sheet.ts'
import { kmText, t } from '../texts.ts'

const KM_APART_PX = 60
const NAME_PX = 6.5
const NAMES_APART_PX = 10
const NAME_ROW_PX = 19
const LAPS_APART_PX = 40

type StripSignsProps = {
  readonly signs: RouteSigns
  readonly sheet: Sheet
  readonly lineY: number
  readonly signY: number
  readonly lapY: number
}

/** Laps as bands, kilometres, turn-rounds, and the places with a name as far as they find room. */
export function StripSigns({ signs, sheet, lineY, signY, lapY }: StripSignsProps) {
  const { fromM, toM, widthPx, marginPx } = sheet
  const metresPerPx = (toM - fromM) / Math.max(1, widthPx - 2 * marginPx)
  const isHere = (atM: number) => atM >= fromM && atM <= toM
  return (
    <g>
      <LapBands signs={signs} sheet={sheet} lapY={lapY} />
      {kmMarks(fromM, toM, metresPerPx, KM_APART_PX).map((atM) => (
        <g key={atM} transform={`translate(${toX(sheet, atM)} ${lineY})`}>
          <path class="strip-tick" d="M0 -5 V5" />
          <text y={signY - lineY}>{kmText(atM).replace(/[.,]0$/, '')}</text>
        </g>
      ))}
      {signs.turnsM.filter(isHere).map((atM) => (
        <g key={atM} transform={`translate(${toX(sheet, atM)} ${lineY})`}>
          <title>{t.strip.turn}</title>
          <path class="strip-turn" d="M-5 7 V-1 a5 5 0 0 1 10 0 V7 M2 4 L5 8 L8 4" />
        </g>
      ))}
      {named(signs, sheet).map(({ name, x, anchor, isTold }) => (
        <g key={`${name} ${x}`} transform={`translate(${x} ${lineY})`}>
          <title>{name}</title>
          <path class="strip-diamond" d="M0 -6 L5 0 L0 6 L-5 0Z" />
          {isTold && (
            <text y={signY - lineY + NAME_ROW_PX} class={anchor}>
              {name}
            </text>
          )}
        </g>
      ))}
    </g>
  )
}

function LapBands({ signs, sheet, lapY }: Omit<StripSignsProps, 'signY' | 'lineY'>) {
  const { lapsM, lengthM } = signs
  return (
    <>
      {lapsM.map((lapM, index) => {
        const [fromM, toM] = [Math.max(lapM, sheet.fromM), Math.min(lapsM[index + 1] ?? lengthM, sheet.toM)]
        if (toM <= fromM) return null
        const [x, endX] = [toX(sheet, fromM), toX(sheet, toM)]
        return (
          <g key={lapM}>
            <rect class={index % 2 ? 'strip-lap odd' : 'strip-lap'} x={x} y="0" width={endX - x} height={lapY + 9} />
            {endX - x > LAPS_APART_PX && (
              <text class="strip-lap-name" x={(x + endX) / 2} y={lapY}>
                {t.strip.lap(index + 1)}
              </text>
            )}
          </g>
        )
      })}
    </>
  )
}

/** Each name once it has room beside the one before; near an edge it stands to the inner side. */
function named({ named: points }: RouteSigns, sheet: Sheet) {
  let freeX = 0
  return points.flatMap(({ name, atM }) => {
    if (atM < sheet.fromM || atM > sheet.toM) return []
    const x = toX(sheet, atM)
    const widthPx = name.length * NAME_PX
    const anchor = x - widthPx / 2 < 0 ? 'strip-from' : x + widthPx / 2 > sheet.widthPx ? 'strip-to' : undefined
    const startX = anchor === 'strip-from' ? x : anchor === 'strip-to' ? x - widthPx : x - widthPx / 2
    const isTold = startX >= freeX && widthPx < sheet.widthPx
    if (isTold) freeX = startX + widthPx + NAMES_APART_PX
    return [{ name, x, anchor, isTold } as const]
  })
}
