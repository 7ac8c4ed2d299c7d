/** What the schemas' own comments say about a field: written once, where the field is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const SOURCES = [
  'shared/protocol/wire.ts',
  'shared/protocol/http.ts',
  'shared/protocol/http-plan.ts',
  'shared/geo/fix.ts',
  'shared/run/commands.ts',
  'shared/run/events.ts',
  'shared/run/push.ts',
  'shared/run/state.ts',
  'shared/run/words.ts',
]
const PART = /\/\*\*([\s\S]*?)\*\/\s*$|^(?:export )?const (\w+) =|^\s*(?:command|event)\('([a-z-]+)'|^\s*(\w+):/

/** Under `fixSchema` or `start-run` what is said of the whole, under `fixSchema.accuracyM` of a field. */
export function readDocstrings(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const source of SOURCES) {
    let whole = ''
    let comment = ''
    for (const line of joinedComments(readFileSync(join(root, source), 'utf8'))) {
      const [, said, schema, type, field] = PART.exec(line) ?? []
      if (said !== undefined) {
        comment = said.replace(/\s*\n\s*\* ?/g, ' ').trim()
        continue
      }
      if (schema ?? type) whole = schema ?? type ?? ''
      const key = schema ?? type ?? (field === undefined ? undefined : `${whole}.${field}`)
      if (comment && key && !found.has(key)) found.set(key, comment)
      comment = ''
    }
  }
  return found
}

/** Lines, with a comment of several lines as one. */
const joinedComments = (text: string): string[] =>
  text
    .replace(/\/\*\*[\s\S]*?\*\//g, (comment) => comment.replaceAll('\n', ' \u2028'))
    .split('\n')
    .map((line) => line.replaceAll('\u2028', '\n'))

/** The lines `1  first release` of the version's own comment. */
export const readHistory = (): string[] =>
  [...readFileSync(join(root, 'shared/protocol/version.ts'), 'utf8').matchAll(/^ \* (\d+) {2}(.+)$/gm)].map(
    ([, version, says]) => `**${version}**: ${says}`,
  )
