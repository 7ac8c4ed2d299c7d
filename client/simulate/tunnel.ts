import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** One phone's network: a way to the server that can break off and come back. */
export type Tunnel = {
  readonly url: string
  setUp(isUp: boolean): void
  close(): void
}

export async function openTunnel(serverUrl: string): Promise<Tunnel> {
  const { protocol, hostname, port } = new URL(serverUrl)
  // A certificate is for a name: this machine's own names lead here too, others cannot.
  const host = hostname === 'localhost' ? hostname : '127.0.0.1'
  const open = new Set<Socket>()
  let isUp = true
  const server = createServer((near) => {
    if (!isUp) return void near.destroy()
    const far = connect(Number(port || (protocol === 'https:' ? 443 : 80)), hostname)
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
    url: `${protocol}//${host}:${(server.address() as AddressInfo).port}`,
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
