import { SECOND_MS } from '../../shared/units.ts'
import type { RedisLink } from './redis-link.ts'
import { StoreAway } from './store.ts'

/** Nodes tell ages and ends by their own clocks. */
const SKEW_MAX_MS = 5 * SECOND_MS

/** Why what is acknowledged might not last in these Redis, one sentence each. Rejects with StoreAway when they do not answer. */
export async function complaintsOf(links: readonly RedisLink[]): Promise<readonly string[]> {
  return (await Promise.all(links.map(complaintsAbout))).flat()
}

async function complaintsAbout(link: RedisLink): Promise<string[]> {
  const replies = await link.ask([['info', 'persistence'], ['info', 'memory'], ['info', 'replication'], ['time']])
  const fault = replies.find((reply) => reply instanceof Error)
  if (fault instanceof Error) throw new StoreAway(`Redis at ${link.address} does not tell: ${fault.message}`)
  const info = replies.slice(0, 3).join('\n')
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
  const skewMs = Math.abs(Number((replies[3] as [string, string])[0]) * SECOND_MS + SECOND_MS / 2 - Date.now())
  if (skewMs > SKEW_MAX_MS)
    said.push(
      `This machine's clock is ${Math.round(skewMs / SECOND_MS)} s off that of ${at}: ages and ends would be wrong.`,
    )
  return said
}
