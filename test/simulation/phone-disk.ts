/** What a phone keeps, over its crashes: writes take a while, and the last of them may be lost with the power. */
import type { PhoneStorage } from '../../client/net/phone-storage.ts'
import type { Random } from '../../client/simulate/random.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

const OPERATION_MS = [1, 20] as const

export type PhoneDisk = {
  /** As the phone that runs now sees it. */
  storageFor(actor: Actor): PhoneStorage
  /** The phone has died: of what it was still writing, the first so many are there. */
  crash(): void
  readonly kept: ReadonlyMap<string, unknown>
}

/** @param onKept called when a write is safe, with what was written. */
export function phoneDisk(time: VirtualTime, random: Random, onKept: (key: string, value: unknown) => void): PhoneDisk {
  const kept = new Map<string, unknown>()
  let underWay: { apply(): void }[] = []
  let lastAtMs = 0

  function soon<T>(actor: Actor, apply: () => T): Promise<T> {
    return new Promise((resolve) => {
      const operation = { apply: () => void apply() }
      underWay.push(operation)
      lastAtMs = Math.max(lastAtMs, time.nowMs() + random.between(...OPERATION_MS))
      time.after(lastAtMs - time.nowMs(), actor, () => {
        underWay = underWay.filter((each) => each !== operation)
        resolve(apply())
      })
    })
  }

  return {
    kept,
    storageFor: (actor) => ({
      get: (key) => soon(actor, () => copyOf(kept.get(key))),
      set(key, value) {
        const copy = copyOf(value)
        return soon(actor, () => {
          kept.set(key, copy)
          onKept(key, copy)
        })
      },
      delete: (key) => soon(actor, () => void kept.delete(key)),
      keys: () => soon(actor, () => [...kept.keys()]),
    }),
    crash() {
      const isThere = Math.floor(random.between(0, underWay.length + 1))
      for (const operation of underWay.slice(0, isThere)) operation.apply()
      underWay = []
    },
  }
}

/** Pages are arrays that grow in place; what is in them never changes. */
const copyOf = (value: unknown): unknown => (Array.isArray(value) ? value.slice() : value)
