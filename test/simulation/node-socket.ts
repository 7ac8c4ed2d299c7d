/** Socket.IO's server as the socket door knows it, as far as it uses it: a node's end of the lines. */
import type { Server, Socket } from 'socket.io'
import type { Line, LineEnd, Packet } from './line.ts'
import { bodyOf, said } from './packet.ts'
import type { Actor } from './virtual-time.ts'

/** A reader with more packets before it is behind, and is sent no frames. */
const WAITING_MAX = 6

type Listener = (...args: unknown[]) => void
type Use = (socket: Socket, next: (refused?: Error & { data?: unknown }) => void) => void

/** Whether the line breaks before an answer is sent. */
export type IsCutShort = () => boolean

export type NodeServer = {
  /** For `openSocketDoor`. */
  readonly io: Server
  /** Somebody connects. Gives this node's end, and what begins it once there is a line. */
  greet(auth: unknown, isCutShort: IsCutShort): { readonly end: LineEnd; begin(line: Line): void }
}

export function nodeServer(actor: Actor): NodeServer {
  const uses: Use[] = []
  const onConnection: Listener[] = []

  const io = {
    use: (use: Use) => void uses.push(use),
    on: (event: string, listener: Listener) => void (event === 'connection' && onConnection.push(listener)),
  }

  return {
    io: io as unknown as Server,
    greet(auth, isCutShort) {
      const { socket, end, onLine } = nodeSocket(actor, auth, isCutShort)
      return {
        end,
        begin(line) {
          onLine(line)
          // One door, one greeting.
          uses[0]?.(socket as unknown as Socket, (refused) => {
            if (refused) line.send('node', { is: 'refused', body: bodyOf(refused.data) })
            else {
              line.send('node', { is: 'connected' })
              for (const listener of onConnection) listener(socket)
            }
          })
        },
      }
    },
  }
}

function nodeSocket(actor: Actor, auth: unknown, isCutShort: IsCutShort) {
  const listeners = new Map<string, Listener[]>()
  const anyListeners: Listener[] = []
  let line: Line | undefined
  let isOver = false

  function emit(event: string, body: unknown): void {
    if (!isOver) line?.send('node', { is: 'event', event, body: bodyOf(body) })
  }

  function over(): void {
    if (isOver) return
    isOver = true
    for (const listener of listeners.get('disconnect') ?? []) listener('over')
  }

  function onPacket(packet: Packet): void {
    const { event = '', id } = packet
    if (isOver || packet.is !== 'event') return
    const answer = (body: unknown) => {
      if (isOver) return
      if (isCutShort()) line?.cut()
      else line?.send('node', { is: 'answer', id: id ?? 0, body: bodyOf(body) })
    }
    const args = id === undefined ? [said(packet)] : [said(packet), answer]
    for (const listener of anyListeners) listener(event, ...args)
    for (const listener of listeners.get(event) ?? []) listener(...args)
  }

  const socket = {
    data: undefined as unknown,
    handshake: { auth },
    conn: {
      transport: {
        get writable(): boolean {
          return line !== undefined && !line.isHeld() && line.inFlight('node').length <= WAITING_MAX
        },
      },
      get writeBuffer() {
        return (line?.inFlight('node') ?? []).map(({ body = { text: '' } }) => ({
          data: 'bytes' in body ? body.bytes : body.text,
        }))
      },
    },
    on: (event: string, listener: Listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    onAny: (listener: Listener) => void anyListeners.push(listener),
    emit,
    disconnect(): void {
      line?.closeFrom('node')
      over()
    },
  }
  const end: LineEnd = { actor, onPacket, onLost: over }
  const onLine = (opened: Line): void => {
    line = opened
  }
  return { socket, end, onLine }
}
