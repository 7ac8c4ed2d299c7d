/** One Serik node as a process of its own, which can be killed, drained, started again and asked for its heap. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { rest } from './waiting.ts'

const START_WITHIN_MS = 30_000
const START_TRIES = 5
const END_WITHIN_MS = 15_000
const HEAP_WITHIN_MS = 10_000

export type NodeProcess = {
  /** 0, 1, 2, ... */
  readonly no: number
  readonly port: number
  readonly url: string
  isUp(): boolean
  /** Resolves when it listens. */
  start(): Promise<void>
  kill9(): Promise<void>
  /** SIGTERM; resolves when it has ended, at the latest by a kill -9 which is then one of the unexpected ends. */
  drain(): Promise<void>
  /** After a collection, in bytes; `undefined` when it does not answer. */
  heapBytes(): Promise<number | undefined>
  /** When it was started last, by `performance.now()`. */
  startedAtMs(): number
  /** Ends that nobody here asked for, one line each. */
  readonly unexpectedEnds: readonly string[]
}

export type NodeSettings = {
  readonly no: number
  readonly port: number
  readonly main: string
  readonly environment: Readonly<Record<string, string>>
  readonly logFile: string
}

export function nodeProcess({ no, port, main, environment, logFile }: NodeSettings): NodeProcess {
  const unexpectedEnds: string[] = []
  const log = createWriteStream(logFile, { flags: 'a' })
  const asked = new WeakSet<ChildProcess>()
  let child: ChildProcess | undefined
  let isUp = false
  let startedAtMs = 0
  const stop = () => void child?.kill('SIGKILL')

  function spawned(): ChildProcess {
    const probe = fileURLToPath(new URL('./heap-probe.mjs', import.meta.url))
    const started = spawn(process.execPath, ['--expose-gc', '--import', probe, main], {
      env: { PATH: process.env.PATH ?? '', ...environment, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    started.stderr?.pipe(log, { end: false })
    started.once('exit', (code, signal) => {
      if (child === started) isUp = false
      if (!asked.has(started)) unexpectedEnds.push(`node ${no} ended by itself: code ${code}, signal ${signal}`)
    })
    return started
  }

  /** `false` when it ended instead. */
  function listens(started: ChildProcess): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), START_WITHIN_MS)
      const said = (isListening: boolean) => {
        clearTimeout(timer)
        resolve(isListening)
      }
      let text = ''
      started.stdout?.on('data', (chunk: Buffer) => {
        text = (text + chunk.toString()).slice(-1_000)
        if (/http:\/\/localhost:\d+/.test(text)) said(true)
      })
      started.once('exit', () => said(false))
    })
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child
    isUp = false
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    asked.add(ending)
    const ended = once(ending, 'exit')
    ending.kill(signal)
    const isLate = await Promise.race([ended.then(() => false), rest(END_WITHIN_MS).then(() => true)])
    if (!isLate) return
    unexpectedEnds.push(`node ${no} had not ended ${END_WITHIN_MS / 1_000} s after ${signal}`)
    ending.kill('SIGKILL')
    await ended
  }

  process.on('exit', stop)
  return {
    no,
    port,
    url: `http://127.0.0.1:${port}`,
    isUp: () => isUp,
    async start() {
      for (let tries = 1; ; tries++) {
        const started = spawned()
        child = started
        asked.add(started) // until it listens, its end is told by the start itself
        if (await listens(started)) break
        started.kill('SIGKILL')
        // A store that is away may end the start: whoever runs a node starts it again.
        if (tries === START_TRIES) throw new Error(`node ${no} did not start: see ${logFile}`)
        await rest(500)
      }
      if (child) asked.delete(child)
      isUp = true
      startedAtMs = performance.now()
    },
    kill9: () => end('SIGKILL'),
    drain: () => end('SIGTERM'),
    async heapBytes() {
      const report = child?.stdio[3] as Readable | undefined
      if (!isUp || !report) return undefined
      const answered = once(report, 'data').then(([chunk]) => Number(String(chunk)))
      child?.kill('SIGUSR2')
      return Promise.race([answered, rest(HEAP_WITHIN_MS).then(() => undefined)])
    },
    startedAtMs: () => startedAtMs,
    unexpectedEnds,
  }
}
