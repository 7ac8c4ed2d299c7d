/** Puts the rooms of the house together. main.ts gives it the environment, tests what they need. */
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { Server } from 'socket.io'
import type { Demo } from '../shared/protocol/http.ts'
import { MESSAGE_BYTES_MAX } from '../shared/protocol/wire.ts'
import { SECOND_MS } from '../shared/units.ts'
import { settleClock } from './clock.ts'
import type { Config } from './config.ts'
import { readOrMakeSecret } from './secrets-file.ts'
import { openMemoryStore } from './store/memory-store.ts'
import { openSqliteStore } from './store/sqlite-store.ts'
import type { Store } from './store/store.ts'
import { openHttpDoor } from './transport/http-door.ts'
import { isOwnOrigin } from './transport/origin.ts'
import { openSocketDoor } from './transport/socket-door.ts'
import type { House } from './usecase/house.ts'
import { positionsOf } from './usecase/positions.ts'
import { roomsOf } from './usecase/rooms.ts'
import { sealsFrom } from './usecase/seals.ts'
import { trackersOf } from './usecase/trackers.ts'
import { watchOver } from './usecase/watch-over.ts'

const SLOT_MS = 50
const LOOK_EVERY_MS = 250
const SWEEP_EVERY_MS = 30 * SECOND_MS
const DRAIN_MS = 5 * SECOND_MS
const GOODBYE_MS = SECOND_MS

export type Outside = {
  readonly config: Config
  readonly webDir?: string | undefined
  readonly onFault: (fault: unknown, where: string) => void
  /** Starts a simulated run against the given address of this server. */
  readonly startDemo?: (url: string) => Promise<Demo>
}

export type Serving = {
  readonly port: number
  /** Finishes what is under way, lets the phones go to come back elsewhere, and closes the store. */
  close(): Promise<void>
}

export async function serve({ config, webDir, onFault, startDemo }: Outside): Promise<Serving> {
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 })
  const store = openStore(config)
  const house: House = {
    store,
    seals: sealsFrom(readOrMakeSecret(join(config.DATA_DIR, 'secrets.json'))),
    clock: await settleClock(store, config.TIME_SCALE),
    onFault,
  }
  const rooms = roomsOf(house)
  const positions = positionsOf(house)
  const trackers = trackersOf(house, rooms, positions)
  const look = watchOver(house, rooms)

  let port = 0
  const app = openHttpDoor({
    house,
    rooms,
    trackers,
    defaults: { retentionDays: config.RETENTION_DAYS },
    webDir,
    trustProxy: config.TRUST_PROXY,
    publicUrl: config.PUBLIC_URL,
    startDemo: config.DEMO && startDemo ? () => startDemo(`http://127.0.0.1:${port}`) : undefined,
  })
  const server = createServer(app)
  const io = new Server(server, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    pingInterval: 5 * SECOND_MS,
    pingTimeout: 5 * SECOND_MS,
    allowRequest: (request, allow) => allow(null, isOwnOrigin(request.headers, config.PUBLIC_URL)),
  })
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  openSocketDoor(io, house, rooms, positions)

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.PORT, config.HOST, resolve)
  })
  port = (server.address() as AddressInfo).port

  // Runs take turns over the tick, so that the node's work is even.
  const slotCount = Math.max(1, Math.floor(config.TICK_MS / SLOT_MS))
  let slot = 0
  const timers = [
    setInterval(() => {
      slot = (slot + 1) % slotCount
      tickSlot(slot)
    }, config.TICK_MS / slotCount),
    setInterval(() => void look(), LOOK_EVERY_MS),
    setInterval(() => rooms.sweep(), SWEEP_EVERY_MS),
  ]
  function tickSlot(now: number): void {
    for (const room of rooms.openRooms()) {
      if (slotOf(room.runId, slotCount) !== now) continue
      try {
        room.tick()
      } catch (fault) {
        onFault(fault, 'tick') // one run's trouble is not the others'
      }
    }
  }

  return {
    port,
    async close() {
      for (const timer of timers) clearInterval(timer)
      server.close()
      try {
        await within(DRAIN_MS, positions.settled())
        await new Promise((resolve) => setImmediate(resolve)) // answers that became due go out first
        await within(GOODBYE_MS, io.close())
      } finally {
        // A phone in a dead zone answers no goodbye, and an idle connection none at all.
        for (const socket of connections) socket.destroy()
        await store.close()
      }
    },
  }
}

const within = (ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))])

/** Ids are random already: their last digits spread runs evenly. */
const slotOf = (runId: string, slotCount: number): number => Number.parseInt(runId.slice(-6), 36) % slotCount

const openStore = ({ STORE, DATA_DIR }: Config): Store =>
  STORE === 'memory' ? openMemoryStore() : openSqliteStore(join(DATA_DIR, 'serik.db'))
