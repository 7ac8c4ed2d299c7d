/** How facts, words and wake times lie in Redis and travel to its scripts (redis-scripts/run-scripts.ts). */
import type { Word } from '../../shared/run/words.ts'
import type { MemberId, RunId } from '../../shared/units.ts'
import { randomId } from './redis-lives.ts'
import type { Addition, Entry } from './store.ts'

/** An addition as the script that appends it reads it; under an id of its own, by which it knows it again. */
export function appendWords(runId: RunId, expectedVersion: number, addition: Addition): (string | number)[] {
  const { afterMac, entries, words, wakeAtMs, attach, detach, erase } = addition
  const appendId = randomId()
  const counted = <Item>(items: readonly Item[], parts: (item: Item, index: number) => string[]) => [
    items.length,
    ...items.flatMap(parts),
  ]
  return [
    ...[appendId, runId, expectedVersion, afterMac, wakeAtMs ?? ''],
    ...counted(entries, ({ fact, mac }, index) => [
      fact.commandId,
      `${JSON.stringify(fact)}\n${index === 0 ? appendId : ''}\n${mac}`,
    ]),
    ...counted(erase, (memberId) => [memberId]),
    ...counted(words, ({ key, ownerId, text }) => [key, ownerId ?? '', text]),
    ...counted(detach, ({ trackerId, memberId }) => [trackerId, memberId]),
    ...counted(attach, ({ trackerId, memberId }) => [trackerId, memberId]),
  ]
}

export function entryIn(text: string): Entry {
  const endOfFact = text.indexOf('\n')
  const endOfId = text.indexOf('\n', endOfFact + 1)
  return { fact: JSON.parse(text.slice(0, endOfFact)), mac: text.slice(endOfId + 1) }
}

export function wordIn([key, value]: [string, string]): Word {
  const endOfOwner = value.indexOf('\n')
  const ownerId = endOfOwner === 0 ? null : (value.slice(0, endOfOwner) as MemberId)
  return { key, ownerId, text: value.slice(endOfOwner + 1) }
}

export function dueIn(pairs: readonly string[]): { runId: RunId; wakeAtMs: number }[] {
  return pairs.flatMap((runId, at) =>
    at % 2 === 0 ? [{ runId: runId as RunId, wakeAtMs: Number(pairs[at + 1]) }] : [],
  )
}
