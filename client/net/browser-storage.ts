import { del, get, keys, set, type UseStore } from 'idb-keyval'
import type { PhoneStorage } from './phone-storage.ts'
import { forgetNotesOf } from './worker-notes.ts'

const nameOf = (seat: string): string => `serik ${seat}`
const STORE = 'phone'

/** IndexedDB, one database a seat. Where the browser has none (private windows of old phones) a write rejects. */
export function browserPhoneStorage(seat: string): PhoneStorage {
  const store = storeIn(nameOf(seat))
  return {
    get: (key) => get(key, store),
    set: (key, value) => set(key, value, store),
    delete: (key) => del(key, store),
    keys: () => keys<string>(store),
  }
}

/** idb-keyval's own would hold its database open until the page is left, and nobody could delete it so long. */
function storeIn(name: string): UseStore {
  let opening: Promise<IDBDatabase> | undefined
  const open = (): Promise<IDBDatabase> => {
    opening ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE)
      request.onerror = () => reject(request.error)
      request.onsuccess = () => {
        const database = request.result
        const closed = () => {
          opening = undefined
        }
        database.onclose = closed
        database.onversionchange = () => {
          database.close()
          closed()
        }
        resolve(database)
      }
    }).catch((fault: unknown) => {
      opening = undefined
      throw fault
    })
    return opening
  }
  return async (mode, work) => work((await open()).transaction(STORE, mode).objectStore(STORE))
}

/** The phone must be closed, or what it still writes makes it anew. */
export function forgetBrowserStorage(seat: string): void {
  void forgetNotesOf(seat).catch(() => undefined) // no storage, no notes
  indexedDB.deleteDatabase(nameOf(seat))
}
