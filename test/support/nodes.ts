/** Several nodes of one house in this process: a store and a bus that they share, and a port each. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type Config, environmentSchema } from '../../server/config.ts'
import { readOrMakeSecret } from '../../server/secrets-file.ts'
import { type Serving, serve } from '../../server/serve.ts'
import { type LocalBus, openLocalBus } from '../../server/store/local-bus.ts'
import { openMemoryStore } from '../../server/store/memory-store.ts'
import { memorySharedCounts } from '../../server/store/shared-counts.ts'
import type { Store } from '../../server/store/store.ts'
import type { World } from './world.ts'

export type Nodes = {
  /** Each node as a world of its own. */
  readonly worlds: readonly World[]
  readonly urls: readonly string[]
  readonly bus: LocalBus
  readonly dirs: readonly string[]
  /** The store all nodes speak to from now on: an older one, an empty one, one that is away. */
  use(store: Store): void
  store(): Store
  stop(node: number): Promise<void>
  start(node: number): Promise<void>
}

export async function someNodes(count: number, settings: Partial<Config> = {}): Promise<Nodes> {
  let current = openMemoryStore()
  // What the nodes hold is a handle: the store behind it can be another one.
  const handle = new Proxy({} as Store, {
    get: (_, name) =>
      name === 'close'
        ? async () => undefined
        : (...args: unknown[]) => (current[name as keyof Store] as (...args: unknown[]) => unknown)(...args),
  })
  const bus = openLocalBus()
  const sharedCounts = memorySharedCounts()
  const faults: unknown[] = []
  const root = mkdtempSync(join(tmpdir(), 'serik-nodes-'))
  readOrMakeSecret(join(root, 'secrets.json'))
  const dirs = Array.from({ length: count }, (_, i) => {
    const dir = join(root, `node${i}`)
    cpSync(join(root, 'secrets.json'), join(dir, 'secrets.json'))
    return dir
  })
  const ports = new Array<number>(count).fill(0)
  const serving: (Serving | undefined)[] = []

  async function start(node: number): Promise<void> {
    const given = environmentSchema.parse({
      HOST: '127.0.0.1',
      TICK_MS: 50,
      FIX_EVERY_MS: 100,
      FRAME_EVERY_MS: 100,
      PORT: ports[node],
      DATA_DIR: dirs[node],
    })
    const stores = { store: handle, bus: bus.join(), sharedCounts }
    const opened = await serve({ config: { ...given, ...settings }, stores, onFault: (fault) => faults.push(fault) })
    serving[node] = opened
    ports[node] = opened.port
  }
  async function stop(node: number): Promise<void> {
    await serving[node]?.close()
    serving[node] = undefined
  }

  for (let node = 0; node < count; node++) await start(node)
  onTestFinished(async () => {
    for (let node = 0; node < count; node++) await stop(node)
    rmSync(root, { recursive: true, force: true })
    expect(faults).toEqual([])
  })
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  return {
    urls,
    bus,
    dirs,
    worlds: urls.map((url, node) => ({
      url: () => url,
      faults,
      async restart() {
        await stop(node)
        await start(node)
      },
    })),
    use: (store) => {
      current = store
    },
    store: () => current,
    stop,
    start,
  }
}
