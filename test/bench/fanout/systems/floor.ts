/**
 * As little as can be done: the bare websocket library, a fix of 19 bytes that is looked at once, and one frame a run a tick, 14 bytes
 * a member, made once and written to each. Nobody is known, nothing is checked, stored or measured along a route.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { fixBytes, frameBytes, isFix, readFrame } from '../floor-codec.ts'
import { BACKLOG, type System } from '../system.ts'
import { takeTurns } from '../turns.ts'
import { dialWebSocket } from '../web-socket.ts'

type Run = { readonly sockets: Set<WebSocket>; readonly moved: Map<number, Buffer> }

async function serve(): Promise<number> {
  const runs = new Map<number, Run>()
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 1_024 })
  server.on('connection', (socket, { url = '' }) => {
    const [, runNo = 0, memberNo = 0] = url.split('/').map(Number)
    const { moved, sockets } = runs.get(runNo) ?? { sockets: new Set(), moved: new Map() }
    runs.set(runNo, { moved, sockets })
    sockets.add(socket)
    socket.on('message', (bytes: Buffer) => {
      if (isFix(bytes)) moved.set(memberNo, bytes)
    })
    socket.on('close', () => sockets.delete(socket))
  })

  takeTurns(runs, ({ sockets, moved }) => {
    if (moved.size === 0) return
    const frame = frameBytes(moved)
    moved.clear()
    for (const socket of sockets) socket.send(frame)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', BACKLOG, resolve))
  return (http.address() as AddressInfo).port
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
        onMessage: (bytes) => readFrame(bytes, onPlace),
      })
      return { traffic: line.traffic, close: line.close, send: (fix) => line.binary(fixBytes(fix)) }
    },
}
