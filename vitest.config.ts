import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          isolate: false,
          // None waits so long; a machine that does much else may.
          testTimeout: 20_000,
          maxWorkers: 2,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts'],
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/**/*.slow.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // A third of these wait more than they reckon.
          maxWorkers: 3,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['shared/**', 'server/core/**'], reporter: ['text'] },
  },
})
