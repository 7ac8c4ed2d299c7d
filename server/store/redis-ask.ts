/**
 * How the store speaks with Redis. All it asks for may be done twice, so a link that breaks or a slot that
 * moves costs a second try and not an answer, as long as there is time.
 */
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { SECOND_MS } from '../../shared/units.ts'
import { slotOf } from './redis-keys.ts'
import { LinkLost, type RedisCall, type RedisLink, type RedisReplies } from './redis-link.ts'
import type { RedisNodes } from './redis-nodes.ts'
import { StoreAway } from './store.ts'

/** ST17 gives 2 s. */
const DEADLINE_MS = 1.9 * SECOND_MS
/** Whoever is away for longer will not be back within the deadline: better to say so at once. */
const HOPE_MS = 1.5 * SECOND_MS
const TRY_EVERY_MS = 100
/** Together with what waits for a link or for replicas this bounds the memory that a dead Redis costs. */
const UNDER_WAY_MAX = 5_000

/** Answers of a Redis that cannot now and may later. */
const CANNOT_NOW = /^(LOADING|MISCONF|OOM|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|ASK|BUSY) /

export type Script = { readonly lua: string; readonly sha: string; readonly keyCount: number }

export const script = (keyCount: number, lua: string): Script => ({
  lua,
  sha: createHash('sha1').update(lua).digest('hex'),
  keyCount,
})

/** `keys` and `words` as the script has them. */
export type Asked = RedisCall | { readonly script: Script; readonly words: readonly (string | number)[] }

export type RedisVoice = {
  /** Replies in order. All of `asked` is about the slot of `key`. Rejects with StoreAway in time, or with what is a bug. */
  ask(key: string, asked: readonly Asked[]): Promise<RedisReplies>
  /** The same, when what was written is as safe as the settings ask for. */
  write(key: string, asked: readonly Asked[]): Promise<RedisReplies>
}

export function redisVoice(nodes: RedisNodes): RedisVoice {
  let underWay = 0

  async function once(key: string, asked: readonly Asked[], how: 'ask' | 'write'): Promise<RedisReplies> {
    const link = nodes.linkOf(slotOf(key))
    if (!link) throw new LinkLost('no Redis of the cluster is known to serve this run')
    const replies = await link[how](asked.map((one) => ('script' in one ? scriptCall(link, one) : one)))
    for (const reply of replies) if (reply instanceof Error) throw faultOf(reply, link)
    return replies
  }

  function faultOf(reply: Error, link: RedisLink): Error {
    const { message } = reply
    // Without its cause: that carries the words of the command, which are people's, and logs must not.
    const said = `Redis at ${link.address} said: ${message}`
    if (message.startsWith('NOSCRIPT ')) link.scripts.clear()
    else if (message.startsWith('READONLY ')) link.reconnect('it is a replica now')
    else if (message.startsWith('MOVED ')) nodes.doubt()
    else return CANNOT_NOW.test(message) ? new StoreAway(said) : new Error(said)
    return new LinkLost(said)
  }

  async function patiently(key: string, asked: readonly Asked[], how: 'ask' | 'write'): Promise<RedisReplies> {
    const deadlineMs = performance.now() + DEADLINE_MS
    for (;;) {
      try {
        return await once(key, asked, how)
      } catch (fault) {
        if (nodes.isClosed()) throw new Error('the store is closed')
        if (!(fault instanceof LinkLost)) throw fault
        const leftMs = deadlineMs - performance.now()
        if (leftMs <= 0 || (nodes.linkOf(slotOf(key))?.silentMs() ?? 0) > HOPE_MS) throw fault
        await nodes.change(Math.min(TRY_EVERY_MS, leftMs))
      }
    }
  }

  async function bounded(key: string, asked: readonly Asked[], how: 'ask' | 'write'): Promise<RedisReplies> {
    underWay += asked.length
    try {
      if (underWay > UNDER_WAY_MAX) throw new StoreAway('too many commands to Redis are under way')
      return await inTime(patiently(key, asked, how))
    } catch (fault) {
      // Whoever asks again at once must not keep this process from hearing that Redis is back.
      await nextTurn()
      throw fault
    } finally {
      underWay -= asked.length
    }
  }

  return { ask: (key, asked) => bounded(key, asked, 'ask'), write: (key, asked) => bounded(key, asked, 'write') }
}

/** In full the first time on a connection, which then knows it by its digest. */
function scriptCall(link: RedisLink, { script: { lua, sha, keyCount }, words }: Exclude<Asked, RedisCall>): RedisCall {
  if (link.scripts.has(sha)) return ['evalsha', sha, keyCount, ...words]
  link.scripts.add(sha)
  return ['eval', lua, keyCount, ...words]
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new StoreAway(`Redis did not answer within ${DEADLINE_MS} ms`))
    const timeout = setTimeout(late, DEADLINE_MS)
    answer.then(resolve, reject).finally(() => clearTimeout(timeout))
  })
}
