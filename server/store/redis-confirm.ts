/**
 * Writes that count only when replicas have them. WAIT speaks for what its own connection has written, and
 * holds up all that comes behind it, so what is asked for in the meantime goes together with the next one.
 */
import type { RedisCall, RedisReplies } from './redis-link.ts'
import { StoreAway } from './store.ts'

/** Two of them, the one under way and one's own, leave time to answer within ST17's 2 s. */
const WAIT_MS = 700

type Write = (calls: readonly RedisCall[]) => Promise<RedisReplies>

export function groupedWrites(ask: Write, replicas: number): Write {
  type Waiting = {
    readonly calls: readonly RedisCall[]
    readonly resolve: (replies: RedisReplies) => void
    readonly reject: (fault: unknown) => void
  }
  if (replicas === 0) return ask
  let waiting: Waiting[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      try {
        const replies = await ask([...group.flatMap((one) => one.calls), ['wait', replicas, WAIT_MS]])
        const fault = shortOf(replies.at(-1), replicas)
        let at = 0
        for (const one of group) {
          const own = replies.slice(at, at + one.calls.length)
          at += one.calls.length
          // Refused is refused, whatever the replicas have.
          if (fault && !own.every((reply) => reply instanceof Error)) one.reject(fault)
          else one.resolve(own)
        }
      } catch (fault) {
        for (const one of group) one.reject(fault)
      }
    }
    isWriting = false
  }

  return (calls) =>
    new Promise((resolve, reject) => {
      waiting.push({ calls, resolve, reject })
      if (!isWriting) void writeAll()
    })
}

function shortOf(reply: unknown, replicas: number): StoreAway | undefined {
  if (reply instanceof Error) return new StoreAway(`the replicas cannot be asked: ${reply.message}`)
  if (Number(reply) >= replicas) return undefined
  return new StoreAway(`${reply} of ${replicas} replicas have it within ${WAIT_MS} ms: it may be lost yet`)
}
