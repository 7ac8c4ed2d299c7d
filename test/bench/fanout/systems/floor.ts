/**
 * As little as can be done: the bare websocket library, a fix of 19 bytes that is looked at once, and one frame a run a tick, 14 bytes
 * a member, made once and written to each. Nobody is known, nothing is checked, stored or measured along a route.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { System } from '../system.ts'
import { dialWebSocket } from '../web-socket.ts'

const TICK_MS = 1_000
const SLOT_MS = 50
const SLOTS = TICK_MS / SLOT_MS

// Fix: kind u8, latitude and longitude i32 in 1e-7 degree, time u48 ms, accuracy u16 in 0.1 m, speed and heading u8.
const FIX_BYTES = 19
const FIX = 1
// Frame: time f64 ms, members u16; of each its number u16, place as above, age u16 ms, speed and heading u8.
const HEADER_BYTES = 10
const MEMBER_BYTES = 14
const PER_DEG = 1e7
const PER_MPS = 10
const DEG_PER_HEADING = 360 / 256

type Run = { readonly sockets: Set<WebSocket>; readonly moved: Map<number, Buffer> }

async function serve(): Promise<number> {
  const runs = new Map<number, Run>()
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 1_024 })
  sockets.on('connection', (socket, { url = '' }) => {
    const [, runNo = 0, memberNo = 0] = url.split('/').map(Number)
    const { moved, sockets } = runs.get(runNo) ?? { sockets: new Set(), moved: new Map() }
    runs.set(runNo, { moved, sockets })
    sockets.add(socket)
    socket.on('message', (bytes: Buffer) => {
      if (isFix(bytes)) moved.set(memberNo, bytes)
    })
    socket.on('close', () => sockets.delete(socket))
  })

  /** By the clock, and not so long after the last: what drifts tells some places twice as late. */
  let slot = Math.floor(Date.now() / SLOT_MS)
  const tick = () => {
    for (; slot < Math.floor(Date.now() / SLOT_MS); slot++)
      for (const [runNo, run] of runs) if (runNo % SLOTS === slot % SLOTS) tell(run)
    setTimeout(tick, (slot + 1) * SLOT_MS - Date.now())
  }
  tick()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', 4_096, resolve))
  return (http.address() as AddressInfo).port
}

function tell({ sockets, moved }: Run): void {
  if (moved.size === 0) return
  const frame = frameOf(moved)
  moved.clear()
  for (const socket of sockets) socket.send(frame)
}

const isFix = (bytes: Buffer): boolean =>
  bytes.length === FIX_BYTES &&
  bytes[0] === FIX &&
  Math.abs(bytes.readInt32LE(1)) <= 90 * PER_DEG &&
  Math.abs(bytes.readInt32LE(5)) <= 180 * PER_DEG &&
  Math.abs(bytes.readUIntLE(9, 6) - Date.now()) < 3_600_000

function frameOf(moved: ReadonlyMap<number, Buffer>): Buffer {
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

export const floor: System = {
  about: 'bare ws, one binary frame a run a second, nothing checked or stored',
  isNewestWins: true,
  start: async (launch) => [await launch.server()],
  serve,
  prepare:
    async ([address]) =>
    async (runNo, memberNo, onPlace) => {
      const line = await dialWebSocket(`${address}/${runNo}/${memberNo}`, {
        onMessage(bytes) {
          const atMs = bytes.readDoubleLE(0)
          for (let at = HEADER_BYTES; at < bytes.length; at += MEMBER_BYTES) {
            const place = {
              latitudeDeg: bytes.readInt32LE(at + 2) / PER_DEG,
              longitudeDeg: bytes.readInt32LE(at + 6) / PER_DEG,
              takenAtMs: atMs - bytes.readUInt16LE(at + 10),
              speedMps: (bytes[at + 12] as number) / PER_MPS,
              headingDeg: (bytes[at + 13] as number) * DEG_PER_HEADING,
            }
            onPlace(bytes.readUInt16LE(at), place.takenAtMs)
          }
        },
      })
      const message = Buffer.alloc(FIX_BYTES)
      return {
        traffic: line.traffic,
        close: line.close,
        send(fix) {
          message[0] = FIX
          message.writeInt32LE(Math.round(fix.latitudeDeg * PER_DEG), 1)
          message.writeInt32LE(Math.round(fix.longitudeDeg * PER_DEG), 5)
          message.writeUIntLE(fix.takenAtMs, 9, 6)
          message.writeUInt16LE(Math.min(0xffff, Math.round(fix.accuracyM * 10)), 15)
          message[17] = Math.min(255, Math.round(fix.speedMps * PER_MPS))
          message[18] = Math.floor(fix.headingDeg / DEG_PER_HEADING)
          line.binary(message)
        },
      }
    },
}
