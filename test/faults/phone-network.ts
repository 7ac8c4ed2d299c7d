/**
 * One phone's network: a way to each node that can break off, fall silent, become slow or late, or lose
 * what is on its way. It keeps the order of bytes, as a TCP stream does: a lost message or reply is a link
 * that was cut after the request went out, and a doubled one is what the phone then sends again.
 */
import { once, setMaxListeners } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Random } from '../../client/simulate/random.ts'
import { rest } from './waiting.ts'

export type Condition =
  | 'good'
  /** No way: links break, and new ones are refused. */
  | 'dead'
  /** A hole: links stay and new ones are taken, but no byte comes through. */
  | 'silent'
  /** The phone reads a few hundred bytes a second. */
  | 'slow'
  /** Every piece is up to 600 ms late, in either direction. */
  | 'late'
  /** Now and then a request or its reply is lost with the link. */
  | 'lossy'

const SLOW_BYTES_PER_S = 400
const LATE_MAX_MS = 600
const LOSS_SHARE = 0.06

export type PhoneNetwork = {
  /** One address a node, in the order given. */
  readonly urls: readonly string[]
  become(condition: Condition): void
  condition(): Condition
  /** Breaks all links; new ones come through. */
  cut(): void
  /** The node that this phone has a link to now. */
  nodeNo(): number | undefined
  close(): void
}

type Link = { readonly near: Socket; readonly far: Socket; isLost: boolean }

export async function openPhoneNetwork(ports: readonly number[], random: Random): Promise<PhoneNetwork> {
  const links = new Map<Link, number>()
  let condition: Condition = 'good'
  let changed = changes()

  /** How a piece of bytes fares on its way; `false`: it is lost, and the link with it. */
  async function passes(bytes: number, isReply: boolean, link: Link): Promise<boolean> {
    while (condition === 'silent') await once(changed.signal, 'abort')
    if (condition === 'slow' && isReply) await rest((bytes / SLOW_BYTES_PER_S) * 1_000, changed.signal)
    if (condition === 'late') await rest(random.between(0, LATE_MAX_MS), changed.signal)
    if (condition !== 'lossy') return true
    if (isReply) return !link.isLost
    const draw = random.next()
    link.isLost ||= draw < LOSS_SHARE
    return draw > LOSS_SHARE / 2 // half of the losses hit the request itself
  }

  async function pour(link: Link, from: Socket, to: Socket, isReply: boolean): Promise<void> {
    try {
      for await (const bytes of from as AsyncIterable<Buffer>) {
        if (!(await passes(bytes.length, isReply, link))) break
        if (to.destroyed) break
        if (!to.write(bytes)) await Promise.race([once(to, 'drain'), once(to, 'close')])
      }
    } catch {
      // A link that broke: the other half is told below.
    }
    end(link)
  }

  function end(link: Link): void {
    links.delete(link)
    link.near.destroy()
    link.far.destroy()
  }

  const servers = ports.map((port, no) =>
    createServer((near) => {
      if (condition === 'dead') return void near.resetAndDestroy()
      const far = connect(port, '127.0.0.1')
      const link: Link = { near, far, isLost: false }
      links.set(link, no)
      for (const socket of [near, far]) socket.setNoDelay(true).on('error', () => end(link))
      void pour(link, near, far, false)
      void pour(link, far, near, true)
    }),
  )
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))))
  const cut = () => {
    for (const link of [...links.keys()]) end(link)
  }

  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    become(now) {
      condition = now
      if (now === 'dead') cut()
      const before = changed
      changed = changes()
      before.abort()
    },
    condition: () => condition,
    cut,
    nodeNo: () => [...links.values()].at(-1),
    close() {
      for (const server of servers) server.close()
      cut()
    },
  }
}

/** Aborted when the condition is another: whatever waits on its way looks again. */
function changes(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}
