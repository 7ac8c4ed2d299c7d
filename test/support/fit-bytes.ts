/**
 * A FIT file of `record` messages, byte by byte, to test the reader with.
 * Layout after the public description of the format: header, definition message, data messages, checksum.
 */

export type FitRecord = {
  /** Absent: the watch had no reception. */
  readonly place?: { readonly latitudeDeg: number; readonly longitudeDeg: number }
  /** Absent: the message carries the format's "invalid" value. */
  readonly takenAtMs?: number
  readonly altitudeM?: number
}

const FIT_EPOCH_MS = Date.UTC(1989, 11, 31)
const SEMICIRCLES_PER_DEG = 2 ** 31 / 180
const RECORD_MESSAGE = 20
const [SINT32, UINT32, UINT16] = [0x85, 0x86, 0x84]
const FIELDS = [
  { number: 253, sizeBytes: 4, baseType: UINT32 },
  { number: 0, sizeBytes: 4, baseType: SINT32 },
  { number: 1, sizeBytes: 4, baseType: SINT32 },
  { number: 2, sizeBytes: 2, baseType: UINT16 },
]
const HEADER_BYTES = 14

export function fitBytes(records: readonly FitRecord[]): Uint8Array {
  const data = [...definition(), ...records.flatMap(recordMessage)]
  const header = [HEADER_BYTES, 0x20, ...littleEndian(2132, 2), ...littleEndian(data.length, 4), ...bytesOf('.FIT')]
  const file = [...header, ...littleEndian(checksum(header), 2), ...data]
  return Uint8Array.from([...file, ...littleEndian(checksum(file), 2)])
}

function definition(): number[] {
  const fields = FIELDS.flatMap(({ number, sizeBytes, baseType }) => [number, sizeBytes, baseType])
  return [0x40, 0, 0, ...littleEndian(RECORD_MESSAGE, 2), FIELDS.length, ...fields]
}

function recordMessage({ place, takenAtMs, altitudeM }: FitRecord): number[] {
  const seconds = takenAtMs === undefined ? 0xffffffff : Math.round((takenAtMs - FIT_EPOCH_MS) / 1_000)
  const altitude = altitudeM === undefined ? 0xffff : Math.round((altitudeM + 500) * 5)
  return [
    0,
    ...littleEndian(seconds, 4),
    ...littleEndian(place ? Math.round(place.latitudeDeg * SEMICIRCLES_PER_DEG) : 0x7fffffff, 4),
    ...littleEndian(place ? Math.round(place.longitudeDeg * SEMICIRCLES_PER_DEG) : 0x7fffffff, 4),
    ...littleEndian(altitude, 2),
  ]
}

const bytesOf = (text: string) => [...text].map((letter) => letter.charCodeAt(0))

function littleEndian(value: number, sizeBytes: number): number[] {
  return Array.from({ length: sizeBytes }, (_, index) => (value >> (8 * index)) & 0xff)
}

/** CRC-16 with the reflected polynomial 0xA001. */
function checksum(bytes: readonly number[]): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  }
  return crc
}
