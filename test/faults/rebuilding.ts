/** How long it takes until nodes that lost their store have everything again, and whether it is the same. */
import type { Fact } from '../../shared/run/events.ts'
import type { Field } from './field.ts'
import { seconds } from './figures.ts'
import { readJournal } from './journal.ts'
import { bounded, type Told, together } from './plot.ts'
import { until } from './waiting.ts'

const REBUILT_MS = 10_000
const GIVE_UP_MS = 60_000

/** What was there just before the store was lost. */
export type Before = { readonly facts: readonly Fact[] }

export async function readBefore({ arena, club }: Field): Promise<Before> {
  const facts = await readJournal(arena.nodes[0]?.url ?? '', club.leader.seat)
  if (!facts) throw new Error('the journal cannot be read before the loss')
  return { facts }
}

/** From now until every node has all facts that were there before; then what is missing all the same. */
export async function rebuilt({ arena, club }: Field, { facts }: Before, what: string): Promise<Told> {
  const missing = new Map<number, number>()
  const has = async (no: number, url: string) => {
    const now = await readJournal(url, club.leader.seat).catch(() => undefined)
    const there = new Set(now?.map(({ commandId, event }) => `${commandId} ${event.type}`))
    missing.set(no, facts.filter(({ commandId, event }) => !there.has(`${commandId} ${event.type}`)).length)
    return missing.get(no) === 0
  }
  const times = await Promise.all(arena.nodes.map(({ no, url }) => until(() => has(no, url), GIVE_UP_MS)))
  const worstMs = Math.max(...times.map((ms) => ms ?? Infinity))
  const missingCount = Math.max(...missing.values())
  const lost = `${missingCount} of ${facts.length} facts are missing ${what}`
  return together(bounded(`Rebuilt on every node ${what}`, seconds(worstMs), worstMs <= REBUILT_MS, '10 s'), {
    lines: [lost],
    wrong: missingCount === 0 ? [] : [lost],
  })
}
