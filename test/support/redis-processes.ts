/**
 * Real redis-server processes on loopback for tests, append-only as a Serik needs them. Knows nothing of
 * vitest: whoever starts one closes it. Every process also goes when this one exits.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

/** The bus of a cluster is 10,000 above its port, and both stay below the ports that the system gives out. */
const PORTS = { from: 10_000, count: 12_000, busAbove: 10_000 }
const READY_WITHIN_MS = 20_000
const ROOM_BYTES = 1e9
const run = promisify(execFile)

export type RedisProcess = {
  readonly port: number
  readonly url: string
  /** The answer of redis-cli as text. Rejects when the server refuses or does not answer within 5 s. */
  ask(...words: string[]): Promise<string>
  kill9(): Promise<void>
  /** SIGSTOP: the links stay, nothing answers. */
  stop(): void
  cont(): void
  /** Starts it again with what is on its disk, after kill -9 of the old process if that still lives. */
  restart(...moreOptions: string[]): Promise<void>
  /** Starts it again without data; a node of a cluster keeps its place in it. */
  restartEmpty(): Promise<void>
  /** A copy of the data as they are on disk now, to start from later. */
  copyData(): Promise<string>
  restartFrom(copy: string): Promise<void>
  /** Fills its disk to the last byte, and makes room again. Only with `diskMb`. */
  fillDisk(): void
  freeDisk(): void
  close(): Promise<void>
}

/** `diskMb`: its data lie on a disk of that size; needs root, see `canMount`. `options` as on redis-server's command line. */
export type RedisSettings = { readonly diskMb?: number; readonly options?: readonly string[] }

const living = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

export async function startRedis({ diskMb, options = [] }: RedisSettings = {}): Promise<RedisProcess> {
  const folder = mkdtempSync(join(quickFolder(), 'serik-redis-'))
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  if (diskMb !== undefined) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'serik', disk])
  const port = await freePort()
  const common = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', disk, '--logfile', join(folder, 'redis.log')]
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '']
  let child: ChildProcess | undefined

  const ask: RedisProcess['ask'] = async (...words) => {
    const { stdout } = await run('redis-cli', ['-e', '-p', `${port}`, ...words], { timeout: 5_000 })
    return stdout.trimEnd()
  }

  async function start(more: readonly string[] = []): Promise<void> {
    const started = spawn('redis-server', [...common, ...durable, ...options, ...more], { stdio: 'ignore' })
    child = started
    living.add(started)
    started.once('exit', () => living.delete(started))
    const deadlineMs = performance.now() + READY_WITHIN_MS
    while ((await ask('PING').catch(() => '')) !== 'PONG') {
      if (started.exitCode !== null || performance.now() > deadlineMs)
        throw new Error(`redis-server on port ${port} did not start: see ${folder}/redis.log`)
      await pause(20)
    }
  }

  async function kill9(): Promise<void> {
    const dying = child
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return
    const isGone = new Promise((resolve) => dying.once('exit', resolve))
    dying.kill('SIGKILL')
    await isGone
  }

  const data = join(disk, 'appendonlydir')
  let copies = 0
  const started: RedisProcess = {
    port,
    url: `redis://127.0.0.1:${port}`,
    ask,
    kill9,
    stop: () => void child?.kill('SIGSTOP'),
    cont: () => void child?.kill('SIGCONT'),
    async restart(...more) {
      await kill9()
      await start(more)
    },
    async restartEmpty() {
      await kill9()
      rmSync(data, { recursive: true, force: true })
      await start()
    },
    async copyData() {
      const copy = join(folder, `copy-${++copies}`)
      cpSync(data, copy, { recursive: true })
      return copy
    },
    async restartFrom(copy) {
      await kill9()
      rmSync(data, { recursive: true, force: true })
      cpSync(copy, data, { recursive: true })
      await start()
    },
    fillDisk() {
      try {
        writeFileSync(join(disk, 'ballast'), Buffer.alloc((diskMb ?? 0) * 1_100_000))
      } catch {
        // That is the point: it has taken all there was.
      }
    },
    freeDisk: () => rmSync(join(disk, 'ballast'), { force: true }),
    async close() {
      await kill9()
      if (diskMb !== undefined) execFileSync('umount', ['--lazy', disk])
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await start()
  } catch (fault) {
    await started.close()
    throw fault
  }
  return started
}

/**
 * In memory where there is room: it outlives every process just as well, and a disk that others keep busy does
 * not hold a replica up for seconds.
 */
function quickFolder(): string {
  const shared = '/dev/shm'
  if (!existsSync(shared)) return tmpdir()
  const { bavail, bsize } = statfsSync(shared)
  return bavail * bsize > ROOM_BYTES ? shared : tmpdir()
}

/** Whether this process may give a Redis a small disk of its own. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'serik-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'serik', folder], { stdio: 'ignore' })
    execFileSync('umount', ['--lazy', folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count)
    if ((await isFree(port)) && (await isFree(port + PORTS.busAbove))) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
