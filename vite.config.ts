import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const server = `http://localhost:${process.env.PORT ?? 3000}`

/** A phone asks no schema. Marked as made without effects, the schemas and zod stay out of what it loads: 11 KB. */
const schemasWithoutEffects: Plugin = {
  name: 'schemas-without-effects',
  enforce: 'pre',
  transform: {
    filter: { id: /\/shared\/.*\.ts$/ },
    handler: (code) => ({
      code: code.replaceAll(/(?<=[=(,:?\s])(?=z\s*\.\w+\(|(?:id|text|event|command|within)\()/g, '/* @__PURE__ */ '),
      map: null,
    }),
  },
}

/** Larger parts are kept on a phone once they were used: the map. */
const KEPT_BYTES_MAX = 200_000
/** What somebody who runs needs comes first: the way to it may be short. */
const FIRST = [
  /^index\.html$/,
  /\/(index|jsxRuntime|signals|dist|texts)-/,
  /run-page|ask-screen|dial-socket|help-screen|pocket/,
]

const worker = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'worker',
  filename: 'worker.ts',
  injectRegister: false,
  manifest: false,
  injectManifest: {
    globPatterns: ['index.html', '**/*.{js,css,svg,webmanifest}', 'icon-192.png', 'badge-96.png'],
    globIgnores: ['worker.js'],
    maximumFileSizeToCacheInBytes: 5_000_000,
    dontCacheBustURLsMatching: /^assets\//,
    manifestTransforms: [
      (entries) => {
        const rank = ({ url }: { url: string }) => FIRST.findIndex((those) => those.test(url)) >>> 0
        const kept = entries.filter(({ size }) => size <= KEPT_BYTES_MAX).sort((a, b) => rank(a) - rank(b))
        return { manifest: kept, warnings: [] }
      },
    ],
    buildPlugins: { vite: [schemasWithoutEffects] },
  },
})

const packers = {
  gz: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: bytes.length > KEPT_BYTES_MAX ? 9 : 11 },
    }),
}

/** Packed here once, and not for each phone. */
const packed: Plugin = {
  name: 'packed',
  apply: 'build',
  enforce: 'post',
  closeBundle: {
    order: 'post',
    sequential: true,
    async handler() {
      const dir = this.environment.config.build.outDir
      const root = resolve(this.environment.config.root, dir)
      const files = (await readdir(root, { recursive: true })).filter((file) =>
        /\.(js|css|html|svg|webmanifest|json|pbf)$/.test(file),
      )
      await Promise.all(
        files.map(async (file) => {
          const bytes = await readFile(join(root, file))
          if (bytes.length < 500) return
          for (const [ending, pack] of Object.entries(packers))
            await writeFile(join(root, `${file}.${ending}`), await pack(bytes))
        }),
      )
    },
  },
}

/**
 * On a slow network each file costs a round trip, and small files pack badly: what a first screen needs comes in one, and so does the
 * rest of what Where needs. A module belongs to the first of these that imports it, directly or not; all others are left to the bundler.
 */
const wholeFiles = {
  app: ['client/app.tsx', 'client/screens/start/join-page.tsx', 'client/screens/start/seat-page.tsx'],
  run: ['client/screens/run/run-page.tsx', 'client/screens/runner/ask-screen.tsx'],
  where: ['client/screens/where/where-screen.tsx'],
}

type Graph = { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }

const inWholeFiles = () => {
  let parts: [string, Set<string>][] | null = null
  const withImports = (names: readonly string[], graph: Graph): Set<string> => {
    const found = new Set<string>()
    const waiting = names.map((name) => resolve(import.meta.dirname, name))
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (found.has(id)) continue
      found.add(id)
      waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
    }
    return found
  }
  return (id: string, graph: Graph): string | null => {
    parts ??= Object.entries(wholeFiles).map(([name, roots]) => [name, withImports(roots, graph)])
    return parts.find(([, ids]) => ids.has(id))?.[0] ?? null
  }
}

export default defineConfig({
  root: 'client',
  base: '/',
  plugins: [schemasWithoutEffects, preact(), worker, packed],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Read by server/transport/early-parts.ts.
    manifest: true,
    chunkSizeWarningLimit: 1_200, // the map
    // The content security policy of the server allows no inline script.
    modulePreload: { polyfill: false },
    // `...helpingSchema.shape` reads a property and does nothing else.
    rolldownOptions: {
      treeshake: { propertyReadSideEffects: false },
      output: { codeSplitting: { groups: [{ name: inWholeFiles(), debugName: 'wholeFiles' }] } },
    },
  },
  server: { proxy: { '/api': server, '/t/': server, '/socket.io': { target: server, ws: true } } },
})
