/**
 * The packages of other systems: installed beside the compiled bench when they are asked for, never among Serik's own, and
 * loaded by name, so that types and checks do without them.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '../../..')

/** Every process of the bench works here. */
export function peersFolder(): string {
  const folder = join(root, 'dist/bench/peers')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Installs them as the lock file says, unless they are there. */
export function installPeers(): void {
  const folder = peersFolder()
  if (existsSync(join(folder, 'node_modules'))) return
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(join(import.meta.dirname, file), join(folder, file))
  process.stderr.write('Installing the packages of other systems in dist/bench/peers.\n')
  spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: folder, stdio: 'inherit' })
}

/** For `missing` of a system. */
export const missingPeer = (name: string): string | undefined =>
  existsSync(join(peersFolder(), 'node_modules', name))
    ? undefined
    : `package ${name} is not installed; --peers all does`

/** For `missing` of a system that needs a program. */
export const missingProgram = (command: string, versionFlag: string, debianPackage: string): string | undefined =>
  spawnSync(command, [versionFlag], { stdio: 'ignore' }).error
    ? `${command} is not installed: apt-get install -y --no-install-recommends ${debianPackage}`
    : undefined

/** In a process of the bench. The caller says what the package exports. */
export async function loadPeer<Exports>(name: string): Promise<Exports> {
  const { resolve: found } = createRequire(join(process.cwd(), 'package.json'))
  return (await import(pathToFileURL(found(name)).href)) as Exports
}
