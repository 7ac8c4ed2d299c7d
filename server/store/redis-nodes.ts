/**
 * Which Redis serves which slot: one for all of them, or the masters of a cluster, with a link to each. Our own
 * map and not ioredis' Cluster, whose links can be neither watched, nor waited for, nor told apart.
 */
import { SECOND_MS } from '../../shared/units.ts'
import { askOnce, firstContact } from './redis-contact.ts'
import { type LinkAddress, type LinkSettings, openLink, type RedisLink } from './redis-link.ts'

const LOOK_EVERY_MS = 500
const CALM_EVERY_MS = 10 * SECOND_MS
/** A cluster of which a master is down is begun with after this, without it. */
const ALL_OPEN_WITHIN_MS = 3 * SECOND_MS

export type RedisNodes = {
  readonly isCluster: boolean
  /** `undefined` for a slot that nobody is known to serve. */
  linkOf(slot: number): RedisLink | undefined
  links(): readonly RedisLink[]
  /** The map may be wrong: it is asked for again, soon. */
  doubt(): void
  /** Resolves when a link opens or goes away, or the map is another, and after `withinMs` at the latest. */
  change(withinMs: number): Promise<void>
  /** Told each time of the same. */
  onChange(listener: () => void): void
  isClosed(): boolean
  close(): void
}

export type NodesSettings = Omit<LinkSettings, 'onChange'> & {
  /** One or several, separated by commas; several are seeds of a cluster. */
  readonly urls: string
  /** Gives up waiting for the first contact. */
  readonly signal?: AbortSignal
}

/** Keeps trying until Redis answers. Throws for addresses that make no sense, or when `signal` says so. */
export async function openNodes(settings: NodesSettings): Promise<RedisNodes> {
  const { isCluster, seeds } = await firstContact(settings)
  const first = seeds[0] as LinkAddress
  const links = new Map<string, RedisLink>()
  let owners: readonly { from: number; to: number; link: RedisLink }[] = []
  const awaited = new Set<() => void>()
  const listeners: (() => void)[] = []
  let isDoubted = true
  let isLooking = false
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let isClosed = false

  function told(): void {
    for (const go of [...awaited]) go()
    for (const listener of listeners) listener()
  }

  function linkTo(host: string, port: number): RedisLink {
    const address = `${host}:${port}`
    const link = links.get(address) ?? openLink({ ...first, host, port }, { ...settings, onChange: told })
    links.set(address, link)
    return link
  }

  async function look(): Promise<void> {
    isLooking = true
    isDoubted = false
    try {
      const ranges = await slotRanges([...links.values()], seeds)
      isDoubted ||= ranges.length === 0
      if (isClosed || isDoubted) return
      owners = ranges.map(({ from, to, host, port }) => ({ from, to, link: linkTo(host, port) }))
      for (const [address, link] of links)
        if (!owners.some((owner) => owner.link === link)) {
          links.delete(address)
          link.close()
        }
      lookedAtMs = performance.now()
      told()
    } catch (fault) {
      settings.report(`the cluster told nothing of use: ${(fault as Error).message}`)
    } finally {
      isLooking = false
    }
  }

  const isDue = () =>
    isDoubted || performance.now() - lookedAtMs > CALM_EVERY_MS || [...links.values()].some((link) => !link.isOpen())
  const lookIfDue = () => {
    if (!isLooking && isDue()) void look()
  }
  const timer = isCluster ? setInterval(lookIfDue, LOOK_EVERY_MS) : undefined
  if (isCluster) await look()
  else owners = [{ from: 0, to: Number.POSITIVE_INFINITY, link: linkTo(first.host, first.port) }]

  const nodes: RedisNodes = {
    isCluster,
    linkOf: (slot) => owners.find(({ from, to }) => from <= slot && slot <= to)?.link,
    links: () => [...links.values()],
    doubt() {
      isDoubted = true
      if (isCluster) lookIfDue()
    },
    change: (withinMs) =>
      new Promise((resolve) => {
        const go = () => {
          clearTimeout(timeout)
          awaited.delete(go)
          resolve()
        }
        const timeout = setTimeout(go, withinMs)
        awaited.add(go)
      }),
    onChange: (listener) => void listeners.push(listener),
    isClosed: () => isClosed,
    close() {
      isClosed = true
      clearInterval(timer)
      for (const link of links.values()) link.close()
      told()
    },
  }
  const patientUntilMs = performance.now() + ALL_OPEN_WITHIN_MS
  const isUsable = () => {
    const areOpen = nodes.links().map((link) => link.isOpen())
    return areOpen.includes(true) && (!areOpen.includes(false) || performance.now() > patientUntilMs)
  }
  while (!isUsable()) {
    await nodes.change(LOOK_EVERY_MS)
    if (!settings.signal?.aborted) continue
    nodes.close()
    throw new Error('gave up waiting for Redis')
  }
  return nodes
}

type SlotRange = { readonly from: number; readonly to: number; readonly host: string; readonly port: number }

/** As told by whoever answers first; none when nobody does. */
async function slotRanges(links: readonly RedisLink[], seeds: readonly LinkAddress[]): Promise<readonly SlotRange[]> {
  for (const link of links.filter((one) => one.isOpen())) {
    const [reply] = await link.ask([['cluster', 'slots']]).catch(() => [])
    if (Array.isArray(reply) && reply.length > 0) return rangesIn(reply, link.address.replace(/:\d+$/, ''))
  }
  for (const seed of seeds) {
    const reply = await askOnce(seed, 'cluster', 'slots').catch(() => [])
    if (Array.isArray(reply) && reply.length > 0) return rangesIn(reply, seed.host)
  }
  return []
}

/** A node that does not know its own name means the one it was asked under. */
const rangesIn = (reply: unknown[], askedHost: string): readonly SlotRange[] =>
  (reply as [number, number, [string | null, number]][]).map(([from, to, [host, port]]) => ({
    from,
    to,
    host: host && host !== '?' ? host : askedHost,
    port,
  }))
