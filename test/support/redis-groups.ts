/** Several redis-servers that belong together: a primary with its replica behind one address, and a cluster. */
import { setTimeout as pause } from 'node:timers/promises'
import { type RedisProcess, startRedis } from './redis-processes.ts'
import { type RedisProxy, startRedisProxy } from './redis-proxy.ts'

const IN_ORDER_WITHIN_MS = 30_000
const SLOTS = 16_384
/** A replica is sent nothing before its first word, which comes once a second, and nothing tells that it was. */
const SOON_IN_STEP = ['--repl-diskless-sync-delay', '0', '--repl-ping-replica-period', '1']

export type RedisPair = {
  /** The fixed address; it leads to the primary. */
  readonly proxy: RedisProxy
  readonly url: string
  primary(): RedisProcess
  replica(): RedisProcess
  /**
   * Kill -9 of the primary, and its replica takes over at the fixed address, stalled or not; the old
   * primary comes back as its replica, and what only it had is gone. Resolves when they are in step.
   */
  failOver(): Promise<void>
  close(): Promise<void>
}

/** A primary refuses writes while no replica has answered for 2 s. Resolves when the two are in step. */
export async function startRedisPair(): Promise<RedisPair> {
  const options = ['--min-replicas-to-write', '1', '--min-replicas-max-lag', '2', ...SOON_IN_STEP]
  let primary = await startRedis({ options })
  let replica = await startRedis({ options })
  const proxy = await startRedisProxy(primary.port)

  await replica.ask('REPLICAOF', '127.0.0.1', `${primary.port}`)
  await inStep(primary, replica)
  return {
    proxy,
    url: proxy.url,
    primary: () => primary,
    replica: () => replica,
    async failOver() {
      await primary.kill9()
      replica.cont()
      await replica.ask('REPLICAOF', 'NO', 'ONE')
      const [old, next] = [primary, replica]
      primary = next
      replica = old
      proxy.pointTo(next.port)
      proxy.cut()
      await old.restart('--replicaof', '127.0.0.1', `${next.port}`)
      await inStep(primary, replica)
    },
    async close() {
      await Promise.all([proxy.close(), primary.close(), replica.close()])
    },
  }
}

export type RedisCluster = {
  readonly masters: readonly RedisProcess[]
  /** One of each master, in their order; empty without replicas. */
  readonly replicas: readonly RedisProcess[]
  /** Seeds, comma separated. */
  readonly url: string
  /** Resolves when every node sees all slots served. */
  whole(): Promise<void>
  close(): Promise<void>
}

/** Three masters, each with `replicasEach` 0 or 1. A node that is down takes only its own slots away. */
export async function startRedisCluster(replicasEach: 0 | 1 = 0): Promise<RedisCluster> {
  const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']
  options.push('--cluster-require-full-coverage', 'no', ...SOON_IN_STEP)
  const all = await Promise.all(Array.from({ length: 3 + 3 * replicasEach }, () => startRedis({ options })))
  const [masters, replicas] = [all.slice(0, 3), all.slice(3)]

  const whole = () =>
    until(async () => {
      const infos = await Promise.all(all.map((node) => node.ask('CLUSTER', 'INFO')))
      const isWhole = (info: string) =>
        info.includes('cluster_state:ok') &&
        info.includes(`cluster_known_nodes:${all.length}`) &&
        info.includes(`cluster_slots_ok:${SLOTS}`)
      return infos.every(isWhole)
    }, 'a whole cluster')

  const close = async () => {
    await Promise.all(all.map((node) => node.close()))
  }
  try {
    for (const [index, node] of all.entries()) await node.ask('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`)
    for (const [index, node] of masters.entries()) {
      const from = Math.floor((SLOTS * index) / 3)
      const to = Math.floor((SLOTS * (index + 1)) / 3) - 1
      await node.ask('CLUSTER', 'ADDSLOTSRANGE', `${from}`, `${to}`)
    }
    for (const node of all.slice(1)) await node.ask('CLUSTER', 'MEET', '127.0.0.1', `${all[0]?.port}`)
    await whole()
    for (const [index, node] of replicas.entries()) {
      const masterId = (await masters[index]?.ask('CLUSTER', 'MYID')) ?? ''
      await until(() => node.ask('CLUSTER', 'REPLICATE', masterId).then(() => true), 'a replica of the cluster')
      await inStep(masters[index] as RedisProcess, node)
    }
  } catch (fault) {
    await close()
    throw fault
  }
  return { masters, replicas, url: masters.map(({ url }) => url).join(','), whole, close }
}

/**
 * The replica has said that it has all that the primary had when they were linked. Not that it has all
 * there is now: while somebody writes, the two numbers are hardly ever alike. WAIT would speak only for a
 * connection that has written.
 */
async function inStep(primary: RedisProcess, replica: RedisProcess): Promise<void> {
  let linkedAt: number | undefined
  await until(async () => {
    const [from, to] = await Promise.all([primary.ask('INFO', 'replication'), replica.ask('INFO', 'replication')])
    if (!to.includes('master_link_status:up')) return false
    const has = Number(/slave0:.*state=online,offset=(\d+)/.exec(from)?.[1] ?? 0)
    linkedAt ??= Number(/master_repl_offset:(\d+)/.exec(from)?.[1])
    return has > 0 && has >= linkedAt
  }, 'a replica in step')
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadlineMs = performance.now() + IN_ORDER_WITHIN_MS
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadlineMs) throw new Error(`waited ${IN_ORDER_WITHIN_MS} ms in vain for ${what}`)
    await pause(20)
  }
}
