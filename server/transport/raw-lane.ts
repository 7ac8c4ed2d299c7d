/**
 * Raw messages to and from one socket: binary websocket messages of their own, beside Socket.IO's.
 *
 * They take the short way where it is there, over the websocket under engine.io: a frame is made ready for the wire once for all its
 * readers and costs each a write, and a fix is read without a packet around it. That is private ground of engine.io 6 and ws 8,
 * entered nowhere else. Where it does not look as it is known, or the transport is polling, they go as packets of the
 * parser (shared/protocol/raw-parser.ts): the same bytes on the wire, and some microseconds more.
 */
import type { Socket } from 'socket.io'

/** A binary message of a server: one frame, unmasked (RFC 6455, 5.2). */
const FINAL_BINARY = 0x82

export type RawLane = {
  /** The reader has not taken what it was sent before. */
  isBehind(): boolean
  send(message: Uint8Array): void
  close(): void
}

type Listener = (data: Buffer, isBinary: boolean) => void
/** What is known of the websocket under engine.io. */
type WebSocket = {
  readonly readyState: number
  readonly bufferedAmount: number
  readonly _sender: { sendFrame(parts: readonly Buffer[]): void }
  listeners(event: 'message'): Listener[]
  on(event: 'message', listener: Listener): void
  off(event: 'message', listener: Listener): void
}
type Connection = {
  once?(event: 'upgrade', listener: () => void): void
  off?(event: 'upgrade', listener: () => void): void
  readonly transport?: { readonly name: string; readonly writable: boolean; readonly socket?: Partial<WebSocket> }
  readonly writeBuffer?: readonly { readonly data?: unknown }[]
}

const OPEN = 1

/** @param onMessage bytes that are only valid until it returns. */
export function rawLane(socket: Socket, isShort: boolean, onMessage: (message: Uint8Array) => void): RawLane {
  const conn = socket.conn as unknown as Connection
  let short: { websocket: WebSocket; stop(): void } | undefined

  function takeShortWay(): void {
    const websocket = isShort ? shortWayOf(conn) : undefined
    if (!websocket) return
    const [engines] = websocket.listeners('message')
    if (!engines) return
    const mine: Listener = (data, isBinary) => (isBinary ? onMessage(data) : engines.call(websocket, data, isBinary))
    websocket.off('message', engines)
    websocket.on('message', mine)
    short = {
      websocket,
      stop() {
        websocket.off('message', mine)
        websocket.on('message', engines)
      },
    }
  }

  takeShortWay()
  if (!short && isShort) conn.once?.('upgrade', takeShortWay)
  socket.on('raw', (message: unknown) => {
    if (message instanceof Uint8Array) onMessage(message)
  })

  return {
    isBehind: () => (short ? short.websocket.bufferedAmount > 0 : conn.transport?.writable === false),
    send(message) {
      if (short?.websocket.readyState === OPEN) short.websocket._sender.sendFrame([readyForWire(message)])
      else socket.emit('raw', message)
    },
    close() {
      conn.off?.('upgrade', takeShortWay)
      short?.stop()
      short = undefined
    },
  }
}

function shortWayOf({ transport }: Connection): WebSocket | undefined {
  const websocket = transport?.name === 'websocket' ? transport.socket : undefined
  const isKnown =
    typeof websocket?._sender?.sendFrame === 'function' &&
    typeof websocket.listeners === 'function' &&
    websocket.listeners('message').length === 1 &&
    typeof websocket.readyState === 'number'
  return isKnown ? (websocket as WebSocket) : undefined
}

/** Bytes that wait in this process for a reader: what the kernel has not taken, and what engine.io keeps back until it has. */
export function heldBytesOf(conn: Socket['conn']): number {
  const { transport, writeBuffer = [] } = conn as unknown as Connection
  let bytes = transport?.socket?.bufferedAmount ?? 0
  for (const { data } of writeBuffer) bytes += sizeOf(data)
  return bytes
}

const sizeOf = (data: unknown): number =>
  typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.byteLength : 0

const ready = new WeakMap<Uint8Array, Buffer>()

/** The message behind its websocket header, made once for all readers. */
function readyForWire(message: Uint8Array): Buffer {
  const known = ready.get(message)
  if (known) return known
  const { byteLength } = message
  const headerBytes = byteLength < 126 ? 2 : byteLength < 65_536 ? 4 : 10
  const bytes = Buffer.allocUnsafeSlow(headerBytes + byteLength)
  bytes[0] = FINAL_BINARY
  if (headerBytes === 2) bytes[1] = byteLength
  else if (headerBytes === 4) {
    bytes[1] = 126
    bytes.writeUInt16BE(byteLength, 2)
  } else {
    bytes[1] = 127
    bytes.writeBigUInt64BE(BigInt(byteLength), 2)
  }
  bytes.set(message, headerBytes)
  ready.set(message, bytes)
  return bytes
}
