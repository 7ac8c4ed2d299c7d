import { createServer } from 'node:net'

/** Below what the system gives to outgoing links, so that a node finds its port free when it comes back; not redis-server's either. */
const PORTS = { from: 4_000, count: 5_900 }

export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
