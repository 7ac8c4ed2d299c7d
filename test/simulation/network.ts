/** The network between phones and nodes: addresses, lines, and what can go wrong with them. */
import type { Server } from 'socket.io'
import type { Dial, WireSocket } from '../../client/net/connection.ts'
import type { Random } from '../../client/simulate/random.ts'
import { type Line, openLine, type Packet } from './line.ts'
import { type NodeServer, nodeServer } from './node-socket.ts'
import { bodyOf } from './packet.ts'
import { type OnHeard, phoneSocket } from './phone-socket.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

/** A phone's radio, or a node's: all its lines fare alike. */
export type Reach = {
  readonly name: string
  /** One way, at best. */
  readonly latencyMs: number
  slowness: number
  isDead: boolean
}

export type Network = {
  /** What a phone of this reach dials with. */
  dialFrom(reach: Reach, actor: Actor): Dial
  /** A node takes calls at its name from now on. */
  open(reach: Reach, actor: Actor): Server
  /** A node or a phone is no more. `isSilent`: its machine died, and nobody is told; otherwise its system hangs up. */
  shut(reach: Reach, isSilent: boolean): void
  lines(): readonly OpenLine[]
  /** Nothing gets through on this line ever again, and nobody is told. */
  stick(line: OpenLine): void
  /** Nothing gets through to or from it until it is heard again. */
  silence(reach: Reach): void
  hear(reach: Reach): void
  readonly chances: Chances
}

/** Of things that go wrong by themselves, 0 to 1. A fault sets one, and sets it back. */
export type Chances = {
  /** The line breaks after a message was heard, before its answer is sent. */
  lostAnswer: number
  /** The line breaks as a message is sent. */
  lostMessage: number
}

export type OpenLine = { readonly line: Line; readonly phone: Reach; readonly node: Reach; isStuck: boolean }

export type NetworkOptions = {
  readonly time: VirtualTime
  readonly random: Random
  readonly onPacket: (from: string, to: string, packet: Packet) => void
  readonly onHeard: OnHeard
}

export function openNetwork({ time, random, onPacket, onHeard }: NetworkOptions): Network {
  const nodes = new Map<string, { reach: Reach; actor: Actor; server: NodeServer }>()
  const open = new Set<OpenLine>()
  const chances: Chances = { lostAnswer: 0, lostMessage: 0 }

  /** Most packets are quick, a few are late. */
  const latencyBetween = (a: Reach, b: Reach) => () => {
    const late = random.next() < 0.05 ? random.next() * 5 : random.next()
    return (a.latencyMs + b.latencyMs) * (1 + late) * a.slowness * b.slowness
  }

  const isCutShort = () => random.next() < chances.lostAnswer

  function connect(phone: Reach, actor: Actor, name: string, greeting: unknown): WireSocket {
    const { socket, end, onLine } = phoneSocket(time, actor, onHeard)
    const node = nodes.get(name)
    if (!node) {
      time.after(phone.latencyMs * 2, actor, end.onLost) // refused at once, as by a port where nobody listens
      return socket
    }
    const auth = JSON.parse(JSON.stringify(greeting))
    const greeted = node.server.greet(auth, isCutShort)
    const between: OpenLine = {
      phone,
      node: node.reach,
      isStuck: false,
      line: openLine({
        time,
        random,
        latencyMs: latencyBetween(phone, node.reach),
        onOver: () => open.delete(between),
        ends: {
          phone: {
            ...end,
            onPacket(packet) {
              onPacket(name, phone.name, packet)
              end.onPacket(packet)
            },
          },
          node: {
            ...greeted.end,
            onPacket(packet) {
              onPacket(phone.name, name, packet)
              if (packet.is === 'hello') greeted.begin(between.line)
              else if (random.next() < chances.lostMessage) between.line.cut()
              else greeted.end.onPacket(packet)
            },
          },
        },
      }),
    }
    open.add(between)
    onLine(between.line)
    if (phone.isDead || node.reach.isDead) between.line.hold()
    between.line.send('phone', { is: 'hello', body: bodyOf(null) })
    return socket
  }

  function release(): void {
    for (const { line, phone, node, isStuck } of open) if (!phone.isDead && !node.isDead && !isStuck) line.release()
  }

  function stick(between: OpenLine): void {
    between.isStuck = true
    between.line.hold()
  }

  return {
    chances,
    dialFrom: (reach, actor) => (url, greeting) => connect(reach, actor, url, greeting),
    open(reach, actor) {
      const server = nodeServer(actor)
      nodes.set(reach.name, { reach, actor, server })
      return server.io
    },
    shut(reach, isSilent) {
      if (!isSilent) nodes.delete(reach.name) // a call to a silent machine is answered by nobody
      for (const between of [...open]) {
        if (between.node !== reach && between.phone !== reach) continue
        if (isSilent) stick(between)
        else between.line.cut()
      }
    },
    lines: () => [...open],
    stick,
    silence(reach) {
      reach.isDead = true
      for (const { line, phone, node } of open) if (phone === reach || node === reach) line.hold()
    },
    hear(reach) {
      reach.isDead = false
      release()
    },
  }
}
