import type { HeightPoint } from '../../../shared/geo/track/heights.ts'
import type { Split } from '../../../shared/geo/track/splits.ts'
import { KM_M } from '../../../shared/units.ts'
import { kmText, t } from '../texts.ts'
import { bareRateText } from './rate.ts'

type SplitTableProps = {
  readonly splits: readonly Split[]
  readonly heights: readonly HeightPoint[] | null
  readonly rides: boolean
}

/** What the charts show, in numbers. */
export function SplitTable({ splits, heights, rides }: SplitTableProps) {
  const told = splits.flatMap(({ speedMps, ...split }) => (speedMps === null ? [] : [{ ...split, speedMps }]))
  const fastestMps = Math.max(...told.map(({ speedMps }) => speedMps))
  return (
    <details class="after-splits">
      <summary>{t.after.splits}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.after.splitKm}</th>
            <th scope="col">{rides ? t.after.chartSpeed : t.after.chartPace}</th>
            {heights && <th scope="col">{t.after.splitHeight}</th>}
          </tr>
        </thead>
        <tbody>
          {told.map(({ fromM, toM, speedMps }) => (
            <tr key={fromM}>
              <th scope="row">{toM - fromM === KM_M ? toM / KM_M : kmText(toM)}</th>
              <td>
                {bareRateText(speedMps, rides)}
                <span class="after-bar" style={{ width: `${(speedMps / fastestMps) * 100}%` }} />
              </td>
              {heights && <td>{changeText(heights, fromM, toM)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function changeText(heights: readonly HeightPoint[], fromM: number, toM: number): string {
  const [from, to] = [heightAt(heights, fromM), heightAt(heights, toM)]
  const change = Math.round(to - from)
  return t.after.m(change).replace(/^(?=\d)/, change > 0 ? '+' : '')
}

function heightAt(heights: readonly HeightPoint[], atM: number): number {
  const next = heights.find((point) => point.atM >= atM) ?? heights.at(-1)
  return next?.altitudeM ?? 0
}
