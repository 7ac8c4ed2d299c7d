/** What may happen to Redis, and to the links that lead there. */
import { type Fault, type Field, last } from './field.ts'
import { rest } from './waiting.ts'

const needsRedis = ({ arena }: Field) => (arena.redis.shape === 'none' ? 'there is no Redis' : undefined)
const needsLinks = (field: Field) =>
  needsRedis(field) ?? (field.arena.redis.linkOf(0) ? undefined : 'nodes of a cluster are found past any proxy')
const OLDER_BY_MS = 3_000
const STALLED_MS = 1_500
const SWALLOW_MS = 300

const redisKilled: Fault = {
  name: 'Redis killed',
  domain: 'redis',
  unfit: needsRedis,
  async strike(field, random) {
    const redis = random.pick(field.arena.redis.masters())
    await redis.kill9()
    await last(field, random, 1, 3)
    await redis.restart()
  },
}

const redisStopped: Fault = {
  name: 'Redis stopped (black hole)',
  domain: 'redis',
  unfit: needsRedis,
  async strike(field, random) {
    const redis = random.pick(field.arena.redis.masters())
    redis.stop()
    await last(field, random, 6, 10)
    redis.cont()
  },
}

const redisEmptied: Fault = {
  name: 'Redis restarted empty',
  domain: 'redis',
  isAlone: true,
  unfit: needsRedis,
  async strike({ arena, lossesMs }, random) {
    lossesMs.push(performance.now())
    await random.pick(arena.redis.masters()).restartEmpty()
  },
}

const redisOlder: Fault = {
  name: 'Redis restarted 3 s older',
  domain: 'redis',
  isAlone: true,
  unfit: needsRedis,
  async strike(field, random) {
    const redis = random.pick(field.arena.redis.masters())
    const copy = await redis.copyData()
    await rest(OLDER_BY_MS, field.signal)
    field.lossesMs.push(performance.now())
    await redis.restartFrom(copy)
  },
}

const diskFull: Fault = {
  name: "Redis' disk full",
  domain: 'redis',
  unfit: ({ arena }) =>
    arena.redis.hasSmallDisk ? undefined : 'Redis has no small disk: needs root and --redis single',
  async strike(field, random) {
    const [redis] = field.arena.redis.masters()
    redis?.fillDisk()
    await last(field, random, 5, 8)
    redis?.freeDisk()
  },
}

const failover: Fault = {
  name: 'failover to a stalled replica',
  domain: 'redis',
  unfit: ({ arena }) => (arena.redis.pair ? undefined : 'there is no replica: needs --redis replica'),
  async strike(field) {
    const { pair } = field.arena.redis
    pair?.replica().stop()
    await rest(STALLED_MS, field.signal)
    await pair?.failOver()
  },
}

const subscriberKilled: Fault = {
  name: 'CLIENT KILL of a subscriber',
  domain: 'redis',
  unfit: needsRedis,
  async strike({ arena }, random) {
    const redis = random.pick(arena.redis.masters())
    const clients = (await redis.ask('CLIENT', 'LIST', 'TYPE', 'pubsub')).split('\n')
    const ids = clients.flatMap((line) => /^id=(\d+)/.exec(line)?.[1] ?? [])
    if (ids.length > 0) await redis.ask('CLIENT', 'KILL', 'ID', random.pick(ids))
  },
}

const repliesLost: Fault = {
  name: 'replies of Redis lost',
  domain: 'redis',
  unfit: needsLinks,
  async strike(field, random) {
    const { nodes, redis } = field.arena
    for (let times = 0; times < 5; times++) {
      const link = redis.linkOf(random.pick(nodes).no)
      link?.swallowReplies()
      await rest(SWALLOW_MS)
      link?.cut()
      link?.heal()
      await last(field, random, 0.5, 1.5)
    }
  },
}

const nodeCutOff: Fault = {
  name: 'one node cut off from Redis',
  domain: 'redis',
  unfit: needsLinks,
  async strike(field, random) {
    const link = field.arena.redis.linkOf(random.pick(field.arena.nodes).no)
    link?.goSilent()
    await last(field, random, 6, 10)
    link?.heal()
  },
}

const redisLate: Fault = {
  name: 'late bytes to Redis',
  domain: 'redis',
  unfit: needsLinks,
  async strike(field, random) {
    const { nodes, redis } = field.arena
    for (let times = 0; times < 8; times++) {
      const link = redis.linkOf(random.pick(nodes).no)
      link?.goSilent()
      await rest(random.between(200, 900))
      link?.heal()
    }
  },
}

export const redisFaults: readonly Fault[] = [
  redisKilled,
  redisStopped,
  redisEmptied,
  redisOlder,
  diskFull,
  failover,
  subscriberKilled,
  repliesLost,
  nodeCutOff,
  redisLate,
]
