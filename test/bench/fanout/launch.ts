/** The server side of one measurement: processes on a core of their own, and the end of all of them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../faults/free-port.ts'
import { mustBecome } from '../../faults/waiting.ts'
import { builtFile } from './built.ts'
import { peersFolder } from './peers.ts'

const START_WITHIN_MS = 20_000
const END_WITHIN_MS = 5_000

/** All of these are counted, and nothing else. */
export type ServerProcess = { readonly name: string; readonly pid: number }

export type Launch = {
  /** For files; empty at first, and removed at the end. */
  readonly folder: string
  /** A Node process that does the system's `serve`. Resolves with its address. */
  server(settings?: Readonly<Record<string, string>>): Promise<string>
  /** A program that listens on the port it is given. Resolves with that port when it does. */
  program(command: string, argsFor: (port: number) => readonly string[]): Promise<number>
}

export type Launched = {
  readonly launch: Launch
  readonly processes: readonly ServerProcess[]
  close(): Promise<void>
}

/** Runs a command on one core. The process is the command itself: taskset becomes it. */
export function spawnPinned(
  core: number,
  command: string,
  args: readonly string[],
  stdio: 'ipc' | 'plain',
): ChildProcess {
  return spawn('taskset', ['-c', String(core), command, ...args], {
    cwd: peersFolder(),
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', ...(stdio === 'ipc' ? (['ipc'] as const) : [])],
  })
}

/** The first message of a Node process of the bench. @throws Error when it ends before. */
export async function firstMessage<Message>(child: ChildProcess, name: string, withinMs: number): Promise<Message> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise<Message>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Message))
      child.once('error', reject)
      child.once('exit', (code, signal) => reject(new Error(`${name} ended: code ${code}, signal ${signal}`)))
      timer = setTimeout(() => reject(new Error(`${name} said nothing within ${withinMs} ms`)), withinMs)
    })
  } finally {
    clearTimeout(timer)
  }
}

/** @param profileFolder where each Node process leaves its profile, when asked by SIGUSR2 */
export function launchOf(system: string, core: number, profileFolder = ''): Launched {
  const folder = mkdtempSync(join(tmpdir(), 'serik-bench-'))
  const children: ChildProcess[] = []
  const processes: ServerProcess[] = []

  function started(name: string, child: ChildProcess): ChildProcess {
    children.push(child)
    if (child.pid !== undefined) processes.push({ name, pid: child.pid })
    return child
  }

  return {
    processes,
    launch: {
      folder,
      async server(settings = {}) {
        const args = [builtFile('server-process'), system, JSON.stringify(settings), profileFolder]
        const child = started('node', spawnPinned(core, process.execPath, args, 'ipc'))
        return `http://127.0.0.1:${await firstMessage<number>(child, system, START_WITHIN_MS)}`
      },
      async program(command, argsFor) {
        const port = await freePort()
        const child = started(command, spawnPinned(core, command, argsFor(port), 'plain'))
        child.once('error', () => undefined) // found out below
        await mustBecome(`${command} listens`, () => child.exitCode === null && isListening(port), START_WITHIN_MS)
        return port
      },
    },
    async close() {
      await Promise.all(children.map(ended))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS)
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
  clearTimeout(timer)
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
