/**
 * The floor's bytes: what a fix and a frame need, without a thought about how they could be fewer. The coalescer behind mosquitto uses
 * them too.
 */
import type { BenchFix, OnPlace } from './system.ts'

// Fix: kind u8, latitude and longitude i32 in 1e-7 degree, time u48 ms, accuracy u16 in 0.1 m, speed and heading u8.
const FIX_BYTES = 19
const FIX = 1
// Frame: time f64 ms, members u16; of each its number u16, place as above, age u16 ms, speed and heading u8.
const HEADER_BYTES = 10
const MEMBER_BYTES = 14
const PER_DEG = 1e7
const PER_M = 10
const PER_MPS = 10
const DEG_PER_HEADING = 360 / 256
const WRONG_CLOCK_MS = 3_600_000

export function fixBytes(fix: BenchFix): Buffer {
  const bytes = Buffer.allocUnsafe(FIX_BYTES)
  bytes[0] = FIX
  bytes.writeInt32LE(Math.round(fix.latitudeDeg * PER_DEG), 1)
  bytes.writeInt32LE(Math.round(fix.longitudeDeg * PER_DEG), 5)
  bytes.writeUIntLE(fix.takenAtMs, 9, 6)
  bytes.writeUInt16LE(Math.min(0xffff, Math.round(fix.accuracyM * PER_M)), 15)
  bytes[17] = Math.min(255, Math.round(fix.speedMps * PER_MPS))
  bytes[18] = Math.floor(fix.headingDeg / DEG_PER_HEADING)
  return bytes
}

export const isFix = (bytes: Buffer): boolean =>
  bytes.length === FIX_BYTES &&
  bytes[0] === FIX &&
  Math.abs(bytes.readInt32LE(1)) <= 90 * PER_DEG &&
  Math.abs(bytes.readInt32LE(5)) <= 180 * PER_DEG &&
  Math.abs(bytes.readUIntLE(9, 6) - Date.now()) < WRONG_CLOCK_MS

/** @param moved fixes by member number */
export function frameBytes(moved: ReadonlyMap<number, Buffer>): Buffer {
  const nowMs = Date.now()
  const frame = Buffer.allocUnsafe(HEADER_BYTES + MEMBER_BYTES * moved.size)
  frame.writeDoubleLE(nowMs, 0)
  frame.writeUInt16LE(moved.size, 8)
  let at = HEADER_BYTES
  for (const [memberNo, fix] of moved) {
    frame.writeUInt16LE(memberNo, at)
    fix.copy(frame, at + 2, 1, 9)
    frame.writeUInt16LE(Math.min(0xffff, Math.max(0, nowMs - fix.readUIntLE(9, 6))), at + 10)
    fix.copy(frame, at + 12, 17, 19)
    at += MEMBER_BYTES
  }
  return frame
}

/** Reads all of it, as a phone has to. */
export function readFrame(frame: Buffer, onPlace: OnPlace): void {
  const atMs = frame.readDoubleLE(0)
  for (let at = HEADER_BYTES; at < frame.length; at += MEMBER_BYTES) {
    const place = {
      memberNo: frame.readUInt16LE(at),
      latitudeDeg: frame.readInt32LE(at + 2) / PER_DEG,
      longitudeDeg: frame.readInt32LE(at + 6) / PER_DEG,
      takenAtMs: atMs - frame.readUInt16LE(at + 10),
      speedMps: (frame[at + 12] as number) / PER_MPS,
      headingDeg: (frame[at + 13] as number) * DEG_PER_HEADING,
    }
    onPlace(place.memberNo, place.takenAtMs)
  }
}
