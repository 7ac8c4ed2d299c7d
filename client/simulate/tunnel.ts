import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** One phone's network: a way to the server that can break off and come back. */
export type Tunnel = {
  readonly url: string
  setUp(isUp: boolean): void
  close(): void
}

export async function openTunnel(serverUrl: string): Promise<Tunnel> {
  const { hostname, port } = new URL(serverUrl)
  const open = new Set<Socket>()
  let isUp = true
  const server = createServer((near) => {
    if (!isUp) return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setUp(now) {
      isUp = now
      if (!isUp) cut()
    },
    close() {
      server.close()
      cut()
    },
  }
}
