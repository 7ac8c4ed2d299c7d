/** What a phone keeps, over its crashes: writes take a while, and the last of them may be lost with the power. */
import type { PhoneStorage } from '../../client/net/phone-storage.ts'
import type { Random } from '../../client/simulate/random.ts'
import type { Actor, VirtualTime } from './virtual-time.ts'

const OPERATION_MS = [0.5, 8] as const
/** Browsers say that a write is safe before the flash has it. */
const POWER_LOSS_MS = 2_000
/** What a phone was given to keep so long before it dies is kept. */
export const KEPT_AFTER_MS = POWER_LOSS_MS + 1_000

export type PhoneDisk = {
  /** As the phone that runs now sees it. */
  storageFor(actor: Actor): PhoneStorage
  /** The phone has died: of what it was still writing, the first so many are there; with the power the last writes go. */
  crash(isPowerLost: boolean): void
}

type Write = { readonly key: string; readonly before: unknown; readonly atMs: number }

export function phoneDisk(time: VirtualTime, random: Random): PhoneDisk {
  /** `undefined`: deleted. */
  const kept = new Map<string, unknown>()
  let written: Write[] = []
  let underWay = new Set<() => void>()
  let lastAtMs = 0

  /** One after the other, in the order they were asked for. */
  function soon<T>(actor: Actor, apply: () => T): Promise<T> {
    return new Promise((resolve) => {
      underWay.add(apply)
      lastAtMs = Math.max(lastAtMs, time.nowMs() + random.between(...OPERATION_MS))
      time.after(lastAtMs - time.nowMs(), actor, () => {
        underWay.delete(apply)
        resolve(apply())
      })
    })
  }

  function write(key: string, value: unknown): void {
    const youngMs = time.nowMs() - POWER_LOSS_MS
    if (written[0] && written[0].atMs < youngMs) written = written.filter(({ atMs }) => atMs >= youngMs)
    written.push({ key, before: kept.get(key), atMs: time.nowMs() })
    kept.set(key, value)
  }

  return {
    storageFor: (actor) => ({
      get: (key) => soon(actor, () => copyOf(kept.get(key))),
      set(key, value) {
        const copy = copyOf(value)
        return soon(actor, () => write(key, copy))
      },
      delete: (key) => soon(actor, () => write(key, undefined)),
      keys: () => soon(actor, () => [...kept].flatMap(([key, value]) => (value === undefined ? [] : [key]))),
    }),
    crash(isPowerLost) {
      const isThere = Math.floor(random.between(0, underWay.size + 1))
      for (const apply of [...underWay].slice(0, isThere)) apply()
      underWay = new Set()
      const lostSinceMs = isPowerLost ? time.nowMs() - random.between(0, POWER_LOSS_MS) : Number.POSITIVE_INFINITY
      for (const { key, before, atMs } of written.toReversed()) if (atMs >= lostSinceMs) kept.set(key, before)
      written = []
    },
  }
}

/** Pages are arrays that grow in place; what is in them never changes. */
const copyOf = (value: unknown): unknown => (Array.isArray(value) ? value.slice() : value)
