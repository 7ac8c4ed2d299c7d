/** A lean websocket client (RFC 6455) of the load generator: no compression, whole messages only. */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { Traffic } from './system.ts'

const [CONTINUED, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10] as const
const FINAL = 0x80
const MASKED = 0x80
const NOTHING = Buffer.alloc(0)

export type WebSocketLine = {
  readonly traffic: Traffic
  text(message: string): void
  binary(message: Uint8Array): void
  close(): void
}

export type WebSocketEvents = {
  /** The payload is good until the call returns. */
  readonly onMessage: (payload: Buffer, isText: boolean) => void
  readonly onClose?: () => void
}

/** @param url `http://host:port/path` */
export function dialWebSocket(url: string, { onMessage, onClose }: WebSocketEvents): Promise<WebSocketLine> {
  const { hostname, port, host, pathname, search } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  const traffic: Traffic = { receivedBytes: 0, sentBytes: 0 }
  const mask = randomBytes(4)
  let rest: Buffer = NOTHING

  function send(opcode: number, payload: Uint8Array): void {
    const frame = clientFrame(opcode, payload, mask)
    traffic.sentBytes += frame.length
    socket.write(frame)
  }

  function read(chunk: Buffer): void {
    traffic.receivedBytes += chunk.length
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (;;) {
      const frame = frameAt(bytes, at)
      if (!frame) break
      at = frame.end
      const payload = bytes.subarray(frame.start, frame.end)
      if (frame.opcode === TEXT || frame.opcode === BINARY) onMessage(payload, frame.opcode === TEXT)
      else if (frame.opcode === PING) send(PONG, payload)
      else if (frame.opcode === CLOSE) socket.destroy()
      else if (frame.opcode === CONTINUED) throw new Error('a message in parts')
    }
    rest = at < bytes.length ? bytes.subarray(at) : NOTHING
  }

  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => {
      reject(new Error(`${url} closed the connection`))
      onClose?.()
    })
    whenUpgraded(socket, (refusal, first) => {
      if (refusal) return reject(new Error(`${url}: ${refusal}`))
      socket.on('data', read)
      resolve({
        traffic,
        text: (message) => send(TEXT, Buffer.from(message)),
        binary: (message) => send(BINARY, message),
        close: () => socket.destroy(),
      })
      // Whoever dials has its line first, also when the server's first message came together with its answer.
      if (first.length > 0) queueMicrotask(() => read(first))
    })
    socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    )
  })
}

/** Calls once: with what the server said instead of agreeing, or with the bytes that came after its agreement. */
function whenUpgraded(socket: Socket, then: (refusal: string | undefined, first: Buffer) => void): void {
  let head: Buffer = NOTHING
  socket.on('data', function listen(chunk: Buffer) {
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    socket.off('data', listen)
    const [status = ''] = head.toString('latin1', 0, end).split('\r\n')
    then(status.includes(' 101 ') ? undefined : status, head.subarray(end + 4))
  })
}

type FrameAt = { readonly opcode: number; readonly start: number; readonly end: number }

/** The whole frame that begins there, if it is whole. */
function frameAt(bytes: Buffer, at: number): FrameAt | undefined {
  if (at + 2 > bytes.length) return undefined
  const opcode = (bytes[at] as number) & 0x0f
  const short = (bytes[at + 1] as number) & 0x7f
  const headerBytes = short === 127 ? 10 : short === 126 ? 4 : 2
  if (at + headerBytes > bytes.length) return undefined
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short === 126 ? bytes.readUInt16BE(at + 2) : short
  const start = at + headerBytes
  return start + length > bytes.length ? undefined : { opcode, start, end: start + length }
}

function clientFrame(opcode: number, payload: Uint8Array, mask: Buffer): Buffer {
  const { length } = payload
  if (length > 0xffff) throw new RangeError('the generator sends no message above 64 KB')
  const headerBytes = length > 125 ? 4 : 2
  const frame = Buffer.allocUnsafe(headerBytes + 4 + length)
  frame[0] = FINAL | opcode
  frame[1] = MASKED | (length > 125 ? 126 : length)
  if (length > 125) frame.writeUInt16BE(length, 2)
  mask.copy(frame, headerBytes)
  for (let index = 0; index < length; index++)
    frame[headerBytes + 4 + index] = (payload[index] as number) ^ (mask[index & 3] as number)
  return frame
}
