/**
 * Where this phone last stood in the journal, the words it knew and the server's clock, over a reload: so that a
 * server which lost that is found out, a leader's copy brings its names along, and fixes of a dead zone have times.
 */
import type { Stand } from '../../shared/protocol/wire.ts'
import type { PhoneBook } from '../../shared/run/catch-up.ts'
import type { Word } from '../../shared/run/words.ts'
import type { PhoneStorage } from './phone-storage.ts'

const KEY = 'told'
/** Written at most so often: what is older is on the same chain, and finds out as much. */
const WRITE_EVERY_MS = 500

export type LastTold = {
  load(): Promise<void>
  see(book: PhoneBook): void
  /** `undefined` for a phone that was never told anything. */
  stand(): Stand | undefined
  words(): readonly Word[]
  offsetMs(): number
  /** Nothing is written any more. */
  close(): void
}

type Told = Stand & { readonly words: readonly Word[]; readonly offsetMs: number }

/** @param offsetMs how far the server's clock is from this device's. */
export function lastTold(storage: PhoneStorage, offsetMs: () => number): LastTold {
  let told: Told | undefined
  let book: PhoneBook | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const now = (): Told | undefined =>
    book ? { version: book.run.version, mac: book.mac, words: [...book.words.values()], offsetMs: offsetMs() } : told

  return {
    async load() {
      told = (await storage.get(KEY)) as Told | undefined
    },
    see(next) {
      book = next
      timer ??= setTimeout(() => {
        timer = undefined
        void storage.set(KEY, now()).catch(() => undefined) // then a reload finds out less
      }, WRITE_EVERY_MS)
    },
    stand() {
      const last = now()
      return last && { version: last.version, mac: last.mac }
    },
    words: () => now()?.words ?? [],
    offsetMs: () => now()?.offsetMs ?? 0,
    close: () => clearTimeout(timer),
  }
}
