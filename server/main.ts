import { existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { startDemo } from '../client/simulate/demo.ts'
import { type Config, readConfig } from './config.ts'
import { serve } from './serve.ts'

const CLOSE_WITHIN_MS = 10_000

/** The pages lie in `dist/web`, whether this file runs from `server/` or from `dist/server/`. */
function findWebDir(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url))
  return [join(here, '../web'), join(here, '../dist/web')].find((dir) => existsSync(join(dir, 'index.html')))
}

function addresses(config: Config, port: number): string {
  const lines = [`Serik is running.`, `  On this machine:  http://localhost:${port}`]
  if (config.PUBLIC_URL) lines.push(`  Phones:           ${config.PUBLIC_URL}`)
  else {
    const found = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
    for (const { family, internal, address } of found)
      if (family === 'IPv4' && !internal && config.HOST === '0.0.0.0')
        lines.push(`  Same network:     http://${address}:${port}  (phones see and ask; their location needs https)`)
    lines.push('  Phones that share their place need https: see "With HTTPS" in README.md.')
  }
  if (config.TIME_SCALE !== 1) lines.push(`  The clock runs ${config.TIME_SCALE} times faster than the wall.`)
  return lines.join('\n')
}

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: config.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }))
  const onFault = (fault: unknown, where: string) => log.error({ err: fault, where }, 'fault')
  process.on('unhandledRejection', (fault) => onFault(fault, 'unhandled rejection'))

  const report = (line: string) => log.warn(line)
  const serving = await serve({ config, webDir: findWebDir(), onFault, report, startDemo })
  process.stdout.write(`${addresses(config, serving.port)}\n`)

  let isClosing = false
  const close = async (signal: string) => {
    if (isClosing) process.exit(1) // whoever asks twice means it
    isClosing = true
    log.info({ signal }, 'draining')
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref()
    await serving.close().catch((fault: unknown) => onFault(fault, 'close'))
    process.exit(0)
  }
  process.on('SIGTERM', () => void close('SIGTERM'))
  process.on('SIGINT', () => void close('SIGINT'))
}

main().catch((fault: unknown) => {
  process.stderr.write(`Serik cannot start: ${fault instanceof Error ? fault.message : String(fault)}\n`)
  process.exit(1)
})
