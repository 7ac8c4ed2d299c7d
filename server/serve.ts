/** Puts the rooms of the house together. main.ts gives it the environment, tests what they need. */
import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { Server } from 'socket.io'
import * as socketIoParser from 'socket.io-parser'
import type { Refusal } from '../shared/protocol/errors.ts'
import type { Demo } from '../shared/protocol/http.ts'
import { rawParser } from '../shared/protocol/raw-parser.ts'
import { MESSAGE_BYTES_MAX } from '../shared/protocol/wire.ts'
import { SECOND_MS } from '../shared/units.ts'
import { settleClock } from './clock.ts'
import type { Config } from './config.ts'
import { openNode, type SerikNode } from './node.ts'
import { openOutList } from './out-list.ts'
import { readOrMakeSecret, settleSecret } from './secrets-file.ts'
import { openStores, type Stores } from './stores.ts'
import { openHttpDoor } from './transport/http-door.ts'
import { houseMap } from './transport/http-map.ts'
import { openMetricsDoor } from './transport/metrics-door.ts'
import { isOwnOrigin } from './transport/origin.ts'
import { pushSenderOf } from './transport/push-sender.ts'
import { openSocketDoor } from './transport/socket-door.ts'
import { isCutOff } from './usecase/away.ts'
import type { House } from './usecase/house.ts'
import { pushQueueOf } from './usecase/push-queue.ts'
import { sealsFrom } from './usecase/seals.ts'
import { newTally } from './usecase/tally.ts'

/** After a dead zone thousands knock at once; whom the kernel turns away comes again after seconds. */
const KNOCKING_MAX = 4_096
const DRAIN_MS = 5 * SECOND_MS
const GOODBYE_MS = SECOND_MS
/** A node among others sends its phones there one after the other, so that they do not all knock at once. */
const MOVE_MS = 2 * SECOND_MS
const MOVE_PAUSE_MS = 50

export type Outside = {
  readonly config: Config
  readonly webDir?: string | undefined
  readonly onFault: (fault: unknown, where: string) => void
  /** Instead of what the settings ask for. */
  readonly stores?: Stores
  /** One line for people when the store goes away or comes back. */
  readonly report?: (line: string) => void
  /** Starts a simulated run against the given address of this server. */
  readonly startDemo?: (url: string) => Promise<Demo | Refusal>
}

export type Serving = {
  readonly port: number
  /** Lets the phones go to come back elsewhere, finishes what is under way, and closes the store. */
  close(): Promise<void>
}

export async function serve(outside: Outside): Promise<Serving> {
  const { config, webDir, onFault, report = () => undefined, startDemo } = outside
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 })
  const masterSecret = readOrMakeSecret(join(config.DATA_DIR, 'secrets.json'))
  const { store, bus, sharedCounts } = outside.stores ?? (await openStores(config, report))
  await settleSecret(store, masterSecret)
  const clock = await settleClock(store, config.TIME_SCALE)
  const tally = newTally()
  const seals = sealsFrom(masterSecret)
  const pushes = pushQueueOf(pushSenderOf(seals.vapid, config.PUBLIC_URL, config.PUSH_LOOPBACK), tally, {
    mayBeLoopback: config.PUSH_LOOPBACK,
  })
  const house: House = {
    store,
    bus,
    sharedCounts,
    seals,
    clock,
    outList: openOutList(join(config.DATA_DIR, 'out.jsonl'), onFault),
    tally,
    pushes,
    rates: { fixEveryMs: config.FIX_EVERY_MS, frameEveryMs: config.FRAME_EVERY_MS },
    onFault,
  }
  const node = openNode(house, config.TICK_MS, async () => {
    await settleSecret(store, masterSecret)
    await settleClock(store, config.TIME_SCALE, clock.baseMs)
  })
  let isClosing = false
  let port = 0
  const app = openHttpDoor({
    house,
    rooms: node.rooms,
    trackers: node.trackers,
    asking: node.asking,
    settled: node.positions.settled,
    defaults: { retentionDays: config.RETENTION_DAYS },
    webDir,
    trustProxy: config.TRUST_PROXY,
    publicUrl: config.PUBLIC_URL,
    map: houseMap(config),
    startDemo: config.DEMO && startDemo ? () => startDemo(`http://127.0.0.1:${port}`) : undefined,
    isHealthy: () => !isClosing && !isCutOff(house),
  })
  const server = createServer(app)
  const io = new Server(server, {
    parser: rawParser(socketIoParser),
    transports: ['websocket', 'polling'],
    serveClient: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    pingInterval: 5 * SECOND_MS,
    pingTimeout: 5 * SECOND_MS,
    allowRequest: (request, allow) => allow(null, isOwnOrigin(request.headers, config.PUBLIC_URL)),
  })
  // Looked at already; engine.io would keep each request, with all its headers, for as long as its connection.
  io.engine.on('connection', (connection: { request: IncomingMessage | null }) => {
    const { request } = connection
    if (request) Object.assign(request, { headers: {}, rawHeaders: [] })
    connection.request = null
  })
  const connections = new Set<Socket>()
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  openSocketDoor(io, { house, ...node, isClosing: () => isClosing })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: config.PORT, host: config.HOST, backlog: KNOCKING_MAX }, resolve)
  })
  port = (server.address() as AddressInfo).port
  const stop = node.start()
  const metrics =
    config.METRICS_PORT === undefined
      ? undefined
      : await openMetricsDoor(config.METRICS_HOST, config.METRICS_PORT, {
          tally: house.tally,
          connectedCount: () => io.engine.clientsCount,
          openRunCount: () => [...node.rooms.openRooms()].length,
          fixesDroppedCount: node.positions.droppedCount,
        })

  return {
    port,
    async close() {
      isClosing = true
      server.close()
      try {
        if (!bus.isAlone) await moveAll(node)
        stop()
        await within(DRAIN_MS, node.positions.settled())
        await new Promise((resolve) => setImmediate(resolve)) // answers that became due go out first
        await within(GOODBYE_MS, io.close())
      } finally {
        stop()
        // A phone in a dead zone answers no goodbye, and an idle connection none at all.
        for (const socket of connections) socket.destroy()
        pushes.close()
        metrics?.close()
        metrics?.closeAllConnections()
        await bus.close()
        await store.close()
      }
    },
  }
}

const within = (ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))])

/** One after the other, in no order, while those who stay are served as before. */
async function moveAll({ rooms }: SerikNode): Promise<void> {
  const links = [...rooms.openRooms()].flatMap((room) => [...room.links()])
  for (let i = links.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    const [a, b] = [links[i], links[j]]
    if (a && b) [links[i], links[j]] = [b, a]
  }
  const pauseMs = Math.min(MOVE_PAUSE_MS, MOVE_MS / Math.max(1, links.length))
  let dueMs = performance.now()
  for (const link of links) {
    link.letGo()
    dueMs += pauseMs
    const earlyMs = dueMs - performance.now()
    if (earlyMs > 1) await new Promise((resolve) => setTimeout(resolve, earlyMs))
  }
}
