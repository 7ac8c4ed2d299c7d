/**
 * A leader's copy of the run's journal, for a server that lost it. Kept in the parts it was told in, each with
 * the link of its last fact, which only the server could have made: so each part can be verified by itself.
 */
import type { AskJournal, Facts, Journal, Offer } from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { Word } from '../../shared/run/words.ts'
import type { PhoneStorage } from './phone-storage.ts'

/** A part grows to so many facts, written anew with each, before the next one begins. */
const PART_FACTS = 100
const PART_WORDS = 500
const KEY = 'journal/'

type Part = { readonly facts: readonly Fact[]; readonly mac: string }

export type JournalCopy = {
  load(): Promise<void>
  /** Facts as they come: taken when they follow on without a hole. */
  see(facts: Facts): void
  /** Asks page by page for what is missing, until nothing comes or no answer does. `fork`: this is a copy of another journal. */
  fill(ask: (asked: AskJournal) => Promise<Journal | undefined>): Promise<'fork' | 'filled'>
  /**
   * Gives the server all of it, part after part, the words after the facts that brought them. `true` once all is
   * taken, or nothing is there to give.
   */
  offer(words: Iterable<Word>, send: (part: Offer) => Promise<boolean>): Promise<boolean>
  /** The journal has gone another way: what follows is another one's. */
  forget(): void
}

export function journalCopy(storage: PhoneStorage): JournalCopy {
  let parts: Part[] = []
  let version = 0

  const keyOf = (partNo: number): string => KEY + String(partNo).padStart(6, '0')

  /** A write that fails costs what a reload would find. */
  function add(facts: readonly Fact[], mac: string): void {
    const last = parts.at(-1)
    const isRoom = last !== undefined && last.facts.length + facts.length <= PART_FACTS
    const part = isRoom ? { facts: [...last.facts, ...facts], mac } : { facts, mac }
    if (isRoom) parts.pop()
    parts.push(part)
    version += facts.length
    void storage.set(keyOf(parts.length), part).catch(() => undefined)
  }

  return {
    async load() {
      const keys = new Set(await storage.keys())
      const wanted: string[] = []
      while (keys.has(keyOf(wanted.length + 1))) wanted.push(keyOf(wanted.length + 1))
      const old = (await Promise.all(wanted.map((key) => storage.get(key)))) as Part[]
      if (version > 0) return // what is told now is newer
      parts = old
      version = old.reduce((count, { facts }) => count + facts.length, 0)
    },
    see({ fromVersion, toVersion, facts, mac }) {
      const isWhole = facts.length === toVersion - fromVersion
      if (fromVersion === version && isWhole && facts.length > 0 && facts.length <= PART_FACTS) add(facts, mac)
    },
    async fill(ask) {
      for (;;) {
        const page = await ask({ fromVersion: version, mac: parts.at(-1)?.mac ?? '' })
        if (page?.isFork) return 'fork'
        if (!page || page.fromVersion !== version || page.facts.length === 0) return 'filled'
        add(page.facts, page.mac)
      }
    },
    async offer(words, send) {
      const told = [...words]
      const offered: Offer[] = parts.map(({ facts, mac }) => ({ facts: [...facts], mac, words: [], isLast: false }))
      const mac = offered.at(-1)?.mac
      if (mac === undefined) return true
      while (told.length > 0) offered.push({ facts: [], mac, words: told.splice(0, PART_WORDS), isLast: false })
      for (const [i, part] of offered.entries())
        if (!(await send({ ...part, isLast: i === offered.length - 1 }))) return false
      return true
    },
    forget() {
      for (const i of parts.keys()) void storage.delete(keyOf(i + 1)).catch(() => undefined)
      parts = []
      version = 0
    },
  }
}
