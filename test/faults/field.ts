/** What a fault may reach: the arena, the club in it, and which of them other faults hold already. */
import type { Random } from '../../client/simulate/random.ts'
import type { Arena } from './arena.ts'
import type { Club } from './club.ts'
import type { FaultLog, FaultRecord } from './fault-log.ts'
import type { NodeProcess } from './node-process.ts'
import type { RecordedPhone } from './recorded-phone.ts'
import type { Trouble } from './trouble.ts'
import { rest } from './waiting.ts'

export type Field = {
  readonly arena: Arena
  readonly club: Club
  readonly log: FaultLog
  /** How long after a kill -9 each phone of that node was synced again, ms. */
  readonly resyncsMs: number[]
  /** When the store lost something it had confirmed. */
  readonly lossesMs: number[]
  /** Promises found broken on the way. */
  readonly troubles: Trouble[]
  /** Phones that a fault holds now, with its name. */
  readonly held: Map<RecordedPhone, string>
  /** Nodes that may be ended now: the others are to grow old. */
  mortals(): readonly NodeProcess[]
  /** The whole run is over: what lasts ends early. */
  readonly signal: AbortSignal
}

export type Fault = {
  readonly name: string
  readonly domain: 'node' | 'redis' | 'phone'
  /** Whether a phone's trouble may come on top. */
  readonly isAlone?: boolean
  /** Why it cannot be done in this arena, or not now. */
  unfit?(field: Field): string | undefined
  /** Begins, lasts and ends. Once it resolves the cause is gone. */
  strike(field: Field, random: Random, record: FaultRecord): Promise<void>
}

export const last = (field: Field, random: Random, fromS: number, toS: number): Promise<void> =>
  rest(random.between(fromS, toS) * 1_000, field.signal)

/** Some phones that no other fault holds, held until `work` is done. Never the pulse, which tells when nodes answer. */
export async function holding(
  field: Field,
  {
    count,
    random,
    why,
    isLeaderSpared = false,
  }: { count: number; random: Random; why: string; isLeaderSpared?: boolean },
  work: (phones: readonly RecordedPhone[]) => Promise<void>,
): Promise<void> {
  const { club, held } = field
  const free = club.everybody.filter(
    (phone) => phone !== club.pulse && !held.has(phone) && !(isLeaderSpared && phone === club.leader),
  )
  const drawn = free.map((phone) => ({ phone, draw: random.next() })).sort((a, b) => a.draw - b.draw)
  const phones = drawn.slice(0, count).map(({ phone }) => phone)
  for (const phone of phones) held.set(phone, why)
  try {
    await work(phones)
  } finally {
    for (const phone of phones) held.delete(phone)
  }
}
