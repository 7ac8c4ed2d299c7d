/** The words of the three languages against each other, and against what draws them. */
import { expect, test } from 'vitest'
import { dictionaries, dictionaryFiles, drawingSource, leavesOf, writtenWords } from '../support/dictionaries.ts'

const { en, ru, kk } = dictionaries
const shapeOf = (texts: unknown) =>
  leavesOf(texts)
    .map(({ path, value }) => `${path} ${typeof value === 'function' ? `takes ${value.length}` : typeof value}`)
    .sort()

test.each([
  ['ru', ru],
  ['kk', kk],
] as const)('[LG1] every text is there, and every sentence takes the same: %s', (_language, texts) => {
  expect(shapeOf(texts)).toEqual(shapeOf(en))
})

/** A part is read by its name, a table by what it is of: `t.kinds[kind]`; some are taken out: `const { start } = t.sharing`. */
function usedPaths(source: string): (path: string) => boolean {
  const found = (pattern: RegExp) => [...source.matchAll(pattern)]
  const named = new Set(found(/\bt\.([\w.]+)/g).map(([, path]) => path))
  const tables = found(/\bt\.([\w.]+?)(?:\?\.)?(?:\[| as Record<)/g).map(([, path]) => path)
  const takenOut = found(/\{([^{}]*)\} = t\.([\w.]+)/g).flatMap(([, keys = '', path]) =>
    keys.split(',').map((key) => `${path}.${key.split(':')[0]?.trim()}`),
  )
  return (path) =>
    [...named, ...takenOut].includes(path) ||
    [...tables, ...takenOut].some((table) => path.startsWith(`${table}.`)) ||
    [...named].some((longer) => longer?.startsWith(`${path}.`))
}

test('[LG2] no text is left that nothing draws', () => {
  const isUsed = usedPaths(drawingSource())
  const unused = leavesOf(en).filter(({ path }) => !isUsed(path))
  expect(unused.map(({ path }) => path)).toEqual([])
})

/** Alike in another language, for they are names or signs. */
const alike = new Set<string>()

test.each([
  ['ru', ru],
  ['kk', kk],
] as const)('[LG6] no text is left in English: %s', (_language, texts) => {
  const english = new Map(leavesOf(en).map(({ path, value }) => [path, value]))
  const left = leavesOf(texts).filter(
    ({ path, value }) => typeof value === 'string' && value === english.get(path) && !alike.has(path),
  )
  expect(left).toEqual([])
})

/** Names of things that have no other, and signs of the web. */
const latin =
  /\b(Serik|GPX|TCX|GeoJSON|Traccar Client|OsmAnd|NFC|CSV|SMS|QR|Enter|iPhone|iOS|Android|Telegram|Instagram|Chrome|Safari|https?|Caddy|localhost|npm start)\b/g

/** Of a table, or what a sentence is chosen by. */
const isKey = (words: string): boolean => /^[a-z]+(-[a-z]+)*$/.test(words)

test.each(['ru', 'kk'] as const)('[LG6] no word is written in Latin letters but names: %s', (language) => {
  const wrong = dictionaryFiles(language).flatMap(({ file, source }) =>
    writtenWords(source.replace(/^(import|} from) .*$/gm, ''))
      .filter((words) => !isKey(words) && /[A-Za-z]/.test(words.replace(latin, '')))
      .map((words) => `${file}: ${words}`),
  )
  expect(wrong).toEqual([])
})
