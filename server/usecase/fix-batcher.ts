/**
 * Gathers the fixes of all runs, so that storing costs by the slot and not by the fix: at most 20 transactions a
 * second. What somebody waits for goes with the next one. What comes live waits up to five seconds for the next
 * fixes of its source; the runs take turns in those seconds, and the members of a large one.
 */
import { SECOND_MS } from '../../shared/units.ts'
import { type FixBatch, type Store, StoreAway, type Stored } from '../store/store.ts'
import { asPut, emptyGroup, type FixGroup, gather, sizeOf } from './fix-group.ts'

/** At least so long from one transaction to the next. */
const APART_MS = 50
const STORE_WITHIN_MS = 5 * SECOND_MS
/** Of what nobody waits for. Each transaction costs as much as storing hundreds of fixes. */
const SLOT_MS = 250
const SLOTS = STORE_WITHIN_MS / SLOT_MS
/** Half of what an even slot has when a node is full. */
const SLOT_GROUPS = 300
/** Beyond this the store is too slow: the phones keep their fixes and send them again. */
const WAITING_FIXES_MAX = 50_000

export type Batch = Omit<FixBatch, 'progress'> & {
  /** `groupKey` of its run, member and source. */
  readonly key: string
  /** Asked for when the fixes are stored; `isAwaited` when somebody waits for that, who may be gone for long then. */
  readonly progress: (isAwaited: boolean) => FixBatch['progress']
}

export type FixBatcher = {
  /** In the next slot, behind what waits of the same source. Rejects with StoreAway, or as the store does. */
  put(batch: Batch): Promise<Stored>
  /**
   * Within 5 s, together with what else comes of the source. Of those stored together only the last is told.
   * What cannot be stored is dropped and counted: its phone keeps it, and sends it again.
   */
  putLater(batch: Batch, onStored: (stored: Stored) => void): void
  /** What nobody waits for of a forgotten run, or of an erased member, is not stored any more. */
  drop(runId: string, memberId?: string): void
  /** Everything that waits goes in the next slot; resolves when it is stored, or the store has failed. */
  settled(): Promise<void>
  /** How many fixes of `putLater` were dropped because the store was too slow, or failed. */
  droppedCount(): number
}

