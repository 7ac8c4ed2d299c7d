/**
 * A frame: the newest places of an audience, packed. This layout sends each changed place whole; a phone that misses
 * a frame keeps what it has and asks for a key frame, which holds everybody.
 *
 * Big-endian. Header, 18 bytes: u8 layout (2), u8 1 for a key frame, u32 number, u32 base (the number this
 * one stands on; 0 for a key frame), f64 `atMs`. Then each place, 16 bytes: u16 memberNo, i32 latitude and i32
 * longitude in 1e-6 degree, u16 age in 0.1 s (65535: that or more), u8 accuracy in m (255 unknown, 254
 * that or more), u8 speed in 0.25 m/s (255 unknown), u8 heading in 360/240 degree (255 unknown), u8 flags. With the flag
 * 1 its progress follows (progress-codec.ts).
 *
 * Layouts: 1 places alone, without flags; 2 progress beside them.
 */
import type { PlaceProgress } from '../geo/progress/place-progress.ts'
import { decodeProgress, encodeProgress, flagsOf, progressBytes } from './progress-codec.ts'

const LAYOUT = 2
const HEADER_BYTES = 18
const PLACE_BYTES = 16
const UNKNOWN = 255
const OLDEST_DS = 65_535

export type FramePlace = {
  readonly memberNo: number
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  /** At the frame's `atMs`. */
  readonly ageMs: number
  readonly accuracyM: number | null
  readonly speedMps: number | null
  readonly headingDeg: number | null
  /** Along the route, when the fix was taken; `null` where that is not known. */
  readonly progress: PlaceProgress | null
}
export type Frame = {
  readonly isKey: boolean
  readonly no: number
  readonly baseNo: number
  readonly atMs: number
  readonly places: readonly FramePlace[]
}

export function encodeFrame(frame: Frame): Uint8Array {
  const placeBytes = frame.places.reduce((sum, { progress }) => sum + PLACE_BYTES + progressBytes(flagsOf(progress)), 0)
  const bytes = new Uint8Array(HEADER_BYTES + placeBytes)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, LAYOUT)
  view.setUint8(1, frame.isKey ? 1 : 0)
  view.setUint32(2, frame.no)
  view.setUint32(6, frame.baseNo)
  view.setFloat64(10, frame.atMs)
  let at = HEADER_BYTES
  for (const place of frame.places) {
    const flags = flagsOf(place.progress)
    view.setUint16(at, place.memberNo)
    view.setInt32(at + 2, Math.round(place.latitudeDeg * 1e6))
    view.setInt32(at + 6, Math.round(place.longitudeDeg * 1e6))
    view.setUint16(at + 10, Math.min(OLDEST_DS, Math.max(0, Math.round(place.ageMs / 100))))
    view.setUint8(at + 12, place.accuracyM === null ? UNKNOWN : Math.min(254, Math.round(place.accuracyM)))
    view.setUint8(at + 13, place.speedMps === null ? UNKNOWN : Math.min(254, Math.round(place.speedMps * 4)))
    view.setUint8(at + 14, place.headingDeg === null ? UNKNOWN : Math.round((place.headingDeg / 360) * 240) % 240)
    view.setUint8(at + 15, flags)
    at += PLACE_BYTES
    if (place.progress) encodeProgress(view, at, place.progress)
    at += progressBytes(flags)
  }
  return bytes
}

/** `undefined` for bytes of another layout or of a wrong length: ask for a key frame, or for JSON. */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  if (bytes.byteLength < HEADER_BYTES || bytes[0] !== LAYOUT) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const places: FramePlace[] = []
  let at = HEADER_BYTES
  while (at < bytes.byteLength) {
    const flags = bytes[at + 15] ?? 0
    const end = at + PLACE_BYTES + progressBytes(flags)
    if (end > bytes.byteLength) return undefined
    const [accuracy, speed, heading] = [view.getUint8(at + 12), view.getUint8(at + 13), view.getUint8(at + 14)]
    places.push({
      memberNo: view.getUint16(at),
      latitudeDeg: view.getInt32(at + 2) / 1e6,
      longitudeDeg: view.getInt32(at + 6) / 1e6,
      ageMs: view.getUint16(at + 10) * 100,
      accuracyM: accuracy === UNKNOWN ? null : accuracy,
      speedMps: speed === UNKNOWN ? null : speed / 4,
      headingDeg: heading === UNKNOWN ? null : (heading / 240) * 360,
      progress: decodeProgress(view, at + PLACE_BYTES, flags),
    })
    at = end
  }
  return {
    isKey: view.getUint8(1) === 1,
    no: view.getUint32(2),
    baseNo: view.getUint32(6),
    atMs: view.getFloat64(10),
    places,
  }
}
