import { createStore, del, get, keys, set } from 'idb-keyval'
import type { PhoneStorage } from './phone-storage.ts'
import { forgetNotesOf } from './worker-notes.ts'

const nameOf = (seat: string): string => `serik ${seat}`

/** IndexedDB, one database a seat. Where the browser has none (private windows of old phones) a write rejects. */
export function browserPhoneStorage(seat: string): PhoneStorage {
  const store = createStore(nameOf(seat), 'phone')
  return {
    get: (key) => get(key, store),
    set: (key, value) => set(key, value, store),
    delete: (key) => del(key, store),
    keys: () => keys<string>(store),
  }
}

/** The phone must be closed. Another tab that still has it open delays this; the seat opens nothing any more anyway. */
export function forgetBrowserStorage(seat: string): void {
  void forgetNotesOf(seat).catch(() => undefined) // no storage, no notes
  indexedDB.deleteDatabase(nameOf(seat))
}
