/** The figures of a run as a table, by fault. */
import { percentile } from '../../client/simulate/tally.ts'
import type { FaultRecord } from './fault-log.ts'

export function faultTable(records: readonly FaultRecord[]): string {
  const names = [...new Set(records.map(({ name }) => name))].sort()
  const rows = names.map((name) => {
    const of = records.filter((record) => record.name === name)
    const own = Object.keys(of[0]?.figuresMs ?? {}).map(
      (figure) => `${figure}: ${worst(of.map(({ figuresMs }) => figuresMs[figure] ?? null))}`,
    )
    return [
      name,
      String(of.length),
      seconds(
        percentile(
          of.map(({ beganMs, healedMs }) => (healedMs ?? Infinity) - beganMs),
          0.5,
        ),
      ),
      String(Math.max(...of.map(({ inFlightCount }) => inFlightCount))),
      middle(of.map(({ firstAckAfterMs }) => firstAckAfterMs)),
      worst(of.map(({ firstAckAfterMs }) => firstAckAfterMs)),
      middle(of.map(({ syncedAfterMs }) => syncedAfterMs)),
      worst(of.map(({ syncedAfterMs }) => syncedAfterMs)),
      own.join(', '),
    ]
  })
  const head = ['fault', 'times', 'lasted', 'in flight', 'first ack', 'worst', 'all synced', 'worst', '']
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => (row[i] ?? '').length)))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(i < 8 ? (widths[i] ?? 0) : 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function seconds(ms: number): string {
  if (!Number.isFinite(ms)) return '-'
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`
}

export const spread = (valuesMs: readonly number[]): string =>
  valuesMs.length === 0
    ? 'none measured'
    : `${valuesMs.length} measured: p50 ${seconds(percentile(valuesMs, 0.5))}, p95 ${seconds(percentile(valuesMs, 0.95))}, p99 ${seconds(percentile(valuesMs, 0.99))}, worst ${seconds(Math.max(...valuesMs))}`

const known = (values: readonly (number | null)[]): number[] =>
  values.flatMap((value) => (value === null ? [] : [value]))
const middle = (values: readonly (number | null)[]): string => seconds(percentile(known(values), 0.5))
const worst = (values: readonly (number | null)[]): string =>
  values.includes(null) ? 'never' : seconds(Math.max(...known(values)))
