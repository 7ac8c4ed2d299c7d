import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes minutes begins first, or all else would wait for it at the end. */
const LONG = /(mixed|faults|system\/simulation|axe|map)\.slow/

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** As `until` does. */
const patient = { poll: { timeout: 20_000 } }

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'fast',
          isolate: false,
          // None waits so long; a machine that does much else may.
          testTimeout: 30_000,
          expect: patient,
          maxWorkers: 3,
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
          expect: patient,
          // A third of these wait more than they reckon.
          maxWorkers: 3,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['shared/**', 'server/core/**'], reporter: ['text'] },
  },
})
