/** What a weekend makes: a Socket.IO room for each run, and every position passed on to it as it comes. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { dialSocketIo } from '../socket-io.ts'
import { addressFor, BACKLOG, type BenchFix, type Join, type System } from '../system.ts'

type Position = {
  readonly lat: number
  readonly lon: number
  readonly t: number
  readonly acc: number
  readonly speed: number
  readonly heading: number
}

/** As an app writes it: five decimals are a metre. */
export const positionOf = (fix: BenchFix): Position => ({
  lat: Math.round(fix.latitudeDeg * 1e6) / 1e6,
  lon: Math.round(fix.longitudeDeg * 1e6) / 1e6,
  t: fix.takenAtMs,
  acc: Math.round(fix.accuracyM * 10) / 10,
  speed: Math.round(fix.speedMps * 100) / 100,
  heading: Math.round(fix.headingDeg * 10) / 10,
})

export async function serve(adapt: (io: Server) => void): Promise<number> {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket'] })
  adapt(io)
  io.on('connection', (socket) => {
    const { run, member } = socket.handshake.auth as { run: string; member: number }
    socket.join(run)
    socket.on('position', (position: Position) => socket.to(run).emit('position', { member, ...position }))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', BACKLOG, resolve))
  return (http.address() as AddressInfo).port
}

export const prepare =
  async (addresses: readonly string[]): Promise<Join> =>
  async (runNo, memberNo, onPlace) => {
    const line = await dialSocketIo(
      addressFor(addresses, memberNo),
      { run: `run-${runNo}`, member: memberNo },
      {
        onEvent(event, body) {
          if (event !== 'position') return
          const { member, t } = body as Position & { readonly member: number }
          onPlace(member, t)
        },
      },
    )
    return { traffic: line.traffic, close: line.close, send: (fix) => line.emit('position', positionOf(fix)) }
  }

export const naive: System = {
  about: 'Socket.IO, one JSON event a position to the room',
  isNewestWins: false,
  start: async (launch) => [await launch.server()],
  serve: () => serve(() => undefined),
  prepare,
}
