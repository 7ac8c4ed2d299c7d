import { expect, test } from 'vitest'
import { journalCopy } from '../../client/net/journal-copy.ts'
import { memoryPhoneStorage } from '../../client/net/phone-storage.ts'
import type { Journal, Offer } from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import { factsOf } from '../support/given-run.ts'
import { started } from '../support/people.ts'

const journal: readonly Fact[] = factsOf(Array.from({ length: 1_000 }, () => started))
const page = (fromVersion: number, count: number): Journal => ({
  ok: true,
  fromVersion,
  facts: journal.slice(fromVersion, fromVersion + count),
  mac: `mac${Math.min(journal.length, fromVersion + count)}`,
  isFork: false,
})
const facts = (fromVersion: number, toVersion: number) => ({
  ...page(fromVersion, toVersion - fromVersion),
  toVersion,
  words: [],
})
const words = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `w${i}`, ownerId: null, text: 'x' }))

async function offered(copy: ReturnType<typeof journalCopy>, wordCount = 0): Promise<Offer[]> {
  const parts: Offer[] = []
  await copy.offer(words(wordCount), async (part) => {
    parts.push(part)
    return true
  })
  return parts
}

test('[RC4] a leader’s copy is offered in parts that each end at a link it was told, also after a reload', async () => {
  const storage = memoryPhoneStorage()
  const copy = journalCopy(storage)
  await copy.fill(async ({ fromVersion }) => page(fromVersion, 300))
  const reloaded = journalCopy(storage)
  await reloaded.load()
  for (const one of [copy, reloaded]) {
    const parts = await offered(one, 1_200)
    expect(parts.flatMap((part) => part.facts)).toEqual(journal)
    expect(parts.flatMap((part) => part.words)).toHaveLength(1_200)
    expect(parts.map(({ isLast }) => isLast)).toEqual(parts.map((_, i) => i === parts.length - 1))
    expect(parts.findIndex((part) => part.words.length > 0)).toBeGreaterThan(
      parts.findLastIndex((part) => part.facts.length > 0),
    )
    let version = 0
    for (const part of parts) {
      version += part.facts.length
      expect(part.mac).toBe(`mac${version}`)
    }
  }
})

test('[RC4] a copy takes what follows on and leaves what has holes or comes twice', async () => {
  const copy = journalCopy(memoryPhoneStorage())
  copy.see(facts(0, 2))
  copy.see(facts(0, 2))
  copy.see(facts(3, 5))
  copy.see({ ...facts(2, 5), facts: journal.slice(3, 5) })
  expect(await offered(copy)).toEqual([{ facts: journal.slice(0, 2), mac: 'mac2', words: [], isLast: true }])
  copy.see(facts(2, 5))
  expect((await offered(copy)).at(-1)?.mac).toBe('mac5')
  copy.forget()
  expect(await offered(copy)).toEqual([])
})

test('[RC4] many words of a short journal go in parts of their own', async () => {
  const copy = journalCopy(memoryPhoneStorage())
  copy.see(facts(0, 2))
  const parts = await offered(copy, 1_100)
  expect(parts.map((part) => [part.facts.length, part.words.length, part.isLast])).toEqual([
    [2, 0, false],
    [0, 500, false],
    [0, 500, false],
    [0, 100, true],
  ])
})
