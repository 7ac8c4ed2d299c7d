import { expect, test, vi } from 'vitest'
import { aNodeOn, aProxyBefore, aRedis, aRedisCluster } from '../support/redis-server.ts'
import { countsContract } from './counts-contract.ts'

const twoOn = async (urls: string) => [(await aNodeOn(urls)).sharedCounts, (await aNodeOn(urls)).sharedCounts] as const

countsContract('counts in Redis', async () => twoOn((await aRedis()).url))
countsContract('counts in a cluster', async () => twoOn((await aRedisCluster()).url))

test('[SC2] while Redis does not answer a node counts for itself, and keeps nobody waiting', async () => {
  const redis = await aRedis()
  const proxy = await aProxyBefore(redis)
  const { sharedCounts } = await aNodeOn(proxy.url)
  expect(await sharedCounts.consume('key', 3, 60)).toBe(0)
  proxy.goSilent()
  const startedMs = performance.now()
  const answers = await Promise.all(Array.from({ length: 50 }, () => sharedCounts.consume('key', 3, 60)))
  expect(performance.now() - startedMs).toBeLessThan(600)
  expect(answers.filter((waitMs) => waitMs === 0)).toHaveLength(3)
  proxy.cut()
  const cutMs = performance.now()
  expect(await sharedCounts.consume('key', 3, 60)).toBeGreaterThan(0)
  expect(performance.now() - cutMs).toBeLessThan(600)
  proxy.heal()
  await vi.waitFor(async () => {
    await sharedCounts.consume('other', 3, 60)
    expect(await redis.ask('KEYS', 'serik:{count:other*')).not.toBe('')
  }, 5_000)
})
