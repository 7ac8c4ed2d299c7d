/** The naive way on two nodes, as Socket.IO's documentation says to scale it. */
import { Redis } from 'ioredis'
import type { Server } from 'socket.io'
import { loadPeer, missingPeer, missingProgram } from '../peers.ts'
import type { System } from '../system.ts'
import { prepare, serve } from './naive.ts'

const PACKAGE = '@socket.io/redis-adapter'

type AdapterPackage = {
  readonly createAdapter: (publishing: Redis, subscribed: Redis) => NonNullable<Parameters<Server['adapter']>[0]>
}

export const adapter: System = {
  about: 'the same on two nodes with @socket.io/redis-adapter and a Redis, members dealt out over the nodes',
  isNewestWins: false,
  missing: () => missingPeer(PACKAGE) ?? missingProgram('redis-server', '--version', 'redis-server'),
  async start(launch) {
    const keepsNothing = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const redisPort = String(await launch.program('redis-server', (port) => ['--port', String(port), ...keepsNothing]))
    return [await launch.server({ redisPort }), await launch.server({ redisPort })]
  },
  async serve({ redisPort }) {
    const { createAdapter } = await loadPeer<AdapterPackage>(PACKAGE)
    const publishing = new Redis(Number(redisPort), '127.0.0.1')
    return serve((io) => void io.adapter(createAdapter(publishing, publishing.duplicate())))
  },
  prepare,
}
