import { expect, onTestFinished } from 'vitest'
import type { Bus } from '../../server/store/bus.ts'
import { openRedisBus } from '../../server/store/redis-bus.ts'
import type { RunId } from '../../shared/units.ts'
import { startRedisCluster } from '../support/redis-groups.ts'
import { type RedisProcess, startRedis } from '../support/redis-processes.ts'
import { runId } from '../support/store-samples.ts'
import { until } from '../support/until.ts'
import { busContract } from './bus-contract.ts'

/** Shut by killing every Redis; its ways are known to be shut when a node refuses to listen. */
async function busOn(servers: readonly RedisProcess[], urls: string) {
  const joined: Bus[] = []
  return {
    async join() {
      const bus = await openRedisBus({ urls, report: () => undefined })
      joined.push(bus)
      return bus
    },
    async shut() {
      for (const server of servers) await server.kill9()
      for (const bus of joined) for (const id of [1, 2]) await until(() => refusesToListen(bus, runId(id)))
    },
    async open() {
      for (const server of servers) await server.restart()
    },
  }
}

async function refusesToListen(bus: Bus, id: RunId): Promise<void> {
  const nothing = () => undefined
  const stop = await bus.listen(id, { onMessage: nothing, onDoubt: nothing }).catch(nothing)
  stop?.()
  expect(stop).toBeUndefined()
}

busContract('redis bus', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  return busOn([redis], redis.url)
})

busContract('redis bus in a cluster', async () => {
  const cluster = await startRedisCluster()
  onTestFinished(() => cluster.close())
  return busOn(cluster.masters, cluster.url)
})
