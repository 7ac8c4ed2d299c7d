/**
 * One connection to one Redis, that knows at any moment whether it is any good. Nothing waits in it for
 * better times: what cannot be sent now is rejected, and whoever asked decides.
 */
import { Redis, ReplyError } from 'ioredis'
import { SECOND_MS } from '../../shared/units.ts'
import { groupedWrites } from './redis-confirm.ts'
import { StoreAway } from './store.ts'

/** One command, its name first. */
export type RedisCall = readonly [name: string, ...words: (string | number | Buffer)[]]
/** In the order of the calls; an error that Redis answered stands in its place. */
export type RedisReplies = readonly unknown[]

/** The way to Redis broke, or leads elsewhere now. Trying at once may help. */
export class LinkLost extends StoreAway {}

const ANSWER_WITHIN_MS = 1.5 * SECOND_MS
const PING_EVERY_MS = SECOND_MS
/** Counted and not timed: after a pause of this whole process the first look must not condemn the link. */
const UNANSWERED_PINGS = { silent: 2, lost: 3 }
/** For a moment's outage; together with all that is sent in it this bounds the memory that a dead link holds. */
const UNDER_WAY_MAX = 5_000
const RETRY_MS = { least: 150, spread: 100 }

export type RedisLink = {
  readonly address: string
  readonly redis: Redis
  /** Goes up with each new connection. */
  sessionNo(): number
  isOpen(): boolean
  /** ms since Redis last answered on this link, when it should have; 0 while it does. */
  silentMs(): number
  /** Sends the calls together. Rejects, with LinkLost or StoreAway, when any of them may be unanswered. */
  ask(calls: readonly RedisCall[]): Promise<RedisReplies>
  /** Resolves when as many replicas as are asked for have what was written too. */
  write(calls: readonly RedisCall[]): Promise<RedisReplies>
  /** Scripts that this connection has loaded. */
  readonly scripts: Set<string>
  /** Drops the connection and makes a new one. */
  reconnect(reason: string): void
  close(): void
}

export type LinkAddress = {
  readonly host: string
  readonly port: number
  readonly username?: string
  readonly password?: string
  readonly db?: number
  readonly tls?: Record<string, never>
}

export type LinkSettings = {
  /** What the link is for, as people may read it. */
  readonly name: string
  readonly replicas: number
  /** Told once when the link goes away and once when it is back. */
  readonly report: (text: string) => void
  /** The link opened or went away. */
  readonly onChange: (link: RedisLink) => void
}

export function openLink(to: LinkAddress, settings: LinkSettings): RedisLink {
  const address = `${to.host}:${to.port}`
  const redis = new Redis({
    ...to,
    connectTimeout: ANSWER_WITHIN_MS,
    commandTimeout: ANSWER_WITHIN_MS,
    disconnectTimeout: 100,
    maxLoadingRetryTime: 200,
    retryStrategy: () => RETRY_MS.least + Math.random() * RETRY_MS.spread,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    disableClientInfo: true,
  })
  const scripts = new Set<string>()
  let sessionNo = 0
  let underWay = 0
  let unanswered = 0
  let lastAnswerMs = performance.now()
  let awaySinceMs: number | undefined
  let reason = 'not connected yet'
  /** Given up already, though its socket may take a moment to close. */
  let isGivenUp = false

  redis.on('error', (fault: Error) => {
    reason = fault.message
  })
  redis.on('ready', () => {
    sessionNo++
    isGivenUp = false
    reason = 'the connection was closed'
    scripts.clear()
    answered()
    if (awaySinceMs !== undefined) {
      const awayS = ((performance.now() - awaySinceMs) / SECOND_MS).toFixed(1)
      settings.report(`Redis at ${address} is back after ${awayS} s (${settings.name})`)
      awaySinceMs = undefined
    }
    settings.onChange(link)
  })
  redis.on('close', () => {
    if (awaySinceMs !== undefined) return
    awaySinceMs = performance.now()
    settings.report(`Redis at ${address} is away (${settings.name}): ${reason}`)
    settings.onChange(link)
  })

  function answered(): void {
    unanswered = 0
    lastAnswerMs = performance.now()
  }

  const watch = setInterval(() => {
    if (redis.status !== 'ready') return
    if (unanswered >= UNANSWERED_PINGS.lost) return reconnect(`no answer for ${unanswered} s`)
    unanswered++
    redis.ping().then(answered, (fault: Error) => {
      if (fault instanceof ReplyError) answered()
    })
  }, PING_EVERY_MS)

  function reconnect(because: string): void {
    reason = because
    isGivenUp = true
    unanswered = 0
    redis.disconnect(true)
  }

  const isOpen = () => redis.status === 'ready' && !isGivenUp && unanswered < UNANSWERED_PINGS.lost

  async function ask(calls: readonly RedisCall[]): Promise<RedisReplies> {
    if (!isOpen()) throw new LinkLost(`Redis at ${address} is away: ${reason}`)
    if (underWay + calls.length > UNDER_WAY_MAX) throw new StoreAway(`too many commands to ${address} are under way`)
    underWay += calls.length
    try {
      const results = (await redis.pipeline(calls.map((call) => [...call])).exec()) ?? []
      return results.map(([fault, reply]) => {
        if (fault && !(fault instanceof ReplyError))
          throw new LinkLost(`Redis at ${address} did not answer: ${fault.message}`, { cause: fault })
        answered()
        return fault ?? reply
      })
    } finally {
      underWay -= calls.length
    }
  }

  const link: RedisLink = {
    address,
    redis,
    sessionNo: () => sessionNo,
    isOpen,
    silentMs: () =>
      redis.status === 'ready' && unanswered < UNANSWERED_PINGS.silent ? 0 : performance.now() - lastAnswerMs,
    ask,
    write: groupedWrites(ask, settings.replicas),
    scripts,
    reconnect,
    close() {
      clearInterval(watch)
      isGivenUp = true
      redis.removeAllListeners('close')
      redis.disconnect()
    },
  }
  return link
}
