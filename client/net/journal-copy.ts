/**
 * A leader's copy of the run's journal, for a server that lost it. Kept in the parts it was told in, each with
 * the link of its last fact, which only the server could have made: so each part can be verified by itself.
 */
import type { AskJournal, Facts, Journal, Offer } from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { Word } from '../../shared/run/words.ts'
import type { PhoneStorage } from './phone-storage.ts'

/** A part grows to so many facts before the next one begins; the server takes twice as many. */
const PART_FACTS = 400
const PART_WORDS = 500
const KEY = 'journal/'

type Part = { readonly facts: readonly Fact[]; readonly mac: string }

export type JournalCopy = {
  load(): Promise<void>
  /** Facts as they come: taken when they follow on without a hole. */
  see(facts: Facts): void
  /** Asks page by page for what is missing, until nothing comes or no answer does. */
  fill(ask: (asked: AskJournal) => Promise<Journal | undefined>): Promise<void>
  /** Gives the server all of it, part after part, until `send` says that it takes no more. Nothing is sent of an empty copy. */
  offer(words: Iterable<Word>, send: (part: Offer) => Promise<boolean>): Promise<void>
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
      const old: Part[] = []
      for (;;) {
        const part = (await storage.get(keyOf(old.length + 1))) as Part | undefined
        if (!part) break
        old.push(part)
      }
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
        const page = await ask({ fromVersion: version })
        if (!page || page.fromVersion !== version || page.facts.length === 0) return
        add(page.facts, page.mac)
      }
    },
    async offer(words, send) {
      const offered = parts.slice()
      const told = [...words]
      for (const [i, { facts, mac }] of offered.entries()) {
        const isLast = i === offered.length - 1 && told.length <= PART_WORDS
        if (!(await send({ facts: [...facts], mac, words: told.splice(0, PART_WORDS), isLast }))) return
        if (i < offered.length - 1 || isLast) continue
        while (told.length > 0) {
          const more = told.splice(0, PART_WORDS)
          if (!(await send({ facts: [], mac, words: more, isLast: told.length === 0 }))) return
        }
      }
    },
    forget() {
      for (const i of parts.keys()) void storage.delete(keyOf(i + 1)).catch(() => undefined)
      parts = []
      version = 0
    },
  }
}
