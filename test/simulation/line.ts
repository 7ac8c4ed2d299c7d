/** A connection between a phone and a node, as it behaves from outside: two pipes that live and die together. */
import type { Random } from '../../client/simulate/random.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

/** Socket.IO's ping is 5 s + 5 s: an end that hears nothing gives up within these. */
const GIVES_UP_MS = [5_000, 10_000] as const

export type End = 'phone' | 'node'
/** What travels: copied by whoever sends it, so that no two actors share a thing. */
export type Packet = { readonly is: string; readonly id?: number; readonly event?: string; readonly body?: Body }
export type Body = { readonly text: string } | { readonly bytes: Uint8Array }

export type LineEnd = {
  readonly actor: Actor
  onPacket(packet: Packet): void
  /** Called once: nothing comes any more. */
  onLost(): void
}

export type Line = {
  send(from: End, packet: Packet): void
  /** Sent by this end and not yet there. */
  inFlight(from: End): readonly Packet[]
  /** Nothing gets through, and nobody is told: a dead zone, or a half-open connection. */
  hold(): void
  release(): void
  isHeld(): boolean
  /** Both ends are told soon. What is under way is lost. */
  cut(): void
  /** This end hears nothing from now on; the other hears what was sent, and then the end. */
  closeFrom(end: End): void
  isOver(): boolean
}

export type LineOptions = {
  readonly time: VirtualTime
  readonly random: Random
  /** Drawn anew for each packet. */
  readonly latencyMs: () => number
  readonly ends: Record<End, LineEnd>
  readonly onOver: () => void
}

const END: Packet = { is: 'end' }
const other = (end: End): End => (end === 'phone' ? 'node' : 'phone')

export function openLine({ time, random, latencyMs, ends, onOver }: LineOptions): Line {
  /** By sender. */
  const pipes = { phone: newPipe(), node: newPipe() }
  const isLost = { phone: false, node: false }
  let isHeld = false
  let isOver = false
  let holds = 0

  function lose(end: End): void {
    if (isLost[end]) return
    isLost[end] = true
    ends[end].onLost()
  }

  function arrive(from: End): void {
    const pipe = pipes[from]
    if (isHeld) {
      pipe.lateCount++
      return
    }
    const packet = pipe.packets.shift()
    const to = other(from)
    if (!packet || isLost[to]) return
    if (packet === END) lose(to)
    else ends[to].onPacket(packet)
  }

  function expect(from: End): void {
    const pipe = pipes[from]
    const atMs = Math.max(pipe.lastAtMs, time.nowMs() + latencyMs())
    pipe.lastAtMs = atMs
    time.after(atMs - time.nowMs(), ends[other(from)].actor, () => arrive(from))
  }

  function over(): void {
    if (isOver) return
    isOver = true
    onOver()
  }

  function loseSoon(end: End, afterMs: number, isStill: () => boolean = () => true): void {
    time.after(afterMs, ends[end].actor, () => {
      if (!isStill() || isLost[end]) return
      over()
      lose(end)
    })
  }

  return {
    send(from, packet) {
      if (isOver || isLost[from]) return
      pipes[from].packets.push(packet)
      expect(from)
    },
    inFlight: (from) => pipes[from].packets,
    hold() {
      if (isHeld || isOver) return
      isHeld = true
      const hold = ++holds
      for (const end of ['phone', 'node'] as const)
        loseSoon(end, random.between(...GIVES_UP_MS), () => isHeld && hold === holds)
    },
    release() {
      if (!isHeld) return
      isHeld = false
      for (const from of ['phone', 'node'] as const) {
        const pipe = pipes[from]
        for (; pipe.lateCount > 0; pipe.lateCount--) expect(from)
      }
    },
    isHeld: () => isHeld,
    cut() {
      if (isOver) return
      over()
      for (const end of ['phone', 'node'] as const) {
        pipes[end].packets.length = 0
        loseSoon(end, latencyMs())
      }
    },
    closeFrom(end) {
      if (isOver || isLost[end]) return
      isLost[end] = true
      pipes[end].packets.push(END)
      expect(end)
      over()
    },
    isOver: () => isOver,
  }
}

type Pipe = { readonly packets: Packet[]; lastAtMs: number; lateCount: number }
const newPipe = (): Pipe => ({ packets: [], lastAtMs: 0, lateCount: 0 })
