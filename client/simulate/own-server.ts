/** A server of its own for a simulation: another process on a free port, with data that is thrown away. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const START_MS = 30_000

export type OwnServer = {
  readonly url: string
  /** kill -9, and again on the same data and port after `downMs`. */
  killAndRestart(downMs: number): Promise<void>
  close(): Promise<void>
}

export async function startOwnServer(timeScale: number): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'serik-simulation-'))
  let running = await start(timeScale, dataDir, 0)
  return {
    url: `http://127.0.0.1:${running.port}`,
    async killAndRestart(downMs) {
      await ended(running.process, 'SIGKILL')
      await new Promise((resolve) => setTimeout(resolve, downMs))
      running = await start(timeScale, dataDir, running.port)
    },
    async close() {
      await ended(running.process, 'SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

type Running = { readonly process: ChildProcess; readonly port: number }

function start(timeScale: number, dataDir: string, port: number): Promise<Running> {
  const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      TIME_SCALE: String(timeScale),
      // A frame a second of the run's time, as far as a server can.
      TICK_MS: String(Math.round(Math.max(50, Math.min(1_000, 1_000 / timeScale)))),
      DEMO: 'off',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server did not start in time')), START_MS)
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /http:\/\/localhost:(\d+)/.exec(said)
      if (!found) return
      clearTimeout(timer)
      resolve({ process: child, port: Number(found[1]) })
    })
    child.once('exit', (code) => reject(new Error(`the server ended at its start with code ${code}`)))
  })
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
