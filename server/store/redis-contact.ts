/** The first words with a Redis: who is there, and is it a cluster? */
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { SECOND_MS } from '../../shared/units.ts'
import type { LinkAddress } from './redis-link.ts'
import type { NodesSettings } from './redis-nodes.ts'

const TRY_EVERY_MS = 200
const ANSWER_WITHIN_MS = 1.5 * SECOND_MS

/**
 * Asks the addresses in turn until one answers; says once that it is waiting.
 * @throws Error for an address that is none, several of a Redis that is no cluster, a refused password, or when told to give up
 */
export async function firstContact(
  settings: Pick<NodesSettings, 'urls' | 'report' | 'signal'>,
): Promise<{ isCluster: boolean; seeds: readonly LinkAddress[] }> {
  const seeds = settings.urls.split(',').map((url) => seedOf(url.trim()))
  for (let tries = 0; ; tries++) {
    for (const seed of seeds) {
      try {
        const isCluster = String(await askOnce(seed, 'info', 'cluster')).includes('cluster_enabled:1')
        if (!isCluster && seeds.length > 1)
          throw new Unusable(`Redis at ${nameOf(seed)} is no cluster: give one address only`)
        return { isCluster, seeds }
      } catch (fault) {
        const { message } = fault as Error
        if (fault instanceof Unusable || /^(NOAUTH|WRONGPASS|NOPERM)/.test(message))
          throw new Error(`cannot use Redis at ${nameOf(seed)}: ${message}`, { cause: fault })
        if (tries === 0) settings.report(`waiting for Redis at ${nameOf(seed)}: ${message}`)
      }
      if (settings.signal?.aborted) throw new Error('gave up waiting for Redis')
    }
    await pause(TRY_EVERY_MS)
  }
}

class Unusable extends Error {}

/** One command over a connection of its own. Rejects with the reason when that fails or takes too long. */
export async function askOnce(seed: LinkAddress, ...[name, ...words]: [string, ...string[]]): Promise<unknown> {
  const redis = new Redis({
    ...seed,
    lazyConnect: true,
    connectTimeout: ANSWER_WITHIN_MS,
    commandTimeout: ANSWER_WITHIN_MS,
    disconnectTimeout: 0,
    retryStrategy: null,
    enableReadyCheck: false,
    disableClientInfo: true,
  })
  let reason: Error | undefined
  redis.on('error', (fault: Error) => {
    reason ??= fault
  })
  try {
    await redis.connect()
    return await redis.call(name, ...words)
  } catch (fault) {
    throw reason ?? fault
  } finally {
    redis.disconnect()
  }
}

function seedOf(url: string): LinkAddress {
  if (!URL.canParse(url)) throw new Error(`not an address of a Redis: ${url.replace(/\/\/.*@/, '//')}`)
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    throw new Error(`an address of a Redis begins with redis:// or rediss://, not ${protocol}//`)
  return {
    host: hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
    port: Number(port || 6379),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  }
}

const nameOf = ({ host, port }: LinkAddress): string => `${host}:${port}`
