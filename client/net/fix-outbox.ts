/**
 * The phone's own track. Fixes are numbered here, kept until a receipt covers them, and after a gap the
 * newest goes first, then the rest in batches. Pages already received stay until the run is forgotten.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import type { Fixes, NumberedFix, Receipt } from '../../shared/protocol/wire.ts'
import { FixPages, type KeptFix } from './fix-pages.ts'
import type { LiveSlots } from './live-slots.ts'
import type { PhoneStorage } from './phone-storage.ts'

const BATCH_FIXES = 250
/** A fix without a receipt for so long is sent again. Receipts come every 10 s. */
const RESEND_AFTER_MS = 25_000
const RETRY_MS = 1_000

/** `undefined`: no answer, or a refusal; try again later. */
export type FixWay = {
  tell(fixes: Fixes): void
  ask(fixes: Fixes): Promise<Receipt | undefined>
  /** What the server has of a stream. */
  stored(streamId: string): Promise<Receipt | undefined>
}

export type FixOutbox = {
  load(): Promise<void>
  add(fix: Fix): void
  /** Before anything is sent: what was recorded until now has times that are wrong by so much. */
  retime(errorMs: number): void
  received(receipt: Receipt): void
  unstoredCount(): number
  allStored(): Promise<void>
  /** What was told and has no receipt yet was not taken: it is asked about now. */
  refused(): void
  open(way: FixWay): void
  shut(): void
  /** Asks the server what it has of each stream, and sends again what it lost. */
  compare(): void
  /** What held fixes back may be over. */
  poke(): void
}

/**
 * @param mayFlow whether fixes would count now: not before the wish to share them was heard.
 * @param slots when new fixes are told; what gathers until then travels together.
 */
export function fixOutbox(
  storage: PhoneStorage,
  slots: LiveSlots,
  mayFlow: () => boolean,
  onChange: () => void,
): FixOutbox {
  const pages = new FixPages(storage)
  const sentAtMs = new WeakMap<KeptFix, number>()
  let isLoaded = false
  /** What waits for its slot, and is nobody else's to send. */
  let unsentLive = new Set<KeptFix>()
  let way: FixWay | undefined
  let liveTimer: ReturnType<typeof setTimeout> | undefined
  let resendTimer: ReturnType<typeof setInterval> | undefined
  let isPumping = false
  let isFlushing = false
  let whenAllStored: (() => void)[] = []
  /** What was sent before, on a broken way or to somebody who refused it, may not have arrived. */
  let countsFromMs = 0

  const wasSent = (kept: KeptFix) => (sentAtMs.get(kept) ?? Number.NEGATIVE_INFINITY) >= countsFromMs
  const canSend = () => way !== undefined && isLoaded && mayFlow()
  const messageOf = (batch: readonly KeptFix[], streamId: string): Fixes => ({
    streamId,
    fixes: batch.map(({ fix }): NumberedFix => fix),
  })

  /** At its slot: now, if that is past. */
  function planLive(): void {
    clearTimeout(liveTimer)
    liveTimer = undefined
    if (unsentLive.size === 0) return
    const waitMs = slots.waitMs()
    if (waitMs > 0) liveTimer = setTimeout(sendLive, waitMs)
    else sendLive()
  }

  function sendLive(): void {
    liveTimer = undefined
    // What the backlog has taken along meanwhile is not sent twice.
    const unsent = [...unsentLive].filter((kept) => pages.isUnstored(kept) && !wasSent(kept))
    const newest = unsent.at(-1)
    if (!canSend() || !newest) return
    const batch = unsent.filter(({ streamId }) => streamId === newest.streamId).slice(-BATCH_FIXES)
    unsentLive.clear()
    for (const kept of batch) sentAtMs.set(kept, performance.now())
    way?.tell(messageOf(batch, newest.streamId))
    slots.left()
  }

  /** Whatever was not sent on this way, or was sent long ago and is not received; of one stream. */
  function backlog(): KeptFix[] {
    const resendBeforeMs = isFlushing ? Number.POSITIVE_INFINITY : performance.now() - RESEND_AFTER_MS
    const batch: KeptFix[] = []
    for (const kept of pages.unstored()) {
      if (unsentLive.has(kept) && !isFlushing) continue
      if (batch[0] && batch[0].streamId !== kept.streamId) break
      if (!wasSent(kept) || (sentAtMs.get(kept) ?? 0) < resendBeforeMs) batch.push(kept)
      if (batch.length === BATCH_FIXES) break
    }
    return batch
  }

  async function pump(): Promise<void> {
    if (isPumping) return
    isPumping = true
    for (let batch = canSend() ? backlog() : []; way && batch[0]; batch = canSend() ? backlog() : []) {
      for (const kept of batch) sentAtMs.set(kept, performance.now())
      const receipt = await way.ask(messageOf(batch, batch[0].streamId))
      if (receipt) received(receipt)
      else {
        for (const kept of batch) sentAtMs.delete(kept)
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
    isPumping = false
  }

  function received(receipt: Receipt): void {
    pages.received(receipt.streamId, receipt.ranges)
    if (pages.unstoredCount() === 0) {
      isFlushing = false
      for (const resolve of whenAllStored) resolve()
      whenAllStored = []
    }
    onChange()
  }

  async function compare(): Promise<void> {
    const asked = way
    for (const streamId of pages.streamIds()) {
      let has: Receipt | undefined
      while (way && way === asked && !has) {
        has = await way.stored(streamId)
        if (!has) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
      if (!has || way !== asked) return
      await pages.replace(streamId, has.ranges)
    }
    onChange()
    poke()
  }

  function poke(): void {
    if (!canSend()) return
    planLive()
    void pump()
  }

  return {
    received,
    retime(errorMs) {
      pages.retime(errorMs)
      unsentLive.clear()
    },
    poke,
    compare: () => void compare(),
    unstoredCount: () => pages.unstoredCount(),
    add(fix) {
      unsentLive.add(pages.add(fix))
      if (canSend()) liveTimer ??= setTimeout(sendLive, slots.waitMs())
      onChange()
    },
    async load() {
      await pages.load().catch(() => undefined) // then what is recorded from now on is all there is
      isLoaded = true
      onChange()
      poke()
      void compare()
    },
    allStored() {
      if (isLoaded && pages.unstoredCount() === 0) return Promise.resolve()
      isFlushing = true
      return new Promise((resolve) => {
        whenAllStored.push(resolve)
        void pump()
      })
    },
    refused() {
      countsFromMs = performance.now()
      poke()
    },
    open(opened) {
      way = opened
      countsFromMs = performance.now()
      // The newest place first: the others want to know where somebody is, not where they were.
      const newest = pages.newestUnstored()
      unsentLive = new Set(newest ? [newest] : [])
      poke()
      if (isLoaded) void compare()
      resendTimer ??= setInterval(poke, RESEND_AFTER_MS / 5)
    },
    shut() {
      way = undefined
      clearTimeout(liveTimer)
      clearInterval(resendTimer)
      liveTimer = undefined
      resendTimer = undefined
    },
  }
}
