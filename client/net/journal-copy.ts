/**
 * A leader's copy of the run's journal, for a server that lost it. Kept as it was told, fact by fact, with the
 * last link, which only the server could have made: so what is offered later can be verified.
 */
import type { AskJournal, Facts, Journal, Offer } from '../../shared/protocol/wire.ts'
import type { Fact } from '../../shared/run/events.ts'
import type { Word } from '../../shared/run/words.ts'
import type { PhoneStorage } from './phone-storage.ts'

const PAGE_FACTS = 200
const PART_FACTS = 400
const KEY = 'journal/'
const END = 'journal-end'

type End = { readonly version: number; readonly mac: string }

export type JournalCopy = {
  load(): Promise<void>
  /** Facts as they come: taken when they follow on without a hole. */
  see(facts: Facts): void
  /** Asks page by page for what is missing. Whoever may not read the journal is answered `undefined`, and has no copy. */
  fill(ask: (asked: AskJournal) => Promise<Journal | undefined>): Promise<void>
  /** Gives the server all of it; `false` when it did not take it. Nothing is sent of an empty copy. */
  offer(words: Iterable<Word>, send: (part: Offer) => Promise<boolean>): Promise<boolean>
  /** The journal has gone another way: what follows is another one's. */
  forget(): void
}

export function journalCopy(storage: PhoneStorage): JournalCopy {
  let facts: Fact[] = []
  let mac = ''
  let keptVersion = 0

  /** A write that fails costs what a reload would find. */
  function keep(): void {
    for (let page = Math.floor(keptVersion / PAGE_FACTS); page * PAGE_FACTS < facts.length; page++) {
      const part = facts.slice(page * PAGE_FACTS, (page + 1) * PAGE_FACTS)
      void storage.set(KEY + String(page).padStart(6, '0'), part).catch(() => undefined)
    }
    keptVersion = facts.length
    void storage.set(END, { version: facts.length, mac } satisfies End).catch(() => undefined)
  }

  function add(more: readonly Fact[], lastMac: string): void {
    for (const fact of more) facts.push(fact)
    mac = lastMac
    keep()
  }

  return {
    async load() {
      const end = (await storage.get(END)) as End | undefined
      const keys = (await storage.keys()).filter((key) => key.startsWith(KEY)).sort()
      const old: Fact[] = []
      for (const key of keys) old.push(...(((await storage.get(key)) as Fact[] | undefined) ?? []))
      if (!end || old.length < end.version || facts.length > 0) return
      facts = old.slice(0, end.version)
      mac = end.mac
      keptVersion = facts.length
    },
    see({ fromVersion, toVersion, facts: more, mac: lastMac }) {
      const isWhole = more.length === toVersion - fromVersion
      if (fromVersion === facts.length && isWhole && more.length > 0) add(more, lastMac)
    },
    async fill(ask) {
      for (;;) {
        const page = await ask({ fromVersion: facts.length })
        if (!page || page.fromVersion !== facts.length || page.facts.length === 0) return
        add(page.facts, page.mac)
      }
    },
    async offer(words, send) {
      const copy = facts.slice()
      const lastMac = mac
      if (copy.length === 0) return false
      const told = [...words]
      for (let at = 0; at < Math.max(copy.length, told.length); at += PART_FACTS) {
        const isLast = at + PART_FACTS >= Math.max(copy.length, told.length)
        const part = { facts: copy.slice(at, at + PART_FACTS), words: told.slice(at, at + PART_FACTS) }
        if (!(await send({ ...part, mac: isLast ? lastMac : null }))) return false
      }
      return true
    },
    forget() {
      facts = []
      mac = ''
      keptVersion = 0
      void storage.delete(END).catch(() => undefined)
    },
  }
}
