/** A fixed address before a Redis: it can be pointed elsewhere, go silent, swallow replies, and cut. Keeps the order of bytes. */
import { connect, createServer, type Socket } from 'node:net'

export type RedisProxy = {
  readonly port: number
  readonly url: string
  /** New links go to this port of loopback; those that are there stay until they are cut. */
  pointTo(port: number): void
  /** A black hole: links stay, new ones are taken, and no byte comes through until `heal`. */
  goSilent(): void
  /** Requests still get through, and their replies are thrown away until `heal`: such links are good for nothing but `cut`. */
  swallowReplies(): void
  heal(): void
  /** Ends all links at once. */
  cut(): void
  linkCount(): number
  close(): Promise<void>
}

export async function startRedisProxy(targetPort: number): Promise<RedisProxy> {
  type Link = { readonly near: Socket; readonly far: Socket }
  const links = new Set<Link>()
  let target = targetPort
  let isSilent = false
  let isSwallowing = false

  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    const link = { near, far }
    links.add(link)
    const end = () => {
      links.delete(link)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.setNoDelay(true).on('error', end).on('close', end)
    pour(near, far, { isDropped: () => false, isHeld: () => isSilent })
    pour(far, near, { isDropped: () => isSwallowing, isHeld: () => isSilent })
    if (isSilent) silence(link)
  })

  const silence = ({ near, far }: Link) => {
    near.pause()
    far.pause()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const cut = () => {
    for (const { near, far } of [...links]) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }
  return {
    port: address.port,
    url: `redis://127.0.0.1:${address.port}`,
    pointTo(port) {
      target = port
    },
    goSilent() {
      isSilent = true
      for (const link of links) silence(link)
    },
    swallowReplies() {
      isSwallowing = true
    },
    heal() {
      isSilent = false
      isSwallowing = false
      for (const { near, far } of links) {
        near.resume()
        far.resume()
      }
    },
    cut,
    linkCount: () => links.size,
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** By hand and not by `pipe`, which would undo a pause. */
function pour(from: Socket, to: Socket, now: { isDropped: () => boolean; isHeld: () => boolean }): void {
  from.on('data', (bytes) => {
    if (now.isDropped() || to.destroyed || to.write(bytes)) return
    from.pause()
    to.once('drain', () => {
      if (!now.isHeld()) from.resume()
    })
  })
}
