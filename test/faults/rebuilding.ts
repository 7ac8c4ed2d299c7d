/** How long it takes until nodes that lost their store have everything again, and whether it is the same. */
import { exportedPoints } from '../../client/simulate/exported.ts'
import { keyOf, keyOfPoint } from './check-tracks.ts'
import type { Field } from './field.ts'
import { seconds } from './figures.ts'
import { readJournal, type WholeJournal } from './journal.ts'
import { bounded, type Told, together } from './plot.ts'
import type { RecordedPhone } from './recorded-phone.ts'
import { until } from './waiting.ts'

const REBUILT_MS = 10_000
const GIVE_UP_MS = 45_000
const LOOK_EVERY_MS = 300

/** What was there just before the store was lost. */
export type Before = {
  readonly journal: WholeJournal
  /** By phone, the fixes that had been confirmed. */
  readonly confirmed: ReadonlyMap<RecordedPhone, readonly string[]>
}

export async function readBefore({ arena, club }: Field): Promise<Before> {
  const { history, nodes } = arena
  const journal = await readJournal(nodes[0]?.url ?? '', club.leader.seat)
  const confirmed = club.everybody.map((phone) => {
    const fixes = history.fixesOf(phone.memberId).slice(0, history.storedCountOf(phone.memberId))
    return [phone, fixes.map(({ fix }) => keyOf(fix))] as const
  })
  return { journal, confirmed: new Map(confirmed.filter(([phone]) => phone.view().link !== 'gone')) }
}

/** From now until every node has all facts and fixes that were there before; then what is missing all the same. */
export async function rebuilt(field: Field, { journal: { facts }, confirmed }: Before, what: string): Promise<Told> {
  const { arena, club } = field
  const missingFacts = new Map<number, number>()
  const hasFacts = async (no: number, url: string) => {
    const now = await readJournal(url, club.leader.seat).catch(() => undefined)
    const there = new Set(now?.facts.map(({ commandId, event }) => `${commandId} ${event.type}`))
    missingFacts.set(no, facts.filter(({ commandId, event }) => !there.has(`${commandId} ${event.type}`)).length)
    return missingFacts.get(no) === 0
  }
  const missingFixes = new Map<RecordedPhone, number>()
  const hasFixes = async (phone: RecordedPhone, keys: readonly string[]) => {
    const stored = await exportedPoints(arena.nodes[0]?.url ?? '', club.leader.seat, phone.memberId).catch(() => [])
    const there = new Set(stored.map(keyOfPoint))
    missingFixes.set(phone, keys.filter((key) => !there.has(key)).length)
    return missingFixes.get(phone) === 0
  }
  const times = await Promise.all([
    ...arena.nodes.map(({ no, url }) => until(() => hasFacts(no, url), GIVE_UP_MS, undefined, LOOK_EVERY_MS)),
    ...[...confirmed].map(([phone, keys]) => until(() => hasFixes(phone, keys), GIVE_UP_MS, undefined, LOOK_EVERY_MS)),
  ])
  const worstMs = Math.max(...times.map((ms) => ms ?? Infinity))
  const factCount = Math.max(...missingFacts.values())
  const fixCount = sum(missingFixes.values())
  const dueCount = sum([...confirmed.values()].map(({ length }) => length))
  const lost = `${factCount} of ${facts.length} facts and ${fixCount} of ${dueCount} confirmed fixes are missing ${what}`
  return together(bounded(`Rebuilt on every node ${what}`, seconds(worstMs), worstMs <= REBUILT_MS, '10 s'), {
    lines: [lost],
    wrong: factCount + fixCount === 0 ? [] : [lost],
  })
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)
