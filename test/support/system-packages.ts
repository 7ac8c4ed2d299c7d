/**
 * Sees to the programs that the slow tests need and npm does not bring: a browser, a Redis, a
 * proxy, a foreign client. Installs them on Debian as root; otherwise says what to install.
 */
import { spawnSync } from 'node:child_process'

const needed = [
  { package: 'redis-server', check: ['redis-server', '--version'] },
  { package: 'caddy', check: ['caddy', 'version'] },
  { package: 'chromium', check: ['chromium', '--version'] },
  { package: 'chromium-headless-shell', check: ['test', '-x', '/usr/bin/chromium-headless-shell'] },
  { package: 'python3-socketio', check: ['/usr/bin/python3', '-c', 'import socketio'] },
  { package: 'python3-websocket', check: ['/usr/bin/python3', '-c', 'import websocket'] },
  { package: 'python3-requests', check: ['/usr/bin/python3', '-c', 'import requests'] },
  { package: 'fonts-noto-core', check: ['test', '-d', '/usr/share/fonts/truetype/noto'] },
] as const

const runs = ([command, ...args]: readonly string[]): boolean =>
  spawnSync(command ?? '', args, { stdio: 'ignore' }).status === 0

const missing = needed.filter(({ check }) => !runs(check)).map((each) => each.package)
if (missing.length > 0) {
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing]
  const canInstall = process.getuid?.() === 0 && runs(['apt-get', '--version'])
  if (!canInstall) {
    process.stderr.write(`These are missing for the tests. Please run as root:\n  ${install.join(' ')}\n`)
    process.exit(1)
  }
  process.stdout.write(`Installing for the tests: ${missing.join(' ')}\n`)
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
  const { status } = spawnSync(install[0] as string, install.slice(1), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) process.exit(1)
}
