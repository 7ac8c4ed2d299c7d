import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'

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

export default defineConfig({
  root: 'client',
  base: '/',
  plugins: [schemasWithoutEffects, preact()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // The content security policy of the server allows no inline script.
    modulePreload: { polyfill: false },
    // `...helpingSchema.shape` reads a property and does nothing else.
    rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
  },
  server: { proxy: { '/api': server, '/t/': server, '/socket.io': { target: server, ws: true } } },
})
