import { createServer } from 'node:net'

/** Below what the system gives to outgoing links, so that a node finds its port free when it comes back; not redis-server's either. */
const PORTS = { from: 4_000, count: 5_900 }

/** Browsers and `fetch` open no link to these (Fetch Standard, 2.9, "bad port"). */
const BAD = new Set([4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697])

export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count)
    if (!BAD.has(port) && (await isFree(port))) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
