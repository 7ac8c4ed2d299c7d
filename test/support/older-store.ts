/** A memory store that can be put back to where it was: what a backup, or a replica that lagged, would give. */
import { openMemoryStore } from '../../server/store/memory-store.ts'
import type { Store } from '../../server/store/store.ts'

const WRITES = [
  'append',
  'putRoute',
  'setWake',
  'putFixes',
  'putClubRun',
  'dropClubRun',
  'putClubName',
  'keepClub',
  'forgetClubs',
  'renewClub',
  'forgetRun',
  'settle',
] as const

export type RecordedStore = {
  readonly store: Store
  /** A moment to come back to. */
  mark(): number
  /** Another store with all that was written until then, in the same order. */
  copyAt(mark: number): Promise<RecordedStore>
}

export function recordedStore(): RecordedStore {
  const inner = openMemoryStore()
  const written: ((store: Store) => Promise<unknown>)[] = []
  const store = { ...inner } as Record<string, unknown>
  for (const name of WRITES)
    store[name] = async (...args: unknown[]) => {
      const write = (to: Store) => (to[name] as (...args: unknown[]) => Promise<unknown>)(...args)
      const outcome = await write(inner)
      written.push(write)
      return outcome
    }
  return {
    store: store as unknown as Store,
    mark: () => written.length,
    async copyAt(mark) {
      const copy = recordedStore()
      const done = written.slice(0, mark)
      for (const write of done) await write(copy.store)
      return copy
    },
  }
}
