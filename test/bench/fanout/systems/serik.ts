/**
 * Serik, duty by duty: what the lane of positions costs by itself, and what it costs with all that makes it Serik. From the second
 * step on it is the server as it is released, with people who joined over HTTP and share their places.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../../../server/config.ts'
import { serve } from '../../../../server/serve.ts'
import { serveFramesOnly } from '../frames-only.ts'
import type { Launch } from '../launch.ts'
import { missingProgram } from '../peers.ts'
import { frameJoin, type Joining, seatedJoin } from '../serik-join.ts'
import { routeFile, type Seating, seatsIn } from '../serik-seats.ts'
import type { Shape, System } from '../system.ts'

/** Of the bench: everything once a second. Its people are many addresses behind one proxy. */
const SETTINGS = {
  HOST: '127.0.0.1',
  PORT: '0',
  TICK_MS: '1000',
  FIX_EVERY_MS: '1000',
  FRAME_EVERY_MS: '1000',
  TRUST_PROXY: '1',
}

type Step = Pick<System, 'about' | 'missing' | 'start'> & { readonly hasRoute: boolean }

const step = ({ hasRoute, ...rest }: Step): System => ({
  ...rest,
  ...released(() => ({ routeFile: hasRoute ? routeFile() : null })),
})

/** The server as it is released, and people who have seats in its runs. */
export const released = (
  seatingOf: (shape: Shape) => Seating,
  joining: Joining = {},
): Pick<System, 'isNewestWins' | 'serve' | 'prepare'> => ({
  isNewestWins: true,
  async serve(settings) {
    const config = readConfig(settings)
    const onFault = (fault: unknown, where: string) => process.stderr.write(`${where}: ${String(fault)}\n`)
    return (await serve({ config, onFault })).port
  },
  prepare: async (addresses, shape) =>
    seatedJoin(addresses, await seatsIn(addresses, shape, seatingOf(shape)), joining),
})

export const oneNode =
  (store: 'memory' | 'sqlite') =>
  async (launch: Launch): Promise<readonly string[]> => [
    await launch.server({ ...SETTINGS, STORE: store, DATA_DIR: launch.folder }),
  ]

async function twoNodes(launch: Launch): Promise<readonly string[]> {
  const durable = ['--bind', '127.0.0.1', '--dir', launch.folder, '--save', '', '--appendonly', 'yes']
  const port = await launch.program('redis-server', (port) => ['--port', String(port), ...durable])
  const redis = { REDIS_URL: `redis://127.0.0.1:${port}` }
  const [folder, other] = [join(launch.folder, 'a'), join(launch.folder, 'b')]
  const first = await launch.server({ ...SETTINGS, ...redis, DATA_DIR: folder })
  mkdirSync(other)
  copyFileSync(join(folder, 'secrets.json'), join(other, 'secrets.json'))
  return [first, await launch.server({ ...SETTINGS, ...redis, DATA_DIR: other })]
}

export const serikFrames: System = {
  about: 'Serik, the lane alone: raw fixes and frames, over Socket.IO',
  isNewestWins: true,
  start: async (launch, { members }) => [await launch.server({ members: String(members) })],
  serve: ({ members }) => serveFramesOnly(Number(members)),
  prepare: async (addresses) => frameJoin(addresses),
}

export const serikSeat = step({
  about: 'and seats, checks of every fix, belief; the memory store',
  hasRoute: false,
  start: oneNode('memory'),
})

export const serikStore = step({
  about: 'and all of it stored: SQLite, WAL, synchronous = FULL',
  hasRoute: false,
  start: oneNode('sqlite'),
})

export const serikAll = step({
  about: 'and progress along a route of 20 km: all duties',
  hasRoute: true,
  start: oneNode('sqlite'),
})

export const serikTwoNodes = step({
  about: 'all duties on two nodes with a Redis, members dealt out over the nodes',
  hasRoute: true,
  missing: () => missingProgram('redis-server', '--version', 'redis-server'),
  start: twoNodes,
})
