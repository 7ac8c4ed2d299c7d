/**
 * What nodes call out to each other about a run (bus.ts): hints, never truth. One byte says which:
 * 1 the journal has grown, then u32 its version; 2 newest places, then a frame (shared/frame/codec.ts).
 */
import { decodeFrame, encodeFrame, type FramePlace } from '../../shared/frame/codec.ts'

const FACTS = 1
const PLACES = 2

export type News =
  | { readonly of: 'facts'; readonly version: number }
  | { readonly of: 'places'; readonly atMs: number; readonly places: readonly FramePlace[] }

export function factsNews(version: number): Uint8Array {
  const bytes = new Uint8Array(5)
  bytes[0] = FACTS
  new DataView(bytes.buffer).setUint32(1, version)
  return bytes
}

export function placesNews(atMs: number, places: readonly FramePlace[]): Uint8Array {
  const frame = encodeFrame({ isKey: false, no: 0, baseNo: 0, atMs, places })
  const bytes = new Uint8Array(1 + frame.byteLength)
  bytes[0] = PLACES
  bytes.set(frame, 1)
  return bytes
}

/** `undefined` for what another version of the server may call out. */
export function readNews(bytes: Uint8Array): News | undefined {
  if (bytes[0] === FACTS && bytes.byteLength === 5)
    return { of: 'facts', version: new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) }
  const frame = bytes[0] === PLACES ? decodeFrame(bytes.subarray(1)) : undefined
  return frame && { of: 'places', atMs: frame.atMs, places: frame.places }
}
