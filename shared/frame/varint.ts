/**
 * Whole numbers as bytes, for frames and raw fixes. A varint is seven bits a byte, the lowest first, the top bit set on
 * all but the last; a signed one is zigzagged first: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4. Both reach 2^53.
 */
const LARGEST = Number.MAX_SAFE_INTEGER
const BITWISE_BELOW = 2 ** 30

export type ByteWriter = { bytes: Uint8Array; length: number }
/** After `isBad` every read gives 0, so that one look at the end of a part is enough. */
export type ByteReader = { readonly bytes: Uint8Array; at: number; isBad: boolean }

/** To be used again for the next message: `begin`, put, `finish`. */
export const byteWriter = (): ByteWriter => ({ bytes: new Uint8Array(1024), length: 0 })
export const byteReader = (bytes: Uint8Array): ByteReader => ({ bytes, at: 0, isBad: false })
export const isAtEnd = (reader: ByteReader): boolean => reader.at >= reader.bytes.length

export function begin(writer: ByteWriter): void {
  writer.length = 0
}

/** A copy of what was put. */
export const finish = (writer: ByteWriter): Uint8Array => writer.bytes.slice(0, writer.length)

/** The lowest eight bits. */
export function putByte(writer: ByteWriter, value: number): void {
  if (writer.length === writer.bytes.length) {
    const grown = new Uint8Array(writer.length * 2)
    grown.set(writer.bytes)
    writer.bytes = grown
  }
  writer.bytes[writer.length++] = value
}

/** Of a whole number from 0 through 2^53 - 1. */
export function putVarint(writer: ByteWriter, value: number): void {
  let rest = value
  while (rest > 127) {
    putByte(writer, (rest % 128) | 128)
    rest = rest < BITWISE_BELOW ? rest >>> 7 : Math.floor(rest / 128)
  }
  putByte(writer, rest)
}

/** Of a whole number whose double is below 2^53. */
export function putSigned(writer: ByteWriter, value: number): void {
  putVarint(writer, zigzag(value))
}

export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)
export const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2)

export function putFloat(writer: ByteWriter, value: number): void {
  const eight = new Uint8Array(8)
  new DataView(eight.buffer).setFloat64(0, value)
  for (const byte of eight) putByte(writer, byte)
}

export function takeByte(reader: ByteReader): number {
  if (reader.isBad || reader.at >= reader.bytes.length) return bad(reader)
  return reader.bytes[reader.at++] ?? 0
}

/** At most `most`, else bad. */
export function takeVarint(reader: ByteReader, most = LARGEST): number {
  let value = 0
  for (let scale = 1; scale <= LARGEST; scale *= 128) {
    const byte = takeByte(reader)
    value += (byte & 127) * scale
    if (byte < 128) return value <= most ? value : bad(reader)
  }
  return bad(reader)
}

/** From `-most` through `most`, else bad. */
export function takeSigned(reader: ByteReader, most = LARGEST): number {
  const value = unzigzag(takeVarint(reader))
  return Math.abs(value) <= most ? value : bad(reader)
}

/** Eight bytes, big-endian. */
export function takeFloat(reader: ByteReader): number {
  const { bytes, at } = reader
  if (reader.isBad || at + 8 > bytes.length) return bad(reader)
  reader.at += 8
  return new DataView(bytes.buffer, bytes.byteOffset + at).getFloat64(0)
}

export function bad(reader: ByteReader): number {
  reader.isBad = true
  return 0
}
