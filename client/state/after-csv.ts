/** The service log as a table for a spreadsheet. */
import { SECOND_MS } from '../../shared/units.ts'
import type { LogEntry } from './after-log.ts'

const COLUMNS = ['time', 'outcome', 'what', 'pieces', 'for', 'by', 'waitedS', 'alongM'] as const
/** A spreadsheet runs text that begins like a formula; an apostrophe stops it. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u

/** RFC 4180. `alongM`: where its runner was then. */
export function logCsv(log: readonly LogEntry[], alongM: (entry: LogEntry) => number | null): string {
  const rows = log.map((entry) => {
    const { atMs, outcome, kind, quantity, runner, helper, waitMs } = entry
    const metres = alongM(entry)
    return [
      new Date(atMs).toISOString(),
      outcome,
      kind,
      String(quantity),
      plainText(runner),
      plainText(helper ?? ''),
      waitMs === null ? '' : String(Math.round(waitMs / SECOND_MS)),
      metres === null ? '' : String(Math.round(metres)),
    ]
  })
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

const plainText = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
