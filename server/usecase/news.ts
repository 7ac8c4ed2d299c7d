/**
 * What nodes call out to each other about a run (bus.ts): hints, never truth. One byte says which:
 * 1 the journal has grown, then u32 its version; 2 newest places, then a key frame (shared/frame/frame-lane.ts);
 * 4 who is connected there, then u32 the number of the node, u16 how many of them look, and u16 the number of each. (3 was without who looks.)
 * 5 the same, where screens went dark of late: after how many look u16 how many went dark, and for each u16 the number and u32 how many ms ago.
 * 6 who looks there, then u32 the number of the node, and u16 the number of each.
 */
import { frameOf } from '../../shared/frame/frame-lane.ts'
import type { FramePlace } from '../../shared/frame/frame-place.ts'
import { frameReader } from '../../shared/frame/frame-reader.ts'
import type { Looked, Present } from './presence.ts'

const FACTS = 1
const PLACES = 2
const PRESENT = 4
const PRESENT_DARK = 5
const LOOKED = 6
const LOOKED_HEADER = 5
const PRESENT_HEADER = 7
const DARK_BYTES = 6

export type News =
  | { readonly of: 'facts'; readonly version: number }
  | { readonly of: 'places'; readonly places: readonly FramePlace[] }
  | { readonly of: 'present'; readonly present: Present }
  | { readonly of: 'looked'; readonly looked: Looked }

export function factsNews(version: number): Uint8Array {
  const bytes = new Uint8Array(5)
  bytes[0] = FACTS
  new DataView(bytes.buffer).setUint32(1, version)
  return bytes
}

export function placesNews(atMs: number, places: readonly FramePlace[]): Uint8Array {
  const frame = frameOf(atMs, places)
  const bytes = new Uint8Array(1 + frame.byteLength)
  bytes[0] = PLACES
  bytes.set(frame, 1)
  return bytes
}

export function presentNews({ nodeNo, memberNos, lookingCount, dark = [] }: Present): Uint8Array {
  const darkBytes = dark.length > 0 ? 2 + DARK_BYTES * dark.length : 0
  const bytes = new Uint8Array(PRESENT_HEADER + darkBytes + 2 * memberNos.length)
  bytes[0] = dark.length > 0 ? PRESENT_DARK : PRESENT
  const view = new DataView(bytes.buffer)
  view.setUint32(1, nodeNo)
  view.setUint16(5, Math.min(0xffff, lookingCount))
  if (dark.length > 0) view.setUint16(PRESENT_HEADER, dark.length)
  for (const [i, { memberNo, forMs }] of dark.entries()) {
    view.setUint16(PRESENT_HEADER + 2 + DARK_BYTES * i, memberNo)
    view.setUint32(PRESENT_HEADER + 4 + DARK_BYTES * i, Math.round(forMs))
  }
  for (const [i, memberNo] of memberNos.entries()) view.setUint16(PRESENT_HEADER + darkBytes + 2 * i, memberNo)
  return bytes
}

export function lookedNews({ nodeNo, memberNos }: Looked): Uint8Array {
  const bytes = new Uint8Array(LOOKED_HEADER + 2 * memberNos.length)
  bytes[0] = LOOKED
  const view = new DataView(bytes.buffer)
  view.setUint32(1, nodeNo)
  for (const [i, memberNo] of memberNos.entries()) view.setUint16(LOOKED_HEADER + 2 * i, memberNo)
  return bytes
}

/** `undefined` for what another version of the server may call out. */
export function readNews(bytes: Uint8Array): News | undefined {
  if (bytes[0] === FACTS && bytes.byteLength === 5)
    return { of: 'facts', version: new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) }
  if (bytes[0] === PRESENT || bytes[0] === PRESENT_DARK) return presentOf(bytes)
  if (bytes[0] === LOOKED) return lookedOf(bytes)
  const frame = bytes[0] === PLACES ? frameReader().read(bytes.subarray(1)) : undefined
  return typeof frame === 'object' ? { of: 'places', places: frame.places } : undefined
}

function lookedOf(bytes: Uint8Array): News | undefined {
  const count = (bytes.byteLength - LOOKED_HEADER) / 2
  if (count < 0 || !Number.isInteger(count)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const memberNos = Array.from({ length: count }, (_, i) => view.getUint16(LOOKED_HEADER + 2 * i))
  return { of: 'looked', looked: { nodeNo: view.getUint32(1), memberNos } }
}

function presentOf(bytes: Uint8Array): News | undefined {
  const isDark = bytes[0] === PRESENT_DARK
  if (bytes.byteLength < PRESENT_HEADER + (isDark ? 2 : 0)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const darkCount = isDark ? view.getUint16(PRESENT_HEADER) : 0
  const fromByte = PRESENT_HEADER + (isDark ? 2 + DARK_BYTES * darkCount : 0)
  const count = (bytes.byteLength - fromByte) / 2
  if (count < 0 || !Number.isInteger(count)) return undefined
  const dark = Array.from({ length: darkCount }, (_, i) => ({
    memberNo: view.getUint16(PRESENT_HEADER + 2 + DARK_BYTES * i),
    forMs: view.getUint32(PRESENT_HEADER + 4 + DARK_BYTES * i),
  }))
  const memberNos = Array.from({ length: count }, (_, i) => view.getUint16(fromByte + 2 * i))
  const present = { nodeNo: view.getUint32(1), lookingCount: view.getUint16(5), memberNos, ...(isDark && { dark }) }
  return { of: 'present', present }
}
