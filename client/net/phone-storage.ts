/**
 * Where a phone keeps what must survive a reload: its outbox and its own track. Keys are short
 * strings, values JSON-like. A write that resolved is there after the page or process is gone.
 */
export interface PhoneStorage {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
  keys(): Promise<readonly string[]>
}

export function memoryPhoneStorage(): PhoneStorage {
  const kept = new Map<string, unknown>()
  return {
    get: async (key) => structuredClone(kept.get(key)),
    set: async (key, value) => void kept.set(key, structuredClone(value)),
    delete: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
  }
}
