import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { first } from '../../client/screens/english/first.ts'

const client = join(import.meta.dirname, '../../client')
const drawnFirst = [
  ...['app.tsx', 'screens/run/run-page.tsx', 'screens/runner/ask-screen.tsx'],
  ...['screens/start/join-page.tsx', 'screens/start/seat-page.tsx', 'screens/start/unknown-run-page.tsx'],
].map((file) => join(client, file))

/** All files that come with these, without what they load later. */
function cameWith(roots: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = [...roots]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !existsSync(file)) continue
    seen.add(file)
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type )[^'"]*? from '(\.[^']+)'/gm,
    ))
      waiting.push(join(dirname(file), from))
  }
  return seen
}

test('[LG7] what is drawn with the first words alone has no others', () => {
  const files = [...cameWith(drawnFirst)].filter((file) => file.endsWith('.tsx') || file.includes('/screens/'))
  expect(files.length).toBeGreaterThan(30)
  const missing = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?<![\w.])t\.(\w+)/g)]
      .filter(([, key = '']) => !(key in first))
      .map(([used]) => `${relative(client, file)}: ${used}`),
  )
  expect(missing, 'put the words into first.ts of each language, or load what draws them later').toEqual([])
})
