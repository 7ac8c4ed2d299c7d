/** Socket.IO's client as the SDK knows it: the phone's end of a line. */
import type { WireSocket } from '../../client/net/connection.ts'
import type { Line, LineEnd, Packet } from './line.ts'
import { bodyOf, said } from './packet.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

const CONNECT_TIMEOUT_MS = 8_000

type Listener = (...args: unknown[]) => void
type Waiting = { resolve(answer: unknown): void; reject(fault: Error): void }
/** The phone has heard what became of a message. */
export type OnHeard = (event: string, body: unknown, answer: unknown) => void

export type PhoneSocket = { readonly socket: WireSocket; readonly end: LineEnd; onLine(line: Line): void }

export function phoneSocket(time: VirtualTime, actor: Actor, onHeard: OnHeard): PhoneSocket {
  const listeners = new Map<string, Listener[]>()
  const waiting = new Map<number, Waiting>()
  let line: Line | undefined
  let isConnected = false
  let isOver = false
  let lastId = 0
  const from = 'phone'

  const tell = (event: string, ...args: unknown[]): void => {
    for (const listener of listeners.get(event) ?? []) listener(...args)
  }
  const give = (fault: Error & { data?: unknown }): void => {
    if (isConnected || isOver) return
    isOver = true
    line?.closeFrom(from)
    tell('connect_error', fault)
  }
  const patience = time.after(CONNECT_TIMEOUT_MS, actor, () => give(new Error('timeout')))

  function answerNone(): void {
    for (const { reject } of waiting.values()) reject(new Error('socket has been disconnected'))
    waiting.clear()
  }

  function onPacket(packet: Packet): void {
    switch (packet.is) {
      case 'connected':
        patience.cancel()
        isConnected = true
        tell('connect')
        break
      case 'refused':
        give(Object.assign(new Error('refused'), { data: said(packet) }))
        break
      case 'event':
        tell(packet.event ?? '', said(packet))
        break
      case 'answer': {
        const asked = waiting.get(packet.id ?? 0)
        waiting.delete(packet.id ?? 0)
        asked?.resolve(said(packet))
      }
    }
  }

  function onLost(): void {
    if (!isConnected) {
      give(new Error('lost'))
      return
    }
    isConnected = false
    isOver = true
    tell('disconnect', 'transport close')
    answerNone()
  }

  const socket: WireSocket = {
    get connected() {
      return isConnected
    },
    on(event: string, listener: (body: never) => void) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener as Listener])
    },
    removeAllListeners() {
      listeners.clear()
      return socket as never
    },
    emit(event: string, body: unknown) {
      if (isConnected) line?.send(from, { is: 'event', event, body: bodyOf(body) })
    },
    timeout: (ms) => ({
      emitWithAck: (event, body) =>
        new Promise((resolve, reject) => {
          const id = ++lastId
          const tooLate = time.after(ms, actor, () => {
            waiting.delete(id)
            reject(new Error('operation has timed out'))
          })
          const done = <T>(settle: (value: T) => void) => {
            return (value: T) => {
              tooLate.cancel()
              settle(value)
            }
          }
          const heard = (answer: unknown) => {
            onHeard(event, body, answer)
            resolve(answer)
          }
          waiting.set(id, { resolve: done(heard), reject: done(reject) })
          if (isConnected) line?.send(from, { is: 'event', id, event, body: bodyOf(body) })
        }),
    }),
    close() {
      patience.cancel()
      isOver = true
      line?.closeFrom(from)
      if (!isConnected) return
      isConnected = false
      tell('disconnect', 'io client disconnect')
      answerNone()
    },
  }

  return {
    socket,
    end: { actor, onPacket, onLost },
    onLine(opened) {
      line = opened
    },
  }
}
