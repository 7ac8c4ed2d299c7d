/** How many bytes of scripts, packed by gzip, a screen needs before its buttons work: the built files, and all that come with them. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const web = resolve(import.meta.dirname, '../../../dist/web')
const KB = 1_000

type Chunk = { readonly file: string; readonly name?: string; readonly imports?: readonly string[] }

/** @param parts as the build's manifest has them: by source, or by the name of a file that holds several */
export function scriptsKb(...parts: readonly string[]): number {
  const manifest = JSON.parse(readFileSync(join(web, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const named = new Map(Object.values(manifest).map((chunk) => [chunk.name, chunk]))
  const files = new Set<string>()
  const take = (part: string): void => {
    const chunk = manifest[part] ?? named.get(part)
    if (!chunk) throw new Error(`${part} is not built`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) take(imported)
  }
  for (const part of parts) take(part)
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(web, file)), { level: 9 }).length)
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / KB
}
