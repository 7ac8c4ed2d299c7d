import type { RedisLink } from './redis-link.ts'
import { StoreAway } from './store.ts'

/** Why what is acknowledged might not last in these Redis, one sentence each. Rejects with StoreAway when they do not answer. */
export async function complaintsOf(links: readonly RedisLink[]): Promise<readonly string[]> {
  return (await Promise.all(links.map(complaintsAbout))).flat()
}

async function complaintsAbout(link: RedisLink): Promise<string[]> {
  const replies = await link.ask([
    ['info', 'persistence'],
    ['info', 'memory'],
    ['info', 'replication'],
  ])
  const fault = replies.find((reply) => reply instanceof Error)
  if (fault instanceof Error) throw new StoreAway(`Redis at ${link.address} does not tell: ${fault.message}`)
  const info = replies.join('\n')
  const at = `Redis at ${link.address}`
  const said: string[] = []
  if (!/^aof_enabled:1/m.test(info))
    said.push(
      `${at} keeps no append-only file, and forgets acknowledged wishes when it is killed: set "appendonly yes".`,
    )
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'unknown'
  if (policy !== 'noeviction')
    said.push(`${at} may throw away runs when its memory is full (${policy}): set "maxmemory-policy noeviction".`)
  if (/^role:slave/m.test(info))
    said.push(`${at} is a replica, which takes no writes: give the address of its primary.`)
  return said
}
