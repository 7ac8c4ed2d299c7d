/** Where faults happen: nodes as real processes, the Redis they share, and the folder that keeps the traces. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canMount } from '../support/redis-processes.ts'
import { builtServer } from './built-server.ts'
import { type Closing, closing } from './closing.ts'
import { freePort } from './free-port.ts'
import { type History, openHistory } from './history.ts'
import { type NodeProcess, nodeProcess } from './node-process.ts'
import { openRedisHouse, type RedisHouse, type RedisShape } from './redis-house.ts'

export type Arena = {
  readonly nodes: readonly NodeProcess[]
  readonly redis: RedisHouse
  readonly history: History
  /** History, logs of the nodes, and their data. */
  readonly folder: string
  readonly closing: Closing
  say(text: string): void
  /** Closes everything. The folder stays when it is to be kept. */
  close(isKept: boolean): Promise<void>
}

export type ArenaSettings = {
  readonly nodeCount: number
  readonly redis: RedisShape
  readonly tickMs: number
  readonly timeScale: number
  readonly say: (text: string) => void
}

export async function openArena({ nodeCount, redis: shape, tickMs, timeScale, say }: ArenaSettings): Promise<Arena> {
  const opened = closing()
  const folder = mkdtempSync(join(tmpdir(), 'serik-faults-'))
  let isKept = false
  opened.laterDo(() => isKept || rmSync(folder, { recursive: true, force: true }))
  try {
    const main = builtServer()
    const history = opened.later(openHistory(join(folder, 'history.jsonl')))
    const redis = opened.later(await openRedisHouse(shape, nodeCount, canMount()))
    const dataDir = join(folder, 'data')
    mkdirSync(dataDir)
    const nodes: NodeProcess[] = []
    for (let no = 0; no < nodeCount; no++) {
      const environment = {
        HOST: '127.0.0.1',
        // One secrets file: that and Redis is all the nodes share.
        DATA_DIR: dataDir,
        DEMO: 'off',
        LOG_LEVEL: 'warn',
        TICK_MS: String(tickMs),
        FIX_EVERY_MS: String(Math.round(tickMs * timeScale)),
        FRAME_EVERY_MS: String(Math.round(tickMs * timeScale)),
        TIME_SCALE: String(timeScale),
        TRUST_PROXY: '1',
        ...redis.environmentOf(no),
      }
      const node = nodeProcess({
        no,
        port: await freePort(),
        main,
        environment,
        logFile: join(folder, `node-${no}.log`),
      })
      nodes.push(node)
      opened.laterDo(() => node.kill9())
    }
    await nodes[0]?.start() // makes the secrets file
    await Promise.all(nodes.slice(1).map((node) => node.start()))
    return {
      nodes,
      redis,
      history,
      folder,
      closing: opened,
      say,
      async close(isToBeKept) {
        isKept = isToBeKept
        await opened.now()
      },
    }
  } catch (fault) {
    await opened.now()
    throw fault
  }
}
