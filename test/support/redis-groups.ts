/** Several redis-servers that belong together: a primary with its replica behind one address, and a cluster. */
import { setTimeout as pause } from 'node:timers/promises'
import { type RedisProcess, startRedis } from './redis-processes.ts'
import { type RedisProxy, startRedisProxy } from './redis-proxy.ts'

const IN_ORDER_WITHIN_MS = 30_000
const SLOTS = 16_384

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
  const options = ['--min-replicas-to-write', '1', '--min-replicas-max-lag', '2', '--repl-diskless-sync-delay', '0']
  let primary = await startRedis({ options })
  let replica = await startRedis({ options })
  const proxy = await startRedisProxy(primary.port)

  async function inStep(): Promise<void> {
    await until(async () => {
      const roles = await Promise.all([primary.ask('INFO', 'replication'), replica.ask('INFO', 'replication')])
      return roles[0].includes('state=online') && roles[1].includes('master_link_status:up')
    }, 'a replica in step')
    // WAIT speaks only for a connection that has written; what all have is in the offsets.
    await primary.ask('SET', 'in-step', '1', 'PX', '1')
    await until(async () => {
      const info = await primary.ask('INFO', 'replication')
      return /slave0:.*,offset=(\d+)/.exec(info)?.[1] === /master_repl_offset:(\d+)/.exec(info)?.[1]
    }, 'a replica that has everything')
  }

  await replica.ask('REPLICAOF', '127.0.0.1', `${primary.port}`)
  await inStep()
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
      await inStep()
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
  options.push('--cluster-require-full-coverage', 'no', '--repl-diskless-sync-delay', '0')
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
      await until(
        async () => (await node.ask('INFO', 'replication')).includes('master_link_status:up'),
        'a replica in step',
      )
    }
  } catch (fault) {
    await close()
    throw fault
  }
  return { masters, replicas, url: masters.map(({ url }) => url).join(','), whole, close }
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadlineMs = performance.now() + IN_ORDER_WITHIN_MS
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadlineMs) throw new Error(`waited ${IN_ORDER_WITHIN_MS} ms in vain for ${what}`)
    await pause(20)
  }
}
