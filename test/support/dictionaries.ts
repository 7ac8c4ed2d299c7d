/** The three dictionaries of the page, and how their leaves are found. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { texts as english } from '../../client/screens/english/texts.ts'
import { texts as kazakh } from '../../client/screens/kazakh/texts.ts'
import { texts as russian } from '../../client/screens/russian/texts.ts'

export const dictionaries = { en: english, ru: russian, kk: kazakh }

type Leaf = { readonly path: string; readonly value: unknown }

/** What is text, or makes text. */
export function leavesOf(node: unknown, path = ''): Leaf[] {
  if (typeof node !== 'object' || node === null) return [{ path, value: node }]
  return Object.entries(node).flatMap(([key, below]) => leavesOf(below, path === '' ? key : `${path}.${key}`))
}

const root = join(import.meta.dirname, '../../client')
export const dictionaryRooms = { ru: 'screens/russian', kk: 'screens/kazakh', en: 'screens/english' }

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))

export const dictionaryFiles = (language: keyof typeof dictionaryRooms) =>
  sourcesIn(dictionaryRooms[language]).map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }))

/** All that draws or says something, without the words themselves. */
export const drawingSource = (): string =>
  sourcesIn('.')
    .filter((file) => /^(screens|worker|app)/.test(file))
    .filter((file) => !Object.values(dictionaryRooms).some((room) => file.startsWith(room)))
    .map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }))
    // The worker has no dictionary, but the part of it that it tells.
    .map(({ file, source }) =>
      file.startsWith('worker') ? source.replace(/\bnotes(?=[.[])/g, 't.push.notes') : source,
    )
    .join('\n')

const plain = (written: string): string => written.replace(/\\u[0-9a-f]{4}/g, ' ')

/** What stands in quotes and templates, without what is put into it. */
export function writtenWords(source: string): string[] {
  const words: string[] = []
  let at = 0
  const code = (until: string | null): void => {
    for (let depth = 0; at < source.length; at++) {
      const sign = source[at]
      if (source.startsWith('//', at)) at = lineEnd()
      else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 1
      else if (sign === "'" || sign === '"') quoted(sign)
      else if (sign === '`') template()
      else if (sign === '{') depth++
      else if (sign === '}') {
        if (until === '}' && depth === 0) return
        depth--
      }
    }
  }
  const lineEnd = () => (source.indexOf('\n', at) === -1 ? source.length : source.indexOf('\n', at))
  const quoted = (mark: string) => {
    const from = ++at
    while (source[at] !== mark) at += source[at] === '\\' ? 2 : 1
    words.push(plain(source.slice(from, at)))
  }
  const template = () => {
    let text = ''
    for (at++; source[at] !== '`'; at++) {
      if (source.startsWith('${', at)) {
        at += 2
        code('}')
        text += ' '
      } else text += source[at]
    }
    words.push(plain(text))
  }
  code(null)
  return words
}
