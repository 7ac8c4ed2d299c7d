/** Debian's Caddy with HTTPS before the nodes: what `docs` tell people to run, as a plain process on loopback. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { mustBecome } from './waiting.ts'

/** As in README.md. */
export const BALANCED_BY = 'lb_policy cookie'
const START_WITHIN_MS = 15_000

export type Caddy = {
  readonly url: string
  /** Its own authority's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly certificateFile: string
  close(): Promise<void>
}

export async function startCaddy(ports: readonly number[]): Promise<Caddy> {
  const folder = mkdtempSync(join(tmpdir(), 'serik-caddy-'))
  const port = await freePort()
  const file = join(folder, 'Caddyfile')
  writeFileSync(file, caddyfile(port, ports, folder))
  const child = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', file], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: 'ignore',
  })
  const stop = () => void child.kill('SIGKILL')
  process.on('exit', stop)
  const certificateFile = join(folder, 'pki/authorities/local/root.crt')
  try {
    await mustBecome('Caddy has made its certificate', () => existsSync(certificateFile), START_WITHIN_MS)
  } catch (fault) {
    stop()
    throw fault
  }
  return {
    url: `https://localhost:${port}`,
    certificateFile,
    async close() {
      process.off('exit', stop)
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const caddyfile = (port: number, ports: readonly number[], folder: string): string => `{
	admin off
	storage file_system ${folder}
	skip_install_trust
	auto_https disable_redirects
}
https://localhost:${port} {
	bind 127.0.0.1
	tls internal
	reverse_proxy ${ports.map((each) => `127.0.0.1:${each}`).join(' ')} {
		${BALANCED_BY}
		lb_try_duration 5s
		health_uri /healthz
		health_interval 1s
		health_timeout 2s
	}
}
`
