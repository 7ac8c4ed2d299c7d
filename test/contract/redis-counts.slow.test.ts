import { expect, test } from 'vitest'
import { aNodeOn, aProxyBefore, aRedis, aRedisCluster } from '../support/redis-server.ts'
import { inTime, until } from '../support/until.ts'
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
  const answers = await inTime(Promise.all(Array.from({ length: 50 }, () => sharedCounts.consume('key', 3, 60))), 600)
  expect(answers.filter((waitMs) => waitMs === 0)).toHaveLength(3)
  proxy.cut()
  expect(await inTime(sharedCounts.consume('key', 3, 60), 600)).toBeGreaterThan(0)
  proxy.heal()
  await until(async () => {
    await sharedCounts.consume('other', 3, 60)
    expect(await redis.ask('KEYS', 'serik:{count:other*')).not.toBe('')
  })
})
