/** What the files of the byte layouts say of them in the comment they begin with. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The comment at the head of `shared/frame/FILE.ts`, as Markdown. */
export function saidOfLayout(file: string): string {
  const text = readFileSync(join(import.meta.dirname, '../../shared/frame', `${file}.ts`), 'utf8')
  const [, comment = ''] = /^\/\*\*\n([\s\S]*?)\n \*\//.exec(text) ?? []
  return comment.replaceAll(/^ \* ?/gm, '')
}
