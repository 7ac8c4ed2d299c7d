import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser'
import { expect, test } from 'vitest'
import { rawParser } from '../../shared/protocol/raw-parser.ts'

const parser = rawParser({ Encoder, Decoder })
const encoder = new parser.Encoder() as Encoder
const event = (...data: unknown[]): Packet => ({ type: PacketType.EVENT, nsp: '/', data })
const bytes = Uint8Array.from([3, 0, 1, 20, 0])

/** What the program is told of these messages. */
function decoded(messages: readonly unknown[]): Packet[] {
  const decoder = new parser.Decoder() as Decoder
  const packets: Packet[] = []
  decoder.on('decoded', (packet) => packets.push(packet))
  for (const message of messages) decoder.add(message)
  return packets
}

test('[FC11] the event `raw` is one binary message, and nothing else', () => {
  expect(encoder.encode(event('raw', bytes))).toEqual([bytes])
  expect(decoded([bytes])).toEqual([event('raw', bytes)])
  expect(decoded([bytes.buffer, Buffer.from(bytes)])).toEqual([event('raw', bytes), event('raw', Buffer.from(bytes))])
})

test.each<readonly [string, Packet]>([
  ['an event', event('look', { isLooking: true })],
  ['an event with attachments', event('file', bytes, { more: bytes })],
  ['a raw event that wants an answer', { ...event('raw', bytes), id: 7 }],
  ['a raw event of another namespace', { ...event('raw', bytes), nsp: '/other' }],
  ['a raw event of more than bytes', event('raw', bytes, 1)],
  ['an answer', { type: PacketType.ACK, nsp: '/', data: [bytes], id: 7 }],
  ['a greeting', { type: PacketType.CONNECT, nsp: '/', data: { sid: 'x' } }],
])('[FC12] %s travels as Socket.IO has it', (_, packet) => {
  const copy = () => structuredClone(packet)
  const messages = encoder.encode(copy())
  expect(messages).toEqual(new Encoder().encode(copy()))
  expect(decoded(messages)).toMatchObject([packet])
})

test('[FC12] attachments are no raw messages, and what follows them is', () => {
  const attached = event('file', bytes, bytes)
  const messages = [bytes, ...encoder.encode(structuredClone(attached)), bytes, ...encoder.encode(event('end'))]
  expect(decoded(messages)).toMatchObject([event('raw', bytes), attached, event('raw', bytes), event('end')])
})
