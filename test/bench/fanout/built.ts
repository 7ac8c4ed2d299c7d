/**
 * The measured processes run what `tsc` makes of the sources, as a release does: tsx wraps every function for the sake of its name,
 * which costs a hot path more than its work.
 */
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const outDir = join(root, 'dist/bench')

/** Some seconds. Types are checked elsewhere. */
export function build(): void {
  execFileSync('npx', ['tsc', '-p', 'test/bench/fanout/tsconfig.json', '--outDir', outDir], {
    cwd: root,
    stdio: 'inherit',
  })
}

export const builtFile = (name: string): string => join(outDir, 'test/bench/fanout', `${name}.js`)
