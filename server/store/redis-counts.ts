import { SECOND_MS } from '../../shared/units.ts'
import { type RedisVoice, script } from './redis-ask.ts'
import { countKey } from './redis-keys.ts'
import { memorySharedCounts, type SharedCounts, WAIT_MIN_MS } from './shared-counts.ts'

/** A door does not wait longer for a count. */
const ANSWER_WITHIN_MS = 250

/** KEYS count. ARGV points, window in ms. Answers with 0, or how many ms of the window are left. */
const countScript = script(
  1,
  `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if count <= tonumber(ARGV[1]) then return 0 end
return math.max(1, redis.call('PTTL', KEYS[1]))`,
)

/** Counted by all nodes together; each for itself while Redis does not answer. */
export function redisCounts(voice: RedisVoice): SharedCounts {
  const own = memorySharedCounts()
  return {
    async consume(key, points, perSeconds) {
      const name = countKey(`${key}/${points}/${perSeconds}`)
      const asked = { script: countScript, words: [name, points, perSeconds * SECOND_MS] }
      const leftMs = await inTime(voice.ask(name, [asked]).then(([reply]) => Number(reply)))
      if (leftMs === undefined) return own.consume(key, points, perSeconds)
      return leftMs === 0 ? 0 : Math.max(WAIT_MIN_MS, leftMs)
    },
  }
}

/** `undefined` for an answer that does not come. */
function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timeout = setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS)
    answer.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timeout))
  })
}