export function fixBatcher(store: Store): FixBatcher {
  const waiting = new Map<string, FixGroup>()
  let waitingCount = 0
  /** Keys of `waiting` by the number of the slot they are due in; of groups that went before, too. */
  const dueIn = new Map<number, Set<string>>()
  const urgent = new Set<string>()
  let flushing: Promise<void> | undefined
  let flushedAtMs = Number.NEGATIVE_INFINITY
  let wake: { readonly atMs: number; readonly timeout: NodeJS.Timeout } | undefined
  let droppedCount = 0

  /** `undefined` when too many wait already. */
  function gathered(batch: Batch, key: string): FixGroup | undefined {
    if (waitingCount + sizeOf(batch) > WAITING_FIXES_MAX) return undefined
    waitingCount += sizeOf(batch)
    let group = waiting.get(key)
    if (!group) {
      group = emptyGroup(batch)
      waiting.set(key, group)
    }
    gather(group, batch)
    return group
  }

  /** With others of its run, for what a store does once a run, unless the slot is full: then in a slot of its own. */
  function becomeDue(key: string, runId: string): void {
    const nowMs = performance.now()
    const ofRun = slotOf(runId, nowMs)
    const isFull = (dueIn.get(ofRun)?.size ?? 0) >= SLOT_GROUPS
    const slot = isFull ? slotOf(key, nowMs) : ofRun
    const due = dueIn.get(slot)
    if (due) due.add(key)
    else dueIn.set(slot, new Set([key]))
    wakeUp(slot * SLOT_MS)
  }

  function stored(group: FixGroup, key: string): Promise<Stored> {
    urgent.add(key)
    return new Promise((resolve, reject) => {
      group.awaiting.push({ resolve, reject })
      wakeUp(0)
    })
  }

  /** At that moment at the latest, as soon as a flush may be; the end of one under way sees to it itself. */
  function wakeUp(dueAtMs: number): void {
    if (flushing) return
    const atMs = Math.max(dueAtMs, flushedAtMs + APART_MS)
    if (wake && wake.atMs <= atMs) return
    clearTimeout(wake?.timeout)
    wake = { atMs, timeout: setTimeout(flush, Math.ceil(atMs - performance.now())) }
  }

  function flush(): void {
    wake = undefined
    flushedAtMs = performance.now()
    flushing = storeAll(takenBy(flushedAtMs)).finally(() => {
      flushing = undefined
      if (waiting.size > 0) wakeUp(urgent.size > 0 ? 0 : Math.min(...dueIn.keys()) * SLOT_MS)
    })
  }

  function takenBy(nowMs: number): FixGroup[] {
    const keys = new Set(urgent)
    urgent.clear()
    for (const [slot, due] of dueIn) {
      if (slot * SLOT_MS > nowMs) continue
      dueIn.delete(slot)
      for (const key of due) keys.add(key)
    }
    const taken: FixGroup[] = []
    for (const key of keys) {
      const group = waiting.get(key)
      if (!group) continue
      waiting.delete(key)
      waitingCount -= sizeOf(group)
      taken.push(group)
    }
    return taken
  }

  async function storeAll(groups: readonly FixGroup[]): Promise<void> {
    if (groups.length === 0) return
    let answers: Awaited<ReturnType<Store['putFixes']>>
    try {
      answers = await store.putFixes(groups.map(asPut))
    } catch (fault) {
      for (const group of groups) fail(group, fault)
      return
    }
    for (const [at, group] of groups.entries()) {
      const answer = answers[at]
      if (typeof answer === 'object') succeed(group, answer)
      else fail(group, faultOf(answer))
    }
  }

  function succeed(group: FixGroup, answer: Stored): void {
    group.onStored?.(answer)
    for (const { resolve } of group.awaiting) resolve(answer)
  }

  function fail(group: FixGroup, fault: unknown): void {
    if (group.onStored) droppedCount += sizeOf(group)
    for (const { reject } of group.awaiting) reject(fault)
  }

  return {
    async put(batch) {
      const { key } = batch
      const group = gathered(batch, key)
      if (!group) throw new StoreAway('too many fixes wait for the store')
      return stored(group, key)
    },

    putLater(batch, onStored) {
      const { key } = batch
      const sizeBefore = waiting.size
      const group = gathered(batch, key)
      if (!group) {
        droppedCount += sizeOf(batch)
        return
      }
      group.onStored = onStored
      if (waiting.size > sizeBefore) becomeDue(key, batch.runId)
    },

    drop(runId, memberId) {
      for (const [key, group] of waiting) {
        const isOf = group.runId === runId && (memberId === undefined || group.memberId === memberId)
        if (!isOf || group.awaiting.length > 0) continue
        waiting.delete(key)
        waitingCount -= sizeOf(group)
      }
    },

    async settled() {
      await Promise.allSettled([flushing, ...[...waiting].map(([key, group]) => stored(group, key))])
    },

    droppedCount: () => droppedCount,
  }
}

/** The next one of a name, never the one that is now: each name has its own among those of 5 s. */
function slotOf(name: string, nowMs: number): number {
  let hash = 0
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) >>> 0
  const now = Math.floor(nowMs / SLOT_MS)
  return now + 1 + ((((hash - now - 1) % SLOTS) + SLOTS) % SLOTS)
}

const faultOf = (answer: 'no-run' | 'away' | undefined): Error =>
  answer === undefined
    ? new Error('the store answered for fewer batches than it was given')
    : new StoreAway(
        `the ${answer === 'no-run' ? 'store does not have the run' : 'part of the store that holds the run is away'}`,
      )
