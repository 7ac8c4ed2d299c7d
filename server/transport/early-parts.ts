/**
 * Which scripts a page will ask for once its first one runs: told with the page itself, so that on a slow network they come a round
 * trip sooner. From what the build says of its files; without that nothing is told.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Language, languageFor, languages } from '../../shared/language.ts'

type Chunk = { readonly file: string; readonly name?: string; readonly imports?: readonly string[] }
type Manifest = Readonly<Record<string, Chunk>>

const rooms: Readonly<Record<Language, string>> = { kk: 'kazakh', ru: 'russian', en: 'english' }
/** What dials is no part of the buttons, and the first thing they need then. */
const run = ['app', 'run', 'net/dial-socket-io.ts']
/** By the first part of the path: what is drawn first there, for most people. `app`, `run`: as vite.config.ts names these files. */
const parts: Readonly<Record<string, readonly string[]>> = {
  '': ['app', 'screens/start/start-page.tsx'],
  j: ['app'],
  s: run,
  r: run,
}

/** @returns the `Link` header of a page, for a path and the languages its reader prefers; empty where nothing is known. */
export function earlyParts(webDir: string): (path: string, accepted: readonly string[]) => string {
  const file = join(webDir, '.vite/manifest.json')
  if (!existsSync(file)) return () => ''
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  const links = new Map<string, string>()
  for (const language of languages)
    for (const [page, screens] of Object.entries(parts)) {
      const names = [`screens/${rooms[language]}/first.ts`, ...screens]
      links.set(`${page} ${language}`, linkOf(filesOf(manifest, names)))
    }
  return (path, accepted) => links.get(`${path.split('/')[1] ?? ''} ${languageFor('', accepted)}`) ?? ''
}

/** The files of these, and of all that comes with them. */
function filesOf(manifest: Manifest, names: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>()
  const named = new Map(Object.values(manifest).map((chunk) => [chunk.name, chunk]))
  const take = (name: string): void => {
    const chunk = manifest[name] ?? named.get(name)
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) take(imported)
  }
  for (const name of names) take(name)
  return files
}

const linkOf = (files: ReadonlySet<string>): string =>
  [...files].map((file) => `</${file}>; rel=modulepreload`).join(', ')
