/** A lean MQTT 5 client of the load generator and of the coalescer: QoS 0 only, nothing is told to its own sender. */
import { connect } from 'node:net'
import type { Traffic } from './system.ts'

const [CONNECT, CONNACK, PUBLISH, SUBSCRIBE, SUBACK] = [0x10, 0x20, 0x30, 0x82, 0x90] as const
const CLEAN_START = 2
const NO_LOCAL = 4
const NO_RETAINED = 0x20
const KEEP_ALIVE_S = 600
const NOTHING = Buffer.alloc(0)

export type MqttLine = {
  readonly traffic: Traffic
  /** Resolves when the broker has agreed. */
  subscribe(filter: string): Promise<void>
  publish(topic: string, payload: Uint8Array): void
  close(): void
}

/** `onMessage`: the payload is good until the call returns. */
export async function dialMqtt(
  port: number,
  clientId: string,
  onMessage: (topic: string, payload: Buffer) => void,
): Promise<MqttLine> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const traffic: Traffic = { receivedBytes: 0, sentBytes: 0 }
  let rest: Buffer = NOTHING
  let lastPacketId = 0
  /** Connecting, and then each subscription, waits for one answer. */
  let onAnswer: () => void = () => undefined
  const answer = () =>
    new Promise<void>((resolve, reject) => {
      onAnswer = resolve
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('the broker closed the connection')))
    })

  function send(type: number, ...parts: readonly Uint8Array[]): void {
    const body = Buffer.concat(parts)
    const bytes = Buffer.concat([Buffer.from([type, ...varint(body.length)]), body])
    traffic.sentBytes += bytes.length
    socket.write(bytes)
  }

  socket.on('data', (chunk: Buffer) => {
    traffic.receivedBytes += chunk.length
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (;;) {
      const packet = packetAt(bytes, at)
      if (!packet) break
      at = packet.end
      if (packet.type === PUBLISH) {
        const topicEnd = packet.start + 2 + bytes.readUInt16BE(packet.start)
        const properties = bytes[topicEnd] as number // none is ever long
        onMessage(
          bytes.toString('latin1', packet.start + 2, topicEnd),
          bytes.subarray(topicEnd + 1 + properties, packet.end),
        )
      } else if (packet.type === CONNACK || packet.type === SUBACK) onAnswer()
    }
    rest = at < bytes.length ? bytes.subarray(at) : NOTHING
  })

  const connected = answer()
  send(CONNECT, text('MQTT'), Buffer.from([5, CLEAN_START, KEEP_ALIVE_S >> 8, KEEP_ALIVE_S & 0xff, 0]), text(clientId))
  await connected
  return {
    traffic,
    subscribe(filter) {
      const id = ++lastPacketId
      send(SUBSCRIBE, Buffer.from([id >> 8, id & 0xff, 0]), text(filter), Buffer.from([NO_LOCAL | NO_RETAINED]))
      return answer()
    },
    publish: (topic, payload) => send(PUBLISH, text(topic), Buffer.from([0]), payload),
    close: () => socket.destroy(),
  }
}

function text(value: string): Buffer {
  const bytes = Buffer.alloc(2 + Buffer.byteLength(value))
  bytes.writeUInt16BE(bytes.length - 2)
  bytes.write(value, 2)
  return bytes
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
}

/** The whole packet that begins there, if it is whole. Flags are left out of its type. */
function packetAt(bytes: Buffer, at: number): { type: number; start: number; end: number } | undefined {
  let length = 0
  for (let index = 0; index < 4; index++) {
    const byte = bytes[at + 1 + index]
    if (byte === undefined) return undefined
    length += (byte & 127) * 128 ** index
    if (byte >= 128) continue
    const start = at + 2 + index
    const end = start + length
    return end > bytes.length ? undefined : { type: (bytes[at] as number) & 0xf0, start, end }
  }
  throw new Error('no MQTT')
}
