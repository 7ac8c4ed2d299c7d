/** Scenarios that measure one fault: a killed node, Redis restarted, Redis silent. */
import { percentile } from '../../client/simulate/tally.ts'
import type { Fault } from './field.ts'
import { seconds, spread } from './figures.ts'
import { strike } from './nemesis.ts'
import { killAndMeasure } from './node-faults.ts'
import type { NodeProcess } from './node-process.ts'
import { bounded, type Plot, together } from './plot.ts'
import { rest, until } from './waiting.ts'

const WARM_UP_MS = 3_000
const SYNCED_P95_MS = 3_000
const SYNCED_P99_MS = 6_000
const FIRST_ACK_MS = 2_000
const NOTICED_MS = 6_000
const GIVE_UP_MS = 30_000

/** Show 2: kill -9 of one node after another; all its members are on another node soon. */
export const nodeKilled: Plot = async ({ field, random }, { times }) => {
  await rest(WARM_UP_MS)
  for (let time = 0; time < (times ?? 20); time++) {
    const used = new Set(field.club.everybody.map(({ network }) => network.nodeNo()))
    const node = random.pick(field.arena.nodes.filter(({ no }) => used.has(no)))
    const resyncsMs = await killAndMeasure(field, node, 1_000)
    field.resyncsMs.push(...resyncsMs)
    field.arena.say(`kill -9 of node ${node.no}: ${spread(resyncsMs)}`)
    await rest(random.between(500, 2_000))
  }
  const [p95Ms, p99Ms] = [0.95, 0.99].map((share) => percentile(field.resyncsMs, share)) as [number, number]
  return together(
    bounded('After kill -9 of a node its phones are synced again, p95', seconds(p95Ms), p95Ms <= SYNCED_P95_MS, '3 s'),
    bounded('After kill -9 of a node its phones are synced again, p99', seconds(p99Ms), p99Ms <= SYNCED_P99_MS, '6 s'),
  )
}

/** Show 2: from the moment that Redis answers again until the first acknowledgement. */
export const redisRestarted: Plot = async ({ field, random }, { times }) => {
  await rest(WARM_UP_MS)
  const firstAcksMs: number[] = []
  const fault: Fault = {
    name: 'Redis killed and restarted',
    domain: 'redis',
    async strike({ arena }) {
      const redis = random.pick(arena.redis.masters())
      await redis.kill9()
      await rest(random.between(500, 2_500))
      await redis.restart()
    },
  }
  for (let time = 0; time < (times ?? 5); time++) {
    const { firstAckAfterMs } = await strike(field, random, fault)
    firstAcksMs.push(firstAckAfterMs ?? Infinity)
    await rest(1_000)
  }
  const worstMs = Math.max(...firstAcksMs)
  return bounded('First ack after a Redis restart', `${spread(firstAcksMs)}`, worstMs <= FIRST_ACK_MS, '2 s')
}

/** Show 2: links stay and nothing answers. Noticed: every node says that it does not serve. */
export const redisBlackHole: Plot = async ({ field, random }, { times }) => {
  await rest(WARM_UP_MS)
  const noticedMs: number[] = []
  const fault: Fault = {
    name: 'Redis stopped (black hole)',
    domain: 'redis',
    async strike({ arena }) {
      for (const redis of arena.redis.masters()) redis.stop()
      const noticed = await Promise.all(arena.nodes.map((node) => until(() => isCutOff(node), GIVE_UP_MS)))
      noticedMs.push(...noticed.map((ms) => ms ?? Infinity))
      for (const redis of arena.redis.masters()) redis.cont()
    },
  }
  for (let time = 0; time < (times ?? 3); time++) {
    await strike(field, random, fault)
    await rest(1_000)
  }
  const worstMs = Math.max(...noticedMs)
  return bounded('A black-holed Redis is noticed', spread(noticedMs), worstMs <= NOTICED_MS, '6 s')
}

async function isCutOff({ url }: NodeProcess): Promise<boolean> {
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(NOTICED_MS) }).catch(() => undefined)
  return answer?.status === 503
}
