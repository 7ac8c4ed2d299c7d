/** Draws faults by seed, lets each strike and heal, and measures what it cost. Now and then a phone's trouble comes on top. */
import type { Random } from '../../client/simulate/random.ts'
import type { FaultRecord } from './fault-log.ts'
import type { Fault, Field } from './field.ts'
import { last } from './field.ts'
import { differences } from './fresh-phone.ts'
import { SAME_WITHIN_MS } from './settling.ts'
import { syncTimesMs } from './syncing.ts'
import { troubleText } from './trouble.ts'
import { until } from './waiting.ts'

const SYNCED_WITHIN_MS = 60_000
const OVERLAP_SHARE = 0.35
const LOOKED_AT = 4
/** No fault is begun when less than this is left. */
const LAST_CALL_MS = 12_000

export type Nemesis = {
  readonly faults: readonly Fault[]
  readonly untilMs: number
  readonly gapS: readonly [number, number]
}

export async function unleash(field: Field, random: Random, { faults, untilMs, gapS }: Nemesis): Promise<void> {
  const told = new Set<Fault>()
  let deck: Fault[] = []
  while (untilMs - performance.now() > LAST_CALL_MS && !field.signal.aborted) {
    await last(field, random, ...gapS)
    if (deck.length === 0) deck = shuffled(faults, random)
    const fault = deck.find((each) => !each.unfit?.(field))
    for (const each of deck) {
      const reason = each.unfit?.(field)
      if (reason && !told.has(each)) field.arena.say(`left out: ${each.name}: ${reason}`)
      if (reason) told.add(each)
    }
    if (!fault) {
      deck = []
      continue
    }
    deck.splice(deck.indexOf(fault), 1)
    const onTop =
      !fault.isAlone && fault.domain !== 'phone' && random.next() < OVERLAP_SHARE
        ? deck.find((each) => each.domain === 'phone')
        : undefined
    if (onTop) deck.splice(deck.indexOf(onTop), 1)
    await Promise.all([
      strike(field, random, fault, onTop ? `${fault.name} +` : fault.name),
      onTop && last(field, random, 0, 3).then(() => strike(field, random, onTop, `+ ${onTop.name}`)),
    ])
    await lookAtSome(field, random)
  }
}

/** G4 on the way: a few phones, each against a fresh one on its seat, while the run goes on. */
async function lookAtSome({ arena, club, held, troubles }: Field, random: Random): Promise<void> {
  const free = club.everybody.filter((phone) => !held.has(phone) && phone.view().link === 'online')
  const some = shuffled(free, random).slice(0, LOOKED_AT)
  const urls = shuffled(arena.nodes, random).map(({ url }) => url)
  const found = await Promise.all(some.map((phone) => differences(phone, urls, SAME_WITHIN_MS, false)))
  for (const trouble of found.flat()) {
    troubles.push(trouble)
    arena.say(troubleText(trouble).slice(0, 500))
  }
}

/** Resolves when the fault has healed and every phone that no other fault holds is synced again. */
export async function strike(field: Field, random: Random, fault: Fault, name = fault.name): Promise<FaultRecord> {
  const { arena, club, log, held } = field
  const inFlight = club.everybody.reduce((sum, phone) => sum + phone.view().waitingCommands.length, 0)
  const record = log.began(name, inFlight)
  arena.history.noted('fault', { name, is: 'begun' })
  arena.say(`${name}: begins, ${inFlight} commands in flight`)
  await fault.strike(field, random.fork(`${fault.name} ${log.records.length}`), record)
  const healedMs = performance.now()
  record.healedMs = healedMs
  arena.history.noted('fault', { name, is: 'healed' })

  const acked = until(() => firstAckMs(field, healedMs) !== undefined, SYNCED_WITHIN_MS)
  const phones = club.everybody.filter((phone) => !held.has(phone))
  const times = await syncTimesMs(field, phones, healedMs, SYNCED_WITHIN_MS)
  record.syncedAfterMs = times.includes(null) ? null : Math.max(0, ...times.map((ms) => ms ?? 0))
  await acked
  record.firstAckAfterMs = firstAckMs(field, healedMs) ?? null
  arena.say(
    `${name}: lasted ${seconds(healedMs - record.beganMs)}, first ack after ${seconds(record.firstAckAfterMs)}, all synced after ${seconds(record.syncedAfterMs)}`,
  )
  return record
}

/** From then until the next command was acknowledged, ms. */
function firstAckMs({ arena }: Field, fromMs: number): number | undefined {
  const { ops } = arena.history
  let first: number | undefined
  for (const { answer, endedMs } of ops)
    if (answer?.ok && endedMs !== null && endedMs >= fromMs) first = Math.min(first ?? Infinity, endedMs)
  return first === undefined ? undefined : first - fromMs
}

const seconds = (ms: number | null): string => (ms === null ? 'never' : `${(ms / 1_000).toFixed(2)} s`)

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const drawn = items.map((item) => ({ item, draw: random.next() }))
  return drawn.sort((a, b) => a.draw - b.draw).map(({ item }) => item)
}
