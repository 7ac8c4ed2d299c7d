/** The Redis that several nodes of a simulation share: another process on a free port, as a Serik needs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'

const READY_WITHIN_MS = 10_000
const TRY_EVERY_MS = 50

/** @throws Error when there is no `redis-server`, or it does not listen in time. */
export async function startOwnRedis(folder: string): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const port = await freePort()
  const address = ['--port', String(port), '--bind', '127.0.0.1', '--dir', mkdtempSync(join(folder, 'redis-'))]
  const child = spawn('redis-server', [...address, '--appendonly', 'yes', '--save', ''], { stdio: 'ignore' })
  let fault: Error | undefined
  child.once('error', (thrown) => {
    fault = thrown
  })
  const deadlineMs = performance.now() + READY_WITHIN_MS
  while (!(await listens(port))) {
    if (fault) throw new Error(`redis-server cannot start: ${fault.message}`)
    if (child.exitCode !== null || performance.now() > deadlineMs) throw new Error('redis-server did not start in time')
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS))
  }
  return { process: child, url: `redis://127.0.0.1:${port}` }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
