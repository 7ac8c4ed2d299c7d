import type { HeightPoint } from '../../../shared/geo/track/heights.ts'
import type { Split } from '../../../shared/geo/track/splits.ts'
import { KM_M } from '../../../shared/units.ts'
import { kmText, paceText, stopwatchText, t } from '../texts.ts'

type SplitTableProps = { readonly splits: readonly Split[]; readonly heights: readonly HeightPoint[] | null }

/** What the charts show, in numbers. */
export function SplitTable({ splits, heights }: SplitTableProps) {
  const fastestMps = Math.max(...splits.map(({ speedMps }) => speedMps ?? 0))
  return (
    <details class="after-splits">
      <summary>{t.after.splits}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.after.splitKm}</th>
            <th scope="col">{t.after.splitTime}</th>
            <th scope="col">{t.after.figures.pace}</th>
            {heights && <th scope="col">{t.after.splitHeight}</th>}
          </tr>
        </thead>
        <tbody>
          {splits.map(({ fromM, toM, movingMs, speedMps }) => (
            <tr key={fromM}>
              <th scope="row">{toM - fromM === KM_M ? toM / KM_M : kmText(toM)}</th>
              <td>{stopwatchText(movingMs)}</td>
              <td>
                {speedMps === null ? '–' : paceText(speedMps)}
                <span class="after-bar" style={{ width: `${((speedMps ?? 0) / (fastestMps || 1)) * 100}%` }} />
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
