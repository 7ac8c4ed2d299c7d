/** What can be asked of `npm run faults`. */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type RedisShape, redisShapes } from './redis-house.ts'

export type Options = {
  readonly seed: string
  readonly minutes: number
  /** Beginnings or parts of names of faults; empty for all. */
  readonly only: readonly string[]
  readonly nodeCount: number
  readonly phoneCount: number
  readonly requestsPerMinute: number
  readonly redis: RedisShape
  readonly scenario: string
  /** Whether the folder with history and logs stays also when nothing was wrong. */
  readonly isKept: boolean
  /** Measured so often, where a scenario repeats something. */
  readonly times: number | null
  /** Of the river's course; `null`: all of it. */
  readonly km: number | null
}

export const USAGE = `npm run faults -- --seed S --minutes M
  --only FAULT,...     only faults whose name has one of these in it: node-killed, redis, dead
  --nodes N            Serik processes (default 3)
  --phones N           phones of the SDK, all in this process (default 60)
  --requests N         requests a minute, each raced by three cyclists (default 20)
  --redis SHAPE        ${redisShapes.join(' | ')} (default replica: a primary and its replica behind one address)
  --scenario NAME      mixed (default), or one of those below
  --keep               keeps history and logs also when nothing was wrong
  --times N            how often a scenario repeats what it measures
  --km K               river-on-three: a shorter course`

/** @throws Error with one line for people. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: String(randomInt(2 ** 31)) },
      minutes: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      nodes: { type: 'string', default: '3' },
      phones: { type: 'string', default: '60' },
      requests: { type: 'string', default: '20' },
      redis: { type: 'string', default: 'replica' },
      scenario: { type: 'string', default: 'mixed' },
      keep: { type: 'boolean', default: false },
      times: { type: 'string' },
      km: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return 'help'
  const redis = redisShapes.find((shape) => shape === values.redis)
  if (!redis) throw new Error(`--redis ${values.redis} is none of ${redisShapes.join(', ')}`)
  return {
    seed: values.seed,
    minutes: positive('minutes', values.minutes),
    only: values.only.split(',').filter((name) => name !== ''),
    nodeCount: redis === 'none' ? 1 : positive('nodes', values.nodes),
    phoneCount: positive('phones', values.phones),
    requestsPerMinute: positive('requests', values.requests),
    redis,
    scenario: values.scenario,
    isKept: values.keep,
    times: values.times === undefined ? null : positive('times', values.times),
    km: values.km === undefined ? null : positive('km', values.km),
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`--${name} ${text} is not a number above 0`)
  return value
}
