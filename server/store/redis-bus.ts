/**
 * What nodes call out to each other, by Redis' publish and subscribe: sharded in a cluster, plain elsewhere. It
 * has links of its own, so that no message waits behind the store; on RESP3 one link both hears and tells.
 */
import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RunId } from '../../shared/units.ts'
import type { Bus } from './bus.ts'
import { channelOf, slotOf } from './redis-keys.ts'
import type { RedisLink } from './redis-link.ts'
import { type NodesSettings, openNodes } from './redis-nodes.ts'
import { runListeners } from './run-listeners.ts'
import { StoreAway } from './store.ts'

/** In front of each message, so that nobody hears himself. */
const SENDER_BYTES = 8
const AGAIN_AFTER_MS = 200

export async function openRedisBus(settings: Omit<NodesSettings, 'name' | 'replicas'>): Promise<Bus> {
  const nodes = await openNodes({ ...settings, name: 'bus', replicas: 0 })
  const sender = randomBytes(SENDER_BYTES)
  const listeners = runListeners()
  const [subscribe, unsubscribe, publish] = nodes.isCluster
    ? (['ssubscribe', 'sunsubscribe', 'spublish'] as const)
    : (['subscribe', 'unsubscribe', 'publish'] as const)
  /** On which connection each run is heard: a new one of the same link hears nothing yet. */
  const heard = new Map<RunId, { link: RedisLink; sessionNo: number }>()
  const watched = new WeakSet<RedisLink>()
  let isSettling = false
  let isClosed = false

  function watch(link: RedisLink): void {
    if (watched.has(link)) return
    watched.add(link)
    link.redis.on(nodes.isCluster ? 'smessageBuffer' : 'messageBuffer', (channel: Buffer, message: Buffer) => {
      if (message.subarray(0, SENDER_BYTES).equals(sender)) return
      guarded(() => listeners.tell(runOf(channel), message.subarray(SENDER_BYTES)))
    })
    // The slot moved to another master, which has never heard of us.
    link.redis.on('moved', () => {
      for (const [runId, on] of heard) if (on.link === link) heard.delete(runId)
      nodes.doubt()
    })
  }

  function isHeard(runId: RunId): boolean {
    const on = heard.get(runId)
    if (!on?.link.isOpen() || on.sessionNo !== on.link.sessionNo()) return false
    return on.link === nodes.linkOf(slotOf(channelOf(runId)))
  }

  async function hear(runId: RunId): Promise<void> {
    const link = nodes.linkOf(slotOf(channelOf(runId)))
    if (!link?.isOpen()) {
      await nextTurn() // as the store does it (redis-ask.ts)
      throw new StoreAway('the bus is shut')
    }
    watch(link)
    const sessionNo = link.sessionNo()
    try {
      await link.redis[subscribe](channelOf(runId))
    } catch (fault) {
      const { message } = fault as Error
      if (message.startsWith('MOVED ')) nodes.doubt()
      throw new StoreAway(`cannot listen: ${message}`, { cause: fault })
    }
    heard.set(runId, { link, sessionNo })
    if (!listeners.has(runId)) stopHearing(runId)
  }

  /** Listens again wherever it is not heard, and says that something may have been missed. */
  async function settle(): Promise<void> {
    const deaf = listeners.runIds().filter((runId) => !isHeard(runId))
    if (isSettling || isClosed || deaf.length === 0) return
    isSettling = true
    const again = deaf.map(async (runId) => {
      await hear(runId)
      guarded(() => listeners.doubt(runId))
    })
    await Promise.allSettled(again)
    isSettling = false
    // Some may have gone deaf in the meantime, or the way is still shut.
    setTimeout(() => void settle(), AGAIN_AFTER_MS)
  }

  /** Within an event of the link whatever is thrown would end the process. */
  function guarded(listen: () => void): void {
    try {
      listen()
    } catch (fault) {
      settings.report(`a listener of the bus failed: ${(fault as Error).stack}`)
    }
  }

  nodes.onChange(() => void settle())

  function stopHearing(runId: RunId): void {
    const on = heard.get(runId)
    heard.delete(runId)
    if (on?.link.isOpen())
      on.link.redis[unsubscribe](channelOf(runId)).catch(() => {
        // The connection is gone, and its subscriptions with it.
      })
  }

  return {
    isAlone: false,
    tell(runId, message) {
      const channel = channelOf(runId)
      const link = nodes.linkOf(slotOf(channel))
      if (!link?.isOpen()) return
      link.ask([[publish, channel, Buffer.concat([sender, message])]]).then(
        ([reply]) => {
          if (reply instanceof Error && reply.message.startsWith('MOVED ')) nodes.doubt()
        },
        () => {
          // BU3: a hint that is lost. Whoever missed it is told to doubt when the way is open again.
        },
      )
    },

    async listen(runId, listener) {
      const stop = listeners.add(runId, listener, () => stopHearing(runId))
      try {
        if (!isHeard(runId)) await hear(runId)
      } catch (fault) {
        stop()
        throw fault
      }
      return stop
    },

    async close() {
      isClosed = true
      listeners.clear()
      nodes.close()
    },
  }
}

const runOf = (channel: Buffer): RunId => channel.toString().slice(channel.lastIndexOf(':') + 1) as RunId
