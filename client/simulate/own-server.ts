/** Servers of its own for a simulation: other processes on free ports, with data that is thrown away. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startOwnRedis } from './own-redis.ts'

const START_MS = 30_000

export type OwnServer = {
  readonly url: string
  /** kill -9, and again on the same data and port after `downMs`. */
  killAndRestart(downMs: number): Promise<void>
  close(): Promise<void>
}

export async function startOwnServer(timeScale: number): Promise<OwnServer> {
  const dataDir = newFolder()
  let running = await start(timeScale, { DATA_DIR: dataDir, PORT: '0' })
  return {
    url: urlOf(running),
    async killAndRestart(downMs) {
      await ended(running.process, 'SIGKILL')
      await new Promise((resolve) => setTimeout(resolve, downMs))
      running = await start(timeScale, { DATA_DIR: dataDir, PORT: String(running.port) })
    },
    async close() {
      await ended(running.process, 'SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type OwnNodes = {
  readonly urls: readonly string[]
  close(): Promise<void>
}

const faults: string[] = []
const FAULTS_SHOWN = 3
/** Of every server started here: what they logged as a fault. */
export const serverFaultCount = (): number => faults.length

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

/** One node on SQLite, or several that share a Redis and the secrets file, and nothing else. */
export async function startOwnNodes(timeScale: number, count: number): Promise<OwnNodes> {
  if (count === 1) {
    const { url, close } = await startOwnServer(timeScale)
    return { urls: [url], close }
  }
  const dataDir = newFolder()
  const redis = await startOwnRedis(dataDir)
  children.add(redis.process)
  const nodes: Running[] = []
  const close = async () => {
    await Promise.all(nodes.map((node) => ended(node.process, 'SIGTERM')))
    await ended(redis.process, 'SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const settings = { DATA_DIR: dataDir, PORT: '0', REDIS_URL: redis.url }
    nodes.push(await start(timeScale, settings)) // makes the secrets file
    for (let no = 1; no < count; no++) nodes.push(await start(timeScale, settings))
    return { urls: nodes.map(urlOf), close }
  } catch (fault) {
    await close()
    throw fault
  }
}

type Running = { readonly process: ChildProcess; readonly port: number }

const newFolder = () => mkdtempSync(join(tmpdir(), 'serik-simulation-'))
const urlOf = ({ port }: Running) => `http://127.0.0.1:${port}`

function start(timeScale: number, settings: Readonly<Record<string, string>>): Promise<Running> {
  const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      TIME_SCALE: String(timeScale),
      // A frame a second of the run's time, as far as a server can.
      TICK_MS: String(Math.round(Math.max(50, Math.min(1_000, 1_000 / timeScale)))),
      DEMO: 'off',
      LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  child.stderr.on('data', (chunk: Buffer) => {
    const text = chunk.toString()
    if (faults.length < FAULTS_SHOWN) process.stderr.write(text)
    faults.push(...text.split('\n').filter((line) => line.includes('"level":50')))
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
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
