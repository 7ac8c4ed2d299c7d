/**
 * Raw messages in Socket.IO: a binary websocket message of its own, without the text message that Socket.IO sends before each
 * attachment. To the program it is the event `raw` with one Uint8Array, both ways; everything else stays as it was.
 *
 * For the official `parser` option of server and client. A client with Socket.IO's own parser breaks off at a raw message, so
 * the server sends them only to who greeted with `frames: 'binary'`.
 */
const RAW = 'raw'
const EVENT = 2
const ROOT = '/'
/** A text message that announces attachments: BINARY_EVENT or BINARY_ACK, and how many. */
const ANNOUNCES = /^[56](\d+)-/

type Packet = { readonly type: number; readonly nsp: string; readonly data?: unknown; readonly id?: number }
type PacketEncoder = { encode(packet: Packet): unknown[] }
type PacketDecoder = {
  add(message: unknown): void
  emit(event: 'decoded', packet: Packet): unknown
}
type Parser = { readonly Encoder: new () => PacketEncoder; readonly Decoder: new () => PacketDecoder }

/** From the two classes of socket.io-parser. */
export function rawParser({ Encoder, Decoder }: Parser): Parser {
  class RawEncoder extends Encoder {
    override encode(packet: Packet): unknown[] {
      const raw = rawIn(packet)
      return raw ? [raw] : super.encode(packet)
    }
  }

  class RawDecoder extends Decoder {
    /** So many attachments of an announced message are still to come. */
    #attachments = 0

    override add(message: unknown): void {
      const bytes = typeof message === 'string' ? undefined : bytesOf(message)
      if (bytes && this.#attachments === 0) {
        this.emit('decoded', { type: EVENT, nsp: ROOT, data: [RAW, bytes] })
        return
      }
      super.add(message)
      if (typeof message === 'string') this.#attachments = Number(ANNOUNCES.exec(message)?.[1] ?? 0)
      else this.#attachments--
    }
  }

  return { Encoder: RawEncoder, Decoder: RawDecoder }
}

function rawIn({ type, nsp, data, id }: Packet): Uint8Array | undefined {
  if (type !== EVENT || nsp !== ROOT || id !== undefined || !Array.isArray(data)) return undefined
  const [event, bytes, ...more] = data
  return event === RAW && more.length === 0 && bytes instanceof Uint8Array ? bytes : undefined
}

function bytesOf(message: unknown): Uint8Array | undefined {
  if (message instanceof Uint8Array) return message
  return message instanceof ArrayBuffer ? new Uint8Array(message) : undefined
}
