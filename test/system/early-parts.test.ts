import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { earlyParts } from '../../server/transport/early-parts.ts'

function built(manifest: object | null): string {
  const dir = mkdtempSync(join(tmpdir(), 'serik-parts-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  mkdirSync(join(dir, '.vite'))
  if (manifest) writeFileSync(join(dir, '.vite/manifest.json'), JSON.stringify(manifest))
  return dir
}

test('[PW10] a page is told with which scripts it begins, in the language of its reader', () => {
  const early = earlyParts(
    built({
      'screens/russian/first.ts': { file: 'assets/ru.js', imports: ['_words.js'] },
      'screens/english/first.ts': { file: 'assets/en.js', imports: ['_words.js'] },
      '_app-x1.js': { file: 'assets/app.js', name: 'app', imports: ['_field.js', '_words.js'] },
      '_run-x2.js': { file: 'assets/run.js', name: 'run', imports: ['_app-x1.js'] },
      '_field.js': { file: 'assets/field.js', imports: ['_app-x1.js'] },
      '_words.js': { file: 'assets/words.js' },
    }),
  )
  const files = (link: string) =>
    [...link.matchAll(/<\/assets\/(\w+)\.js>; rel=modulepreload/g)].map(([, name]) => name)
  expect(files(early('/j', ['ru-RU', 'en']))).toEqual(['ru', 'words', 'app', 'field'])
  expect(files(early('/j', ['de']))).toEqual(['en', 'words', 'app', 'field'])
  expect(files(early('/r/run_1', ['en']))).toEqual(['en', 'words', 'app', 'field', 'run'])
  expect(early('/privacy', ['en'])).toBe('')
})

test('[PW10] of a build that says nothing of its files nothing is told', () => {
  expect(earlyParts(built(null))('/j', ['en'])).toBe('')
})
