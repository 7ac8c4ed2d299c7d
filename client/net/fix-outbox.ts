/**
 * The phone's own track. Fixes are numbered here, kept until a receipt covers them, and after a gap the
 * newest goes first, then the rest in batches. Pages already received stay until the run is forgotten.
 */
import type { Fix } from '../../shared/geo/fix.ts'
import { OUTBOX_VERSION } from '../../shared/protocol/version.ts'
import type { Fixes, NumberedFix, Receipt } from '../../shared/protocol/wire.ts'
import { addRanges, hasSeq, type SeqRanges } from '../../shared/seq-ranges.ts'
import { newId } from './new-id.ts'
import type { PhoneStorage } from './phone-storage.ts'

const PAGE_FIXES = 64
const BATCH_FIXES = 250
/** New fixes that come faster than this travel together. */
const LIVE_EVERY_MS = 200
/** A fix without a receipt for so long is sent again. Receipts come every 10 s. */
const RESEND_AFTER_MS = 25_000
const RETRY_MS = 1_000

/** `undefined`: no answer, or a refusal; try again later. */
export type FixWay = {
  tell(fixes: Fixes): void
  ask(fixes: Fixes): Promise<Receipt | undefined>
}

export type FixOutbox = {
  load(): Promise<void>
  add(fix: Fix): void
  received(receipt: Receipt): void
  unstoredCount(): number
  allStored(): Promise<void>
  open(way: FixWay): void
  shut(): void
  /** What held fixes back may be over. */
  poke(): void
}

type Stream = { readonly v: number; readonly streamId: string; readonly ranges: SeqRanges }

/** @param mayFlow whether fixes would count now: not before the wish to share them was heard. */
export function fixOutbox(storage: PhoneStorage, mayFlow: () => boolean, onChange: () => void): FixOutbox {
  let streamId = newId<string>('x').slice(2, 18)
  let ranges: SeqRanges = []
  let nextSeq = 1
  let isLoaded = false
  const early: Fix[] = []
  const unstored = new Map<number, NumberedFix>()
  const sentAtMs = new Map<number, number>()
  let page: NumberedFix[] = []
  let way: FixWay | undefined
  let liveTimer: ReturnType<typeof setTimeout> | undefined
  let resendTimer: ReturnType<typeof setInterval> | undefined
  let unsentLive: NumberedFix[] = []
  let isPumping = false
  let isFlushing = false
  let whenAllStored: (() => void)[] = []

  const pageKey = (seq: number) => `fixes/${streamId}/${String(Math.floor((seq - 1) / PAGE_FIXES)).padStart(6, '0')}`
  const keep = (key: string, value: unknown) => void storage.set(key, value).catch(() => undefined)

  function add(fix: Fix): void {
    if (!isLoaded) return void early.push(fix) // its number is known only after what is stored was read
    const numbered = { ...fix, seq: nextSeq++ }
    if ((numbered.seq - 1) % PAGE_FIXES === 0) page = []
    page.push(numbered)
    keep(pageKey(numbered.seq), page)
    unstored.set(numbered.seq, numbered)
    unsentLive.push(numbered)
    if (way && mayFlow()) liveTimer ??= setTimeout(sendLive, 0)
    onChange()
  }

  function sendLive(): void {
    liveTimer = setTimeout(() => {
      liveTimer = undefined
      if (unsentLive.length > 0) sendLive()
    }, LIVE_EVERY_MS)
    // What the backlog has taken along meanwhile is not sent twice.
    unsentLive = unsentLive.filter(({ seq }) => unstored.has(seq) && !sentAtMs.has(seq))
    const fixes = unsentLive.slice(-BATCH_FIXES)
    if (!way || !mayFlow() || fixes.length === 0) return
    unsentLive = []
    for (const { seq } of fixes) sentAtMs.set(seq, performance.now())
    way.tell({ streamId, fixes })
  }

  /** Whatever was not sent on this way, or was sent long ago and is not received. */
  function backlog(): NumberedFix[] {
    const sentBeforeMs = isFlushing ? Number.POSITIVE_INFINITY : performance.now() - RESEND_AFTER_MS
    const batch: NumberedFix[] = []
    for (const fix of unstored.values()) {
      if ((sentAtMs.get(fix.seq) ?? Number.NEGATIVE_INFINITY) < sentBeforeMs) batch.push(fix)
      if (batch.length === BATCH_FIXES) break
    }
    return batch
  }

  async function pump(): Promise<void> {
    if (isPumping) return
    isPumping = true
    for (let fixes = backlog(); way && mayFlow() && fixes.length > 0; fixes = backlog()) {
      const here = way
      for (const { seq } of fixes) sentAtMs.set(seq, performance.now())
      const receipt = await here.ask({ streamId, fixes })
      if (receipt) received(receipt)
      else {
        for (const { seq } of fixes) sentAtMs.delete(seq)
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
    isPumping = false
  }

  function received(receipt: Receipt): void {
    if (receipt.streamId !== streamId) return
    ranges = addRanges(ranges, receipt.ranges)
    for (const seq of [...unstored.keys()])
      if (hasSeq(ranges, seq)) {
        unstored.delete(seq)
        sentAtMs.delete(seq)
      }
    keep('stream', { v: OUTBOX_VERSION, streamId, ranges } satisfies Stream)
    if (unstored.size === 0) {
      isFlushing = false
      for (const resolve of whenAllStored) resolve()
      whenAllStored = []
    }
    onChange()
  }

  function poke(): void {
    if (!way || !mayFlow()) return
    if (!liveTimer) sendLive()
    void pump()
  }

  return {
    add,
    received,
    poke,
    unstoredCount: () => unstored.size + early.length,
    async load() {
      const stream = (await storage.get('stream').catch(() => undefined)) as Stream | undefined
      if (stream?.v === OUTBOX_VERSION) {
        streamId = stream.streamId
        ranges = stream.ranges
        const keys = (await storage.keys()).filter((key) => key.startsWith(`fixes/${streamId}/`)).sort()
        for (const key of keys) {
          page = ((await storage.get(key)) ?? []) as NumberedFix[]
          for (const fix of page) {
            if (!hasSeq(ranges, fix.seq)) unstored.set(fix.seq, fix)
            nextSeq = Math.max(nextSeq, fix.seq + 1)
          }
        }
        // A page that was lost before it was written must not have its numbers used twice.
        nextSeq = Math.max(nextSeq, (ranges.at(-1)?.[1] ?? 0) + 1)
        if ((nextSeq - 1) % PAGE_FIXES === 0) page = []
      } else keep('stream', { v: OUTBOX_VERSION, streamId, ranges } satisfies Stream)
      isLoaded = true
      for (const fix of early.splice(0)) add(fix)
      void pump()
    },
    allStored() {
      if (isLoaded && unstored.size === 0) return Promise.resolve()
      isFlushing = true
      return new Promise((resolve) => {
        whenAllStored.push(resolve)
        void pump()
      })
    },
    open(opened) {
      way = opened
      sentAtMs.clear()
      // The newest place first: the others want to know where somebody is, not where they were.
      const newest = [...unstored.values()].at(-1)
      unsentLive = newest ? [newest] : []
      poke()
      resendTimer ??= setInterval(() => void pump(), RESEND_AFTER_MS / 5)
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
