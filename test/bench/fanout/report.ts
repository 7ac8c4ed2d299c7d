/** What a bench says in the end: to people on the standard output, and to programs in a file. */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`

/** While it goes on. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Columns under their titles; the first is of names. */
export function textTable(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const text = (line: readonly string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return `${lines.map(text).join('\n')}\n`
}

/** @param json the file for programs, if that is wanted. */
export function tellAll(what: string, text: string, figures: object, json: string | undefined): void {
  process.stdout.write(`${what}. ${machine}\n\n${text}`)
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ machine, what, ...figures }, null, 2)}\n`)
}
