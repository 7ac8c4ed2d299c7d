/** What a node does, for Prometheus, on a port of its own that the public does not reach. */
import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Tally } from '../usecase/tally.ts'

const counters = {
  fixesTaken: ['serik_fixes_taken_total', 'Fixes taken from phones and trackers'],
  fixesRefused: ['serik_fix_messages_refused_total', 'Raw messages with fixes that were refused'],
  framesSent: ['serik_frames_sent_total', 'Frames sent, key frames included'],
  keyFramesSent: ['serik_key_frames_sent_total', 'Frames that held everybody'],
  framesSkipped: ['serik_frames_skipped_total', 'Frames not sent because their reader was behind'],
  readersLetGo: ['serik_readers_let_go_total', 'Connections ended because too much waited for their reader'],
  pushesSent: ['serik_pushes_sent_total', 'Pushes taken by a push service'],
  pushesFailed: ['serik_pushes_failed_total', 'Pushes refused, or not sent in time'],
  pushesDropped: ['serik_pushes_dropped_total', 'Pushes not sent because too many waited'],
  pushesGone: ['serik_pushes_gone_total', 'Subscriptions that were over, and forgotten'],
} as const satisfies Partial<Record<keyof Tally, readonly [name: string, help: string]>>

export type Watched = {
  readonly tally: Tally
  readonly connectedCount: () => number
  readonly openRunCount: () => number
  readonly fixesDroppedCount: () => number
}

/** Resolves when it listens. */
export async function openMetricsDoor(host: string, port: number, watched: Watched): Promise<Server> {
  const register = registryOf(watched)
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    const text = await register.metrics()
    response.writeHead(200, { 'Content-Type': register.contentType }).end(text)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}

function registryOf({ tally, connectedCount, openRunCount, fixesDroppedCount }: Watched): Registry {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]
  for (const [field, [name, help]] of Object.entries(counters))
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(tally[field as keyof Tally])
      },
    })
  new Counter({
    name: 'serik_fixes_dropped_total',
    help: 'Live fixes not stored because the store was too slow or away; their phones send them again',
    registers,
    collect() {
      this.reset()
      this.inc(fixesDroppedCount())
    },
  })
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  gauge(
    'serik_load_level',
    '0 nothing left out, 1 detail of overviews, 2 half of the frames, 3 three quarters of them',
    () => tally.loadLevel,
  )
  gauge('serik_connected_seats', 'Seats connected to this node', connectedCount)
  gauge('serik_open_runs', 'Runs open on this node', openRunCount)
  return register
}
