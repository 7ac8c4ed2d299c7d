/** The built server: made anew when a source is younger than it, so that nobody tests what was. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** The path of its main file. Takes some seconds when it has to be built. */
export function builtServer(): string {
  const main = join(root, 'dist/server/main.js')
  if (!existsSync(main) || statSync(main).mtimeMs < newestSourceMs()) {
    process.stdout.write('Building the server.\n')
    execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
  }
  return main
}

function newestSourceMs(): number {
  let newestMs = 0
  for (const folder of ['server', 'shared', 'client/net', 'client/state', 'client/simulate'])
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
      if (entry.endsWith('.ts')) newestMs = Math.max(newestMs, statSync(join(root, folder, entry)).mtimeMs)
  return newestMs
}
